import type { MembershipSpan } from './series/archive.ts';
import type { Rows, SeriesRows } from './series/rows.ts';

/**
 * Observations kept between runs, every revision included, one instrument at a time. A write replaces what is stored of
 * that instrument or universe as a whole, or, where it fails, changes nothing.
 */
export interface ObservationStore {
  /** What is stored of an instrument, by field; empty where nothing is. */
  read(instrument: string): Promise<ReadonlyMap<string, Rows>>;
  write(instrument: string, series: readonly SeriesRows[]): Promise<void>;
  readMemberships(): Promise<readonly MembershipSpan[]>;
  writeMemberships(spans: readonly MembershipSpan[]): Promise<void>;
}
