import type { Day } from './date.ts';

/** One trading day of XNYS, a `YYYY-MM-DD` label in New York; never an instant. */
export type Session = string;

/** Milliseconds since 1970-01-01T00:00:00Z. */
export type Instant = number;

/**
 * The sessions of XNYS with their instants.
 *
 * An ordinal counts sessions from 0 at the first one of 1980; it anchors every window, so it never depends on what
 * data was loaded. Dates outside `first` to `last` are refused with a `RangeError` that names the horizon: callers at
 * an edge check with `covers` before they ask.
 */
export interface Calendar {
  /** Every session, ascending: `sessions[ordinal]`. */
  readonly sessions: readonly Session[];
  /** The day of every session: `days[ordinal]`. */
  readonly days: readonly Day[];
  /** First and last date (not session) the calendar knows, inclusive: 1980-01-01 and 2027-12-31. */
  readonly first: string;
  readonly last: string;
  /** Whether a well-formed date lies within the horizon. */
  covers(date: string): boolean;
  /** The ordinal of a session; undefined where the date is no session. */
  ordinal(date: string): number | undefined;
  /** The ordinal of the first session on or after a date; `sessions.length` past the last one. */
  onOrAfter(date: string): number;
  /** The ordinal of the last session on or before a date; -1 before the first one. */
  onOrBefore(date: string): number;
  /** Sessions from `from` to `to`, both inclusive, both may be any date within the horizon. */
  range(from: string, to: string): readonly Session[];
  /** The session after a date; undefined past the horizon. */
  next(date: string): Session | undefined;
  /** The session before a date; undefined before the horizon. */
  previous(date: string): Session | undefined;
  /** When the session opens, exact from 1990. */
  open(session: Session): Instant;
  /** When the session closes, early closes included, exact from 1990. */
  close(session: Session): Instant;
  /** Whether the session closes before 16:00 New York by the published schedule. */
  early(session: Session): boolean;
  /** The last session whose close is at or before an instant; undefined before the first close. */
  lastFinished(at: Instant): Session | undefined;
}
