import type { Instant } from '../calendar/calendar.ts';
import type { SeriesId } from '../series/snapshot.ts';

/** One value that a provider says, before anybody believes it. */
export interface Candidate {
  readonly instrument: string;
  readonly field: string;
  /** `YYYY-MM-DD`; empty where what the provider wrote is no date of the calendar. */
  readonly date: string;
  /** In the unit the field is written in. */
  readonly value: number;
  /** Who says it. */
  readonly source: string;
  /** 1 is believed first. */
  readonly rank: number;
  /** Minutes after the close from which this provider's row of a session is final enough. */
  readonly settleMinutes: number;
  /** When it said this value first, and when last: a value that stands overnight is more than a leftover. */
  readonly firstSeen: Instant;
  readonly seen: Instant;
}

/** Why a value waits for somebody, or for another value that explains it. */
export const HOLD_REASONS = [
  'stale repeat',
  'stale batch',
  'jump',
  'suspected split',
  'split without its jump',
  'split told twice',
  'valuation jump',
  'rate jump',
  'disagreement',
  'mixed legs',
] as const;

export type HoldReason = (typeof HOLD_REASONS)[number];

/** Why a value is not taken at all. */
export const REFUSE_REASONS = [
  'undeclared',
  'no date',
  'not finite',
  'not above zero',
  'out of range',
  'closed day',
  'running session',
  'future',
  'duplicate',
  'no split',
  'rejected before',
] as const;

export type RefuseReason = (typeof REFUSE_REASONS)[number];

/** What becomes of a candidate. */
export type Verdict =
  /** To be stored; `provisional` while another provider says something slightly different, `break` where it is one. */
  | { readonly kind: 'accept'; readonly standing: 'agreed' | 'single' | 'provisional' | 'break' }
  /** Says what is stored already, near enough. */
  | { readonly kind: 'known'; readonly standing: 'agreed' | 'provisional' }
  | { readonly kind: 'hold'; readonly reason: HoldReason; readonly detail: string }
  | { readonly kind: 'refuse'; readonly reason: RefuseReason; readonly detail: string };

/** A candidate with what becomes of it. */
export interface Judged {
  readonly candidate: Candidate;
  readonly verdict: Verdict;
}

/** The series a candidate speaks of. */
export function seriesOf({ instrument, field }: Pick<Candidate, 'instrument' | 'field'>): SeriesId {
  return `${instrument}.${field}`;
}

/** What instrument, field and date a candidate speaks of, as one key. */
export function keyOf(candidate: Pick<Candidate, 'instrument' | 'field' | 'date'>): string {
  return `${seriesOf(candidate)} ${candidate.date}`;
}
