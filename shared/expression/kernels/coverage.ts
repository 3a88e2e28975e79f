import { requiredCount, reusableFloats, reusableIntegers } from './span.ts';

const common = reusableFloats();
const counted = reusableIntegers();

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
  if (!hasHole(x, first - n + 1, to)) {
    counts.fill(n, 0, to - first);
    return;
  }
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

/** As `windowCounts`, NaN for 0: all that is computed with it is then no data too. */
export function windowSizes(
  x: Float64Array,
  n: number,
  first: number,
  to: number,
  sizes: Float64Array,
): void {
  if (!hasHole(x, first - n + 1, to)) {
    sizes.fill(n, 0, to - first);
    return;
  }
  const counts = counted(to - first);
  windowCounts(x, n, first, to, counts);
  for (let k = 0; k < to - first; k++) sizes[k] = counts[k] === 0 ? Number.NaN : counts[k]!;
}

/** What one value weighs in the mean of each window: one over `windowSizes`. */
export function windowShares(
  x: Float64Array,
  n: number,
  first: number,
  to: number,
  shares: Float64Array,
): void {
  if (!hasHole(x, first - n + 1, to)) {
    shares.fill(1 / n, 0, to - first);
    return;
  }
  windowSizes(x, n, first, to, shares);
  for (let k = 0; k < to - first; k++) shares[k] = 1 / shares[k]!;
}

/** As `windowShares`, of the sessions on which both series have a value. */
export function pairShares(
  [x, y]: readonly [Float64Array, Float64Array],
  n: number,
  first: number,
  to: number,
  shares: Float64Array,
): void {
  const base = first - n + 1;
  if (!hasHole(x, base, to) && !hasHole(y, base, to)) {
    shares.fill(1 / n, 0, to - first);
    return;
  }
  const both = common(to - base);
  for (let i = base; i < to; i++) both[i - base] = x[i]! - x[i]! + (y[i]! - y[i]!);
  windowShares(both, n, n - 1, to - base, shares);
}

/** Whether a value is missing, four at a time; sums of infinite size may say so too, which costs only the count. */
export function hasHole(x: Float64Array, from: number, to: number): boolean {
  let i = from;
  for (; i + 3 < to; i += 4) {
    const four = x[i]! + x[i + 1]! + (x[i + 2]! + x[i + 3]!);
    if (four !== four) return true;
  }
  for (; i < to; i++) if (x[i]! !== x[i]!) return true;
  return false;
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
