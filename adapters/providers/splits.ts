/** Ratios in which companies split or join shares; smaller ones (5 for 4) look like any bad day. */
const RATIOS = [1.5, 2, 3, 4, 5, 6, 7, 8, 10, 12, 15, 20, 25, 30, 40, 50, 100];
const TOLERANCE = 0.02;
const HIGHEST_RATIO = 1000;

/** Whether a close stands to the one before it as a split would leave it: within 2% of a usual ratio or its inverse. */
export function looksLikeSplit(before: number, after: number): boolean {
  const factor = before > after ? before / after : after / before;
  return RATIOS.some((ratio) => Math.abs(factor / ratio - 1) <= TOLERANCE);
}

/** Whether a row tells of a split: a ratio above zero other than 1. */
export function isSplit(split: unknown): split is number {
  return typeof split === 'number' && split !== 1 && split >= 1 / HIGHEST_RATIO && split <= HIGHEST_RATIO;
}

/** Below this, closes of two bases differ by rounding alone. */
const SMALLEST_STEP = 0.01;
const LARGEST_PART = 20;
const ROUNDING = 0.005;

/** A close as traded, and on the latest basis. */
export interface TwoBases {
  readonly traded: number;
  readonly adjusted: number;
}

/**
 * New shares for each old one between two sessions, from closes on both bases: what lies between the bases changes by it.
 * Null where it does not change, or by no ratio of small numbers.
 */
export function splitBetween(before: TwoBases, after: TwoBases): number | null {
  const ratio = (before.traded * after.adjusted) / (before.adjusted * after.traded);
  if (!Number.isFinite(ratio) || Math.abs(ratio - 1) < SMALLEST_STEP) return null;
  const [whole, inverse] = ratio >= 1 ? [ratio, false] : [1 / ratio, true];
  for (let part = 1; part <= LARGEST_PART; part += 1) {
    const shares = Math.round(whole * part);
    if (Math.abs(shares / part / whole - 1) <= ROUNDING) return inverse ? part / shares : shares / part;
  }
  return null;
}
