import type { Session } from '../../shared/calendar/calendar.ts';

/** One row as a provider sends it, located but not yet believed. */
export interface PriceRow {
  readonly instrument: string;
  /** The exchange's date; null where the provider's stamp is none. */
  readonly date: string | null;
  readonly close: unknown;
  readonly volume?: unknown;
  /** New shares per old on this date; 1 means none, undefined that the provider's rows do not say. */
  readonly split?: unknown;
}

/** A row whose close, date and instrument are good in themselves. */
export interface GoodRow extends PriceRow {
  readonly date: Session;
  readonly close: number;
}

/** How a provider's rows are to be read. */
export interface PriceReading {
  /** Minutes after the close from which the provider's row of that session is final enough. */
  readonly settleMinutes: number;
  /** Which of two rows of one session counts; without it rows that differ cancel each other. */
  readonly prefer?: 'higher volume';
}
