import { flatWindows, hasHole, pairShares } from './coverage.ts';
import {
  type Block,
  correlateDense,
  KEPT,
  LARGEST,
  OUT_OF_RANGE,
  type Pairs,
  SMALLEST,
  WIDTH,
} from './dense-correlation.ts';
import { scaledMean, scaleOf } from './scaled.ts';
import { pivotOf, reusableFloats, skipIncomplete, type WindowSpan } from './span.ts';

const walkedLeft = reusableFloats();
const walkedRight = reusableFloats();
const pairedA = reusableFloats();
const pairedB = reusableFloats();
const weights = reusableFloats();

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
  const pairs = { x: a, y: b, n, first, to: span.to };
  let careful = 0;
  if (!hasHole(a, first - n + 1, span.to) && !hasHole(b, first - n + 1, span.to)) {
    const open = correlateDense(pairs, span, out);
    if (open.length > 0) weights(span.to - first).fill(1 / n, 0, span.to - first);
    for (const block of open) careful += sumWithCare(pairs, block, out);
    if (careful > 0) settle(pairs, out);
    return;
  }
  pairShares([a, b], n, first, span.to, weights(span.to - first));
  for (let t = first; t < span.to; ) {
    const pivot = pivotOf(t, n, span.origin);
    const end = Math.min(span.to, pivot + n);
    const block = { pivot, from: t, end, centre: firstCommon(pairs, pivot, end) };
    walkBack(pairs, block);
    if (walkForth(pairs, block, out) > 0) careful += sumWithCare(pairs, block, out);
    t = end;
  }
  if (careful > 0) settle(pairs, out);
}

function firstCommon({ x, y }: Pairs, from: number, to: number): number {
  let i = from;
  while (i < to - 1 && Number.isNaN(x[i]! * y[i]!)) i++;
  return i;
}

/** Sums over the k pairs before the pivot, for each k that a window of the block reaches back. */
function walkBack({ x, y, n }: Pairs, { pivot, from, centre }: Block): void {
  const sums = walkedLeft(WIDTH * n);
  const cx = x[centre]!;
  const cy = y[centre]!;
  let a = 0;
  let b = 0;
  let aa = 0;
  let bb = 0;
  let ab = 0;
  sums.fill(0, 0, WIDTH);
  for (let i = pivot - 1, k = WIDTH; i > from - n; i--, k += WIDTH) {
    const dx = x[i]! - cx;
    const dy = y[i]! - cy;
    const product = dx * dy;
    if (product === product) {
      a += dx;
      b += dy;
      aa += dx * dx;
      bb += dy * dy;
      ab += product;
    }
    sums[k] = a;
    sums[k + 1] = b;
    sums[k + 2] = aa;
    sums[k + 3] = bb;
    sums[k + 4] = ab;
  }
}

/** Walks on from the pivot and writes the block's coefficients; the number out of range. */
function walkForth(
  { x, y, n, first }: Pairs,
  { pivot, from, end, centre }: Block,
  out: Float64Array,
): number {
  const sums = walkedLeft(0);
  const shares = weights(0);
  const cx = x[centre]!;
  const cy = y[centre]!;
  let a = 0;
  let b = 0;
  let aa = 0;
  let bb = 0;
  let ab = 0;
  let careful = 0;
  for (let i = pivot; i < end; i++) {
    const dx = x[i]! - cx;
    const dy = y[i]! - cy;
    const product = dx * dy;
    if (product === product) {
      a += dx;
      b += dy;
      aa += dx * dx;
      bb += dy * dy;
      ab += product;
    }
    if (i < from) continue;
    const share = shares[i - first]!;
    const k = WIDTH * (pivot - 1 - i + n);
    const ta = a + sums[k]!;
    const tb = b + sums[k + 1]!;
    const squaresA = aa + sums[k + 2]!;
    const squaresB = bb + sums[k + 3]!;
    const keptA = squaresA - ta * ta * share;
    const keptB = squaresB - tb * tb * share;
    const isSure = keptA > squaresA * KEPT && keptB > squaresB * KEPT;
    const least = squaresA < squaresB ? squaresA : squaresB;
    const most = squaresA < squaresB ? squaresB : squaresA;
    const value = (ab + sums[k + 4]! - ta * tb * share) / Math.sqrt(keptA * keptB);
    if (isSure && least > SMALLEST && most < LARGEST) out[i] = value > 1 ? 1 : value < -1 ? -1 : value;
    else if (share !== share) out[i] = Number.NaN;
    else {
      out[i] = OUT_OF_RANGE;
      careful++;
    }
  }
  return careful;
}

function inRange(squares: number): boolean {
  return squares > SMALLEST && squares < LARGEST;
}

/** Computes those of the block's windows again that need it, from sums taken Kahan's way; the number still left. */
function sumWithCare(pairs: Pairs, { pivot, from, end, centre }: Block, out: Float64Array): number {
  const { n, first } = pairs;
  const before = walkedLeft(WIDTH * n);
  const after = walkedRight(WIDTH * (n + 1));
  const shares = weights(0);
  walk(pairs, centre, pivot - 1, from - n, before);
  walk(pairs, centre, pivot, end, after);
  let left = 0;
  for (let t = from; t < end; t++) {
    if (out[t] !== OUT_OF_RANGE) continue;
    const [i, j] = [WIDTH * (pivot - 1 - (t - n)), WIDTH * (t - pivot + 1)];
    out[t] = coefficient(shares[t - first]!, before, i, after, j);
    left += +(out[t] === OUT_OF_RANGE);
  }
  return left;
}

/** Replaces what was out of range: no data where a side is flat, else the coefficient by definition. */
function settle({ x: a, y: b, n, first, to }: Pairs, out: Float64Array): void {
  const base = first - n + 1;
  const [x, y] = pair(a, b, base, to - base);
  const flatX = new Uint8Array(to - first);
  const flatY = new Uint8Array(to - first);
  flatWindows(x, n, n - 1, to - base, flatX);
  flatWindows(y, n, n - 1, to - base, flatY);
  for (let t = first; t < to; t++) {
    if (out[t] !== OUT_OF_RANGE) continue;
    const flat = (flatX[t - first]! | flatY[t - first]!) === 1;
    out[t] = flat ? Number.NaN : scaled(x, y, t - n + 1 - base, t - base);
  }
}

/** Lays out two series from `base`, each missing where either is. */
function pair(
  a: Float64Array,
  b: Float64Array,
  base: number,
  length: number,
): readonly [Float64Array, Float64Array] {
  const x = pairedA(length);
  const y = pairedB(length);
  for (let i = 0; i < length; i++) {
    const u = a[base + i]!;
    const v = b[base + i]!;
    const both = u === u && v === v;
    x[i] = both ? u : Number.NaN;
    y[i] = both ? v : Number.NaN;
  }
  return [x, y];
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
    if (dx === dx && dy === dy) {
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

/** The coefficient of a window from its two halves, at i and j. */
function coefficient(share: number, before: Float64Array, i: number, after: Float64Array, j: number): number {
  const a = before[i]! + after[j]!;
  const b = before[i + 1]! + after[j + 1]!;
  const aa = before[i + 2]! + after[j + 2]!;
  const bb = before[i + 3]! + after[j + 3]!;
  if (!inRange(aa) || !inRange(bb)) return OUT_OF_RANGE;
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
