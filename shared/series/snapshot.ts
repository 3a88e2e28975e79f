import type { Calendar, Instant, Session } from '../calendar/calendar.ts';
import type { Market } from './market.ts';

/** `INSTRUMENT.field`, always with its field: `IWM.close`. */
export type SeriesId = string;

/** One series laid out on the sessions of a snapshot: index 0 is the snapshot's first session. */
export interface Column {
  /** One value per session, NaN where there is none. A level is carried forward already; an event is not. */
  readonly values: Float64Array;
  /**
   * Indexes at which the series starts again after a break, ascending: nothing may be computed from values on both
   * sides of one. Empty for almost every series.
   */
  readonly breaks: readonly number[];
  /** No value lies before this index: nobody has to look there. The length where there is none at all. */
  readonly first: number;
  /** Whether every session from `first` on has a value, as nearly all prices have: nobody has to ask each. */
  readonly isWhole: boolean;
  /**
   * The values from `first` on; what lies before it means nothing. Most members of a universe belong for a part of the
   * history only, and memory that nobody touches costs nothing.
   */
  readonly listed: Float64Array;
}

/** Membership of a universe on the sessions of a snapshot. */
export interface Membership {
  /** Every instrument that is a member on some session of the snapshot, sorted. */
  readonly members: readonly string[];
  /** One byte per session and member: `on[m * length + index]` is 1 while member m belongs. */
  readonly on: Uint8Array;
  /** How many members the universe has on each session. */
  readonly size: Uint16Array;
}

/**
 * All data as it was known at one instant, aligned on sessions.
 *
 * Closes come in two bases, because a later split must not move a bit of a return. `canonical` multiplies each close by
 * every split up to its own session (the basis of the first session: later knowledge never changes it), and serves
 * whatever does not depend on the basis. `latest` is the close brought to the basis of the latest split known here, and
 * serves comparisons of a price with a plain number, and printing. Fields other than `close` are the same in both.
 */
export interface Snapshot {
  readonly calendar: Calendar;
  readonly market: Market;
  /** What the data was known at; +Infinity for everything stored. */
  readonly asOf: Instant;
  /** Ordinal of index 0: the first session with a loaded value. */
  readonly origin: number;
  /** Sessions from the first loaded value to the last, both inclusive; 0 when nothing is loaded. */
  readonly length: number;
  readonly sessions: readonly Session[];
  /** The index of a session; undefined where it is outside the loaded values or no session. */
  index(session: Session): number | undefined;
  /** A series in the canonical basis; an all-NaN column where nothing is stored for it. Built once, on first use. */
  canonical(id: SeriesId): Column;
  /** A series in the latest basis. Built once, on first use. */
  latest(id: SeriesId): Column;
  /** Cumulative splits of an instrument up to an index, from 1 before the first: canonical = raw × factor. */
  splitFactor(instrument: string): Float64Array;
  membership(universe: string): Membership;
}
