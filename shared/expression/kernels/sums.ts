import { windowSizes } from './coverage.ts';
import { pivotOf, reusableFloats, skipIncomplete, type WindowSpan } from './span.ts';

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

const walkedHigh = reusableFloats();
const walkedLow = reusableFloats();
const totals = reusableFloats();
const remainders = reusableFloats();
const counted = reusableFloats();

/** Sums of windows, from the first on. */
interface WindowSums {
  readonly high: Float64Array;
  readonly low: Float64Array;
}

/**
 * Sums of the values present over each window of n: for t in [first, to) the sum is high + low, twice the usual
 * precision, so that values which cancel (a bad tick and its reversal) leave the small ones intact. Its buffers are
 * reused.
 */
export function windowSums(x: Float64Array, n: number, first: number, span: WindowSpan): WindowSums {
  const [high, low] = [totals(span.to - first), remainders(span.to - first)];
  const [before, lostBefore] = [walkedHigh(n), walkedLow(n)];
  for (let t = first; t < span.to; ) {
    const pivot = pivotOf(t, n, span.origin);
    const end = Math.min(span.to, pivot + n);
    walkBack(x, pivot, t - n, before, lostBefore);
    let running = 0;
    let lost = 0;
    for (let i = pivot; i < end; i++) {
      const value = x[i]!;
      if (value === value) {
        const next = running + value;
        lost += roundingError(running, value, next);
        running = next;
      }
      if (i < t) continue;
      const past = before[pivot - 1 - i + n]!;
      const total = running + past;
      high[i - first] = total;
      low[i - first] = roundingError(running, past, total) + (lost + lostBefore[pivot - 1 - i + n]!);
    }
    t = end;
  }
  return { high, low };
}

/** Sums of the k values before a pivot, for each k down to the one after index `stop`; missing ones add nothing. */
function walkBack(
  x: Float64Array,
  pivot: number,
  stop: number,
  sums: Float64Array,
  remainder: Float64Array,
): void {
  let running = 0;
  let lost = 0;
  sums[0] = 0;
  remainder[0] = 0;
  for (let i = pivot - 1, k = 1; i > stop; i--, k++) {
    const value = x[i]!;
    if (value === value) {
      const next = running + value;
      lost += roundingError(running, value, next);
      running = next;
    }
    sums[k] = running;
    remainder[k] = lost;
  }
}

/** `sum(x, n)`: the sum of the values present in the window; NaN where the window is no data. */
export function sum(x: Float64Array, n: number, out: Float64Array, span: WindowSpan): void {
  const first = skipIncomplete(out, n, span);
  if (first >= span.to) return;
  const counts = counted(span.to - first);
  windowSizes(x, n, first, span.to, counts);
  const { high, low } = windowSums(x, n, first, span);
  for (let t = first; t < span.to; t++) {
    const count = counts[t - first]!;
    if (count !== count) out[t] = Number.NaN;
    else {
      const value = high[t - first]! + low[t - first]!;
      out[t] = Number.isFinite(value) ? value : finite(scaledMean(x, t - n + 1, t) * count);
    }
  }
}

/** The windows that share a pivot: outputs [from, end), and the value that deviations are taken from. */
export interface Block {
  readonly pivot: number;
  readonly from: number;
  readonly end: number;
  readonly centre: number;
}

/** The first value present in a stretch; 0 where there is none. */
export function firstPresent(x: Float64Array, from: number, to: number): number {
  let i = from;
  while (i < to && Number.isNaN(x[i]!)) i++;
  return i < to ? x[i]! : 0;
}

/** (high + low) / count, corrected by its remainder: the mean of equal values is that value, in every bit. */
export function quotient(high: number, low: number, count: number): number {
  const value = high / count;
  const corrected = value + excess(high, low, count, value) / count;
  return corrected === corrected ? corrected : value; // next to the largest numbers the split overflows
}

/** The mean of the values present in [from, to], for values so large that their sum overflows. */
export function scaledMean(x: Float64Array, from: number, to: number): number {
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
