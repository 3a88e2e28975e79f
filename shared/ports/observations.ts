import type { Instant, Session } from '../calendar/calendar.ts';
import type { AcceptedBreak, MembershipSpan } from '../series/archive.ts';
import type { MergeCounts } from '../series/merge-rows.ts';
import type { SeriesRows } from '../series/rows.ts';
import type { SeriesId } from '../series/snapshot.ts';

/** What a source says, checked cell by cell already. */
export interface ObservationBatch {
  readonly series: readonly SeriesRows[];
  /** Dated membership; for every universe named here it replaces what is stored. */
  readonly memberships: readonly MembershipSpan[];
  /** Who said it: `csv`, `manual: …`, a provider. */
  readonly source: string;
}

/** Which series are wanted, and from which date on; a series that is not stored is left out of the answer. */
export interface ObservationNeed {
  readonly series: readonly { readonly id: SeriesId; readonly from: Session }[];
}

/** Everything known of what was asked for: enough to build an archive. */
export interface KnownObservations {
  readonly series: readonly SeriesRows[];
  readonly memberships: readonly MembershipSpan[];
  readonly acceptances: readonly AcceptedBreak[];
}

/**
 * Observations with every revision and when it became known. Writes are conditional and repeatable: storing a batch
 * twice stores nothing more, and two writers at once lose nothing of either.
 */
export interface ObservationStore {
  /** Stores what is new; a value that differs from the one in force is a revision known from `now` (or its own `known`). */
  record(batch: ObservationBatch, now: Instant): Promise<MergeCounts>;
  load(need: ObservationNeed): Promise<KnownObservations>;
  /** Every stored series with its first and last date. */
  catalog(): Promise<readonly { readonly id: SeriesId; readonly first: string; readonly last: string }[]>;
  /** When the newest revision, acceptance or membership change was stored; 0 when there is none. */
  changedAt(): Promise<Instant>;
  accept(acceptance: AcceptedBreak): Promise<void>;
}
