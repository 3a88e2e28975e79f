import { windowCounts } from './coverage.ts';
import { pivotOf, reusableFloats, reusableIntegers, skipIncomplete, type WindowSpan } from './span.ts';

/** What rounding took from a + b when it gave `total`, exactly (Knuth's TwoSum). */
export function roundingError(a: number, b: number, total: number): number {
  const part = total - a;
  return a - (total - part) + (b - part);
}

/** The upper half of the bits of a number, so that its product with a count is exact (Veltkamp's split). */
function upperHalf(value: number): number {
  const scaled = value * 134217729;
  return scaled - (scaled - value);
}

/** (high + low) − count × value, without losing what `high` alone has rounded away. */
export function excess(high: number, low: number, count: number, value: number): number {
  const upper = upperHalf(value);
  return high - count * upper - count * (value - upper) + low;
}

const leftHigh = reusableFloats();
const leftLow = reusableFloats();
const rightHigh = reusableFloats();
const rightLow = reusableFloats();
const totals = reusableFloats();
const remainders = reusableFloats();
const presences = reusableIntegers();

/**
 * Sums of the values present over each window of n: for t in [first, to) the sum is high + low, twice the usual
 * precision, so that values which cancel (a bad tick and its reversal) leave the small ones intact.
 */
function windowSums(x: Float64Array, n: number, first: number, span: WindowSpan): void {
  const [lh, ll] = [leftHigh(n), leftLow(n)];
  const [rh, rl] = [rightHigh(n + 1), rightLow(n + 1)];
  const [high, low] = [totals(span.to - first), remainders(span.to - first)];
  for (let t = first; t < span.to; ) {
    const pivot = pivotOf(t, n, span.origin);
    const end = Math.min(span.to, pivot + n);
    walk(x, pivot - 1, -1, pivot - 1 - (t - n), lh, ll);
    walk(x, pivot, 1, end - pivot, rh, rl);
    for (; t < end; t++) {
      const a = lh[pivot - 1 - (t - n)]!;
      const b = rh[t - pivot + 1]!;
      const total = a + b;
      high[t - first] = total;
      low[t - first] = roundingError(a, b, total) + (ll[pivot - 1 - (t - n)]! + rl[t - pivot + 1]!);
    }
  }
}

/** Sums of the first k values met walking from an index, for k from 0 to `steps`; missing ones add nothing. */
function walk(
  x: Float64Array,
  index: number,
  step: number,
  steps: number,
  high: Float64Array,
  low: Float64Array,
): void {
  let total = 0;
  let lost = 0;
  high[0] = 0;
  low[0] = 0;
  for (let k = 1; k <= steps; k++, index += step) {
    const value = x[index]!;
    if (value === value) {
      const next = total + value;
      lost += roundingError(total, value, next);
      total = next;
    }
    high[k] = total;
    low[k] = lost;
  }
}

/** `sum(x, n)`: the sum of the values present in the window; NaN where the window is no data. */
export function sum(x: Float64Array, n: number, out: Float64Array, span: WindowSpan): void {
  const first = skipIncomplete(out, n, span);
  if (first >= span.to) return;
  const counts = presences(span.to - first);
  windowCounts(x, n, first, span.to, counts);
  windowSums(x, n, first, span);
  const [high, low] = [totals(0), remainders(0)];
  for (let t = first; t < span.to; t++) {
    if (counts[t - first] === 0) out[t] = Number.NaN;
    else {
      const value = high[t - first]! + low[t - first]!;
      out[t] = Number.isFinite(value) ? value : finite(scaledMean(x, t - n + 1, t) * counts[t - first]!);
    }
  }
}

/** `sma(x, n)`: the mean of the values present in the window; NaN where the window is no data. */
export function mean(x: Float64Array, n: number, out: Float64Array, span: WindowSpan): void {
  const first = skipIncomplete(out, n, span);
  if (first >= span.to) return;
  const counts = presences(span.to - first);
  windowCounts(x, n, first, span.to, counts);
  windowSums(x, n, first, span);
  const [high, low] = [totals(0), remainders(0)];
  for (let t = first; t < span.to; t++) {
    const count = counts[t - first]!;
    if (count === 0) out[t] = Number.NaN;
    else {
      const value = quotient(high[t - first]!, low[t - first]!, count);
      out[t] = Number.isFinite(value) ? value : scaledMean(x, t - n + 1, t);
    }
  }
}

/** (high + low) / count, corrected by its remainder: the mean of equal values is that value, in every bit. */
export function quotient(high: number, low: number, count: number): number {
  const value = high / count;
  const corrected = value + excess(high, low, count, value) / count;
  return corrected === corrected ? corrected : value; // next to the largest numbers the split overflows
}

/** The mean of the values present in [from, to], for values so large that their sum overflows. */
function scaledMean(x: Float64Array, from: number, to: number): number {
  const scale = 2 ** -64;
  let total = 0;
  let lost = 0;
  let count = 0;
  for (let i = from; i <= to; i++) {
    if (Number.isNaN(x[i]!)) continue;
    const value = x[i]! * scale;
    const next = total + value;
    lost += roundingError(total, value, next);
    total = next;
    count++;
  }
  return quotient(total, lost, count) / scale;
}

/** A number as it stands, or NaN where it is not finite. */
export function finite(value: number): number {
  return value + (value - value);
}
