import { flatWindows, windowCounts } from './coverage.ts';
import { scaledMean, scaleOf } from './scaled.ts';
import { pivotOf, reusableFloats, reusableIntegers, skipIncomplete, type WindowSpan } from './span.ts';

/** Numbers kept per step of a walk: sums of a and b about their centres, of both squares, and of the products. */
const WIDTH = 5;
/** Beyond these the product of two sums of squares underflows or overflows; a flat window has a sum of 0. */
const SMALLEST = 1e-140;
const LARGEST = 1e140;

/** Stands for a window that is flat or whose squares do not fit; no coefficient is 2. */
const OUT_OF_RANGE = 2;

const walkedLeft = reusableFloats();
const walkedRight = reusableFloats();
const pairedA = reusableFloats();
const pairedB = reusableFloats();
const presences = reusableIntegers();

/** Two series laid out from 0, each missing where either is. */
interface Pairs {
  readonly x: Float64Array;
  readonly y: Float64Array;
}

/**
 * `correlation(a, b, n)`: Pearson's coefficient over the sessions of the window on which both have a value, within
 * −1..1; NaN where the window is no data or either is constant in it.
 *
 * Both are measured about their values on the first common session at or after the pivot, an element of every window
 * that counts: see `windowMoments` for why that keeps the precision.
 */
export function correlation(
  a: Float64Array,
  b: Float64Array,
  n: number,
  out: Float64Array,
  span: WindowSpan,
): void {
  const first = skipIncomplete(out, n, span);
  if (first >= span.to) return;
  const base = first - n + 1;
  const length = span.to - base;
  const pairs = pair(a, b, base, length);
  const results = out.subarray(base);
  windowCounts(pairs.x, n, n - 1, length, presences(length));
  const careful = coefficients(pairs, n, length, span.origin + base, results);
  if (careful > 0) settle(pairs, n, length, results);
}

/** Coefficients of the windows ending at t in [n − 1, length); the number of those out of range, which need care. */
function coefficients(pairs: Pairs, n: number, length: number, origin: number, out: Float64Array): number {
  const before = walkedLeft(WIDTH * n);
  const after = walkedRight(WIDTH * (n + 1));
  const counts = presences(length);
  let careful = 0;
  for (let t = n - 1; t < length; ) {
    const pivot = pivotOf(t, n, origin);
    const end = Math.min(length, pivot + n);
    const centre = firstPresent(pairs.x, pivot, end);
    walk(pairs, centre, pivot - 1, t - n, before);
    walk(pairs, centre, pivot, end, after);
    for (; t < end; t++) {
      const count = counts[t - n + 1]!;
      const value = coefficient(count, before, WIDTH * (pivot - 1 - (t - n)), after, WIDTH * (t - pivot + 1));
      out[t] = value;
      careful += +(value === OUT_OF_RANGE);
    }
  }
  return careful;
}

/** Replaces what was out of range: no data where a side is flat, else the coefficient by definition. */
function settle({ x, y }: Pairs, n: number, length: number, out: Float64Array): void {
  const flatX = new Uint8Array(length);
  const flatY = new Uint8Array(length);
  flatWindows(x, n, n - 1, length, flatX);
  flatWindows(y, n, n - 1, length, flatY);
  for (let t = n - 1; t < length; t++) {
    if (out[t] !== OUT_OF_RANGE) continue;
    const flat = (flatX[t - n + 1]! | flatY[t - n + 1]!) === 1;
    out[t] = flat ? Number.NaN : scaled(x, y, t - n + 1, t);
  }
}

/** Lays out two series from `base`. */
function pair(a: Float64Array, b: Float64Array, base: number, length: number): Pairs {
  const x = pairedA(length);
  const y = pairedB(length);
  for (let i = 0; i < length; i++) {
    const u = a[base + i]!;
    const v = b[base + i]!;
    const both = u === u && v === v;
    x[i] = both ? u : Number.NaN;
    y[i] = both ? v : Number.NaN;
  }
  return { x, y };
}

function firstPresent(x: Float64Array, from: number, to: number): number {
  let i = from;
  while (i < to - 1 && Number.isNaN(x[i]!)) i++;
  return i;
}

/** Five sums, Kahan's way, over the first k pairs from `from` towards `end`, about the pair at `centre`. */
function walk({ x, y }: Pairs, centre: number, from: number, end: number, sums: Float64Array): void {
  const cx = x[centre]!;
  const cy = y[centre]!;
  let a = 0;
  let b = 0;
  let aa = 0;
  let bb = 0;
  let ab = 0;
  let ca = 0;
  let cb = 0;
  let caa = 0;
  let cbb = 0;
  let cab = 0;
  sums.fill(0, 0, WIDTH);
  const step = from < end ? 1 : -1;
  for (let i = from, k = WIDTH; i !== end; i += step, k += WIDTH) {
    const dx = x[i]! - cx;
    const dy = y[i]! - cy;
    if (dx === dx) {
      let term = dx - ca;
      let next = a + term;
      ca = next - a - term;
      a = next;
      term = dy - cb;
      next = b + term;
      cb = next - b - term;
      b = next;
      term = dx * dx - caa;
      next = aa + term;
      caa = next - aa - term;
      aa = next;
      term = dy * dy - cbb;
      next = bb + term;
      cbb = next - bb - term;
      bb = next;
      term = dx * dy - cab;
      next = ab + term;
      cab = next - ab - term;
      ab = next;
    }
    sums[k] = a;
    sums[k + 1] = b;
    sums[k + 2] = aa;
    sums[k + 3] = bb;
    sums[k + 4] = ab;
  }
}

/** The coefficient of a window from its two halves, at i and j; NaN for a count of 0. */
function coefficient(count: number, before: Float64Array, i: number, after: Float64Array, j: number): number {
  if (count === 0) return Number.NaN;
  const share = 1 / count;
  const a = before[i]! + after[j]!;
  const b = before[i + 1]! + after[j + 1]!;
  const aa = before[i + 2]! + after[j + 2]!;
  const bb = before[i + 3]! + after[j + 3]!;
  const inRange = aa > SMALLEST && aa < LARGEST && bb > SMALLEST && bb < LARGEST;
  if (!inRange) return OUT_OF_RANGE;
  const shared = before[i + 4]! + after[j + 4]! - a * b * share;
  const value = shared / Math.sqrt((aa - a * a * share) * (bb - b * b * share));
  return value > 1 ? 1 : value < -1 ? -1 : value;
}

/** The coefficient of one window by definition, each side scaled first so that no square vanishes or overflows. */
function scaled(x: Float64Array, y: Float64Array, from: number, to: number): number {
  const [sx, sy] = [scaleOf(x, from, to), scaleOf(y, from, to)];
  const [mx, my] = [scaledMean(x, from, to, sx), scaledMean(y, from, to, sy)];
  let [xx, yy, xy] = [0, 0, 0];
  for (let i = from; i <= to; i++) {
    if (Number.isNaN(x[i]!)) continue;
    const dx = x[i]! * sx - mx;
    const dy = y[i]! * sy - my;
    xx += dx * dx;
    yy += dy * dy;
    xy += dx * dy;
  }
  return Math.max(-1, Math.min(1, xy / (Math.sqrt(xx) * Math.sqrt(yy))));
}
