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
