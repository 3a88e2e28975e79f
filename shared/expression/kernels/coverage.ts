import { requiredCount } from './span.ts';

/**
 * For each t in [first, to), in `counts[t - first]`, how many sessions of the window of n that ends at t have a value;
 * 0 where the window has none to give: today is missing, or too many sessions are. Counts are integers, so sliding
 * them is exact.
 */
export function windowCounts(
  x: Float64Array,
  n: number,
  first: number,
  to: number,
  counts: Int32Array,
): void {
  const required = requiredCount(n);
  let count = 0;
  for (let i = first - n + 1; i < first; i++) count += +(x[i]! === x[i]!);
  for (let t = first; t < to; t++) {
    const today = x[t]!;
    const leaving = x[t - n + 1]!;
    const present = +(today === today);
    count += present;
    counts[t - first] = count * (present & +(count >= required));
    count -= +(leaving === leaving);
  }
}

/** For each t in [first, to), in `flat[t - first]`, 1 where all values present in the window of n are equal, else 0. */
export function flatWindows(x: Float64Array, n: number, first: number, to: number, flat: Uint8Array): void {
  let last = Number.NaN;
  let lastIndex = -1;
  // Where the latest pair of different neighbours begins: a window is flat when it does not hold both of a pair.
  let differs = Number.NEGATIVE_INFINITY;
  for (let t = first - n + 1; t < to; t++) {
    const value = x[t]!;
    if (value === value) {
      if (value !== last && lastIndex >= 0) differs = lastIndex;
      last = value;
      lastIndex = t;
    }
    if (t >= first) flat[t - first] = +(differs < t - n + 1);
  }
}
