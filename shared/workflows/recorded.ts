import type { Session } from '../calendar/calendar.ts';

/** An episode as it was told: its id stays, whatever later knowledge says of its start. */
export interface RecordedEpisode {
  readonly id: string;
  readonly start: Session;
  /** The session it was resolved on; null while open. */
  readonly end: Session | null;
}

/** What is kept of a rule from one evaluated session to the next: a plain value that can be stored. */
export interface Recorded {
  /** The version last evaluated; null before the first session. */
  readonly version: string | null;
  /**
   * The first session evaluated under that version: corrections reach back no further. Null before it, and while a rule that
   * fires already waits for its first session with a verdict.
   */
  readonly since: Session | null;
  /** The rule's live session: earlier episodes are history. Null in replay, which tells everything. */
  readonly live: Session | null;
  /** Ascending by start; only the last can be open. */
  readonly episodes: readonly RecordedEpisode[];
  /** The open episode's last alert and the date of `atLeast` in it; null when none is open. */
  readonly lastAlert: { readonly session: Session; readonly atLeast: Session | null } | null;
  /** Whether `blind` was said and not yet taken back by `recovered`. */
  readonly blind: boolean;
}

/** A rule of which nothing has been recorded; `live` is its live session, null in replay. */
export function nothingRecorded(live: Session | null): Recorded {
  return { version: null, since: null, live, episodes: [], lastAlert: null, blind: false };
}

/** The episode that is open as recorded; null when none is. */
export function openEpisode(recorded: Recorded): RecordedEpisode | null {
  const last = recorded.episodes.at(-1);
  return last !== undefined && last.end === null ? last : null;
}
