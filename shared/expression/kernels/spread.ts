import { flatWindows, windowCounts } from './coverage.ts';
import { scaledMoments } from './scaled.ts';
import { pivotOf, reusableFloats, reusableIntegers, skipIncomplete, type WindowSpan } from './span.ts';
import { excess, roundingError } from './sums.ts';

/** Sums (high + low) and squares: of the first k values met walking from a pivot, or of whole windows. */
interface Walk {
  readonly high: Float64Array;
  readonly low: Float64Array;
  readonly squares: Float64Array;
}

const left = [reusableFloats(), reusableFloats(), reusableFloats()] as const;
const right = [reusableFloats(), reusableFloats(), reusableFloats()] as const;
const totals = reusableFloats();
const remainders = reusableFloats();
const squaredDeviations = reusableFloats();
const presences = reusableIntegers();

/** Below and above these a sum of squares has lost bits to underflow, or overflowed; a flat window has 0. */
const SMALLEST = 1e-280;
const LARGEST = 1e300;
/** Stands for a window whose squares do not fit: unless it is flat it is computed by itself, scaled. */
const OUT_OF_RANGE = -1;

/**
 * Sum (high + low) and sum of squared deviations from the mean over each window of n, for t in [first, to).
 *
 * Squares are taken about a centre, the first value present at or after the pivot. A window that counts has a value
 * today and today is at or after its pivot, so the centre is one of its own elements. An element lies at most
 * √(m − 1) standard deviations from the mean of its m values, so subtracting the mean's share from the squares loses
 * at most a factor m of the precision, whatever lies outside the window and however high the level is.
 */
function windowMoments(x: Float64Array, n: number, first: number, span: WindowSpan): void {
  const { to, origin } = span;
  const before: Walk = { high: left[0](n), low: left[1](n), squares: left[2](n) };
  const after: Walk = { high: right[0](n + 1), low: right[1](n + 1), squares: right[2](n + 1) };
  const width = to - first;
  const sums: Walk = { high: totals(width), low: remainders(width), squares: squaredDeviations(width) };
  const counts = presences(width);
  windowCounts(x, n, first, to, counts);
  let careful = 0;
  for (let t = first; t < to; ) {
    const pivot = pivotOf(t, n, origin);
    const end = Math.min(to, pivot + n);
    const centre = firstPresent(x, pivot, end);
    walk(x, centre, pivot - 1, -1, pivot - 1 - (t - n), before);
    walk(x, centre, pivot, 1, end - pivot, after);
    for (; t < end; t++) {
      combine(counts[t - first]!, centre, before, pivot - 1 - (t - n), after, t - pivot + 1, sums, t - first);
      careful += +(sums.squares[t - first] === OUT_OF_RANGE);
    }
  }
  if (careful > 0) settleFlat(x, n, first, to);
}

/** Sets the squares of flat windows to exactly 0; the rest of those out of range stay so. */
function settleFlat(x: Float64Array, n: number, first: number, to: number): void {
  const flat = new Uint8Array(to - first);
  flatWindows(x, n, first, to, flat);
  const squares = squaredDeviations(0);
  for (let k = 0; k < to - first; k++) if (flat[k] === 1) squares[k] = 0;
}

function firstPresent(x: Float64Array, from: number, to: number): number {
  let i = from;
  while (i < to && Number.isNaN(x[i]!)) i++;
  return i < to ? x[i]! : 0;
}

function walk(
  x: Float64Array,
  centre: number,
  index: number,
  step: number,
  steps: number,
  walked: Walk,
): void {
  const { high, low, squares } = walked;
  let sum = 0;
  let lost = 0;
  let square = 0;
  let carry = 0;
  high[0] = 0;
  low[0] = 0;
  squares[0] = 0;
  for (let k = 1; k <= steps; k++, index += step) {
    const value = x[index]!;
    if (value === value) {
      const next = sum + value;
      lost += roundingError(sum, value, next);
      sum = next;
      const deviation = value - centre;
      const term = deviation * deviation - carry; // Kahan's sum
      const total = square + term;
      carry = total - square - term;
      square = total;
    }
    high[k] = sum;
    low[k] = lost;
    squares[k] = square;
  }
}

/** The moments of one window, written at `at`, from its two halves, at i and j. */
function combine(
  count: number,
  centre: number,
  before: Walk,
  i: number,
  after: Walk,
  j: number,
  sums: Walk,
  at: number,
): void {
  const a = before.high[i]!;
  const b = after.high[j]!;
  const total = a + b;
  const rest = roundingError(a, b, total) + (before.low[i]! + after.low[j]!);
  const square = before.squares[i]! + after.squares[j]!;
  const shift = excess(total, rest, count, centre);
  const value = square - (shift * shift) / count;
  sums.high[at] = total;
  sums.low[at] = rest;
  sums.squares[at] = value > 0 && square > SMALLEST && square < LARGEST ? value : OUT_OF_RANGE;
}

/** `stdev(x, n)`: the population standard deviation of the window, exactly 0 when it is flat; NaN for no data. */
export function stdev(x: Float64Array, n: number, out: Float64Array, span: WindowSpan): void {
  deviations(x, n, out, span, 0);
}

/** The sample standard deviation of the window (n − 1); NaN for no data or fewer than two values. */
export function sampleStdev(x: Float64Array, n: number, out: Float64Array, span: WindowSpan): void {
  deviations(x, n, out, span, 1);
}

/** Standard deviations with `free` degrees of freedom taken off the count. */
function deviations(x: Float64Array, n: number, out: Float64Array, span: WindowSpan, free: number): void {
  const first = skipIncomplete(out, n, span);
  if (first >= span.to) return;
  windowMoments(x, n, first, span);
  const [squares, counts] = [squaredDeviations(0), presences(0)];
  for (let t = first; t < span.to; t++) {
    const count = counts[t - first]!;
    const square = squares[t - first]!;
    if (count <= free) out[t] = Number.NaN;
    else if (square !== OUT_OF_RANGE) out[t] = Math.sqrt(square / (count - free));
    else {
      const scaled = scaledMoments(x, t - n + 1, t);
      const value = Math.sqrt(scaled.square / (count - free)) / scaled.scale;
      out[t] = Number.isFinite(value) ? value : Number.NaN;
    }
  }
}

/** `zscore(x, n)`: today's distance from the window's mean in standard deviations; NaN for no data or a flat window. */
export function zscore(x: Float64Array, n: number, out: Float64Array, span: WindowSpan): void {
  const first = skipIncomplete(out, n, span);
  if (first >= span.to) return;
  windowMoments(x, n, first, span);
  const [high, low, squares, counts] = [totals(0), remainders(0), squaredDeviations(0), presences(0)];
  for (let t = first; t < span.to; t++) {
    const count = counts[t - first]!;
    const square = squares[t - first]!;
    if (count === 0 || square === 0) out[t] = Number.NaN;
    else if (square !== OUT_OF_RANGE) {
      const distance = -excess(high[t - first]!, low[t - first]!, count, x[t]!) / count;
      out[t] = distance / Math.sqrt(square / count) + 0;
    } else {
      const scaled = scaledMoments(x, t - n + 1, t);
      out[t] = scaled.distance / Math.sqrt(scaled.square / count);
    }
  }
}
