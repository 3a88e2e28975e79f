import type { Session } from '../calendar/calendar.ts';
import type { Snapshot } from './snapshot.ts';

const LARGEST_FALL = 0.6;
const LARGEST_RISE = 1.6;
/** Closes are decimals and their quotient is not: a close of exactly 0.6 times the one before must not count as below. */
const ROUNDING = 1e-12;

/** A jump nothing explains. */
export interface Break {
  readonly instrument: string;
  readonly session: Session;
  /** The close over the one before, after every split known. */
  readonly ratio: number;
}

/**
 * Indexes at which a close, in any one basis, is below 0.6 or above 1.6 times the one before (the last present), and
 * which nothing `explained`. No close lies before the index `first`.
 */
export function breakIndexes(
  closes: Float64Array,
  first: number,
  explained: (index: number) => boolean,
): readonly number[] {
  const found: number[] = [];
  let previous = Number.NaN;
  for (let index = first; index < closes.length; index++) {
    const close = closes[index] ?? Number.NaN;
    if (Number.isNaN(close)) continue;
    if (jumps(close / previous) && !explained(index)) found.push(index);
    previous = close;
  }
  return found;
}

/** Every break in a snapshot, by instrument, then session. */
export function breaks(snapshot: Snapshot): readonly Break[] {
  const found: Break[] = [];
  for (const instrument of [...snapshot.market.instruments.keys()].toSorted()) {
    const column = snapshot.canonical(`${instrument}.close`);
    for (const index of column.breaks) {
      const session = snapshot.sessions[index];
      if (session === undefined) continue;
      found.push({ instrument, session, ratio: ratioAt(column.values, index) });
    }
  }
  return found;
}

function jumps(ratio: number): boolean {
  return ratio < LARGEST_FALL * (1 - ROUNDING) || ratio > LARGEST_RISE * (1 + ROUNDING);
}

function ratioAt(closes: Float64Array, index: number): number {
  let before = index - 1;
  while (before > 0 && Number.isNaN(closes[before])) before--;
  return (closes[index] ?? Number.NaN) / (closes[before] ?? Number.NaN);
}
