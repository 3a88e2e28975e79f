import type { Session } from '../../calendar/calendar.ts';

/** What a picture shows: the measure of a rule over the sessions up to one, as known on the last of them. */
export interface Line {
  readonly sessions: readonly Session[];
  /** One value per session; null where there is no data. */
  readonly values: readonly (number | null)[];
  /** The threshold on the last session; null without one. */
  readonly threshold: number | null;
  /** Episodes by index of `sessions`, both ends included; one that began earlier begins at 0. */
  readonly episodes: readonly { readonly from: number; readonly to: number }[];
}

/** A year of sessions: enough to see what is usual, and each session is still two pixels wide. */
export const SESSIONS_SHOWN = 252;
