import { flatWindows, hasHole, windowShares } from './coverage.ts';
import {
  denseDeviations,
  denseScores,
  KEPT,
  LARGEST,
  NEAR,
  SMALLEST,
  type WalkDense,
} from './dense-spread.ts';
import { scaledMoments } from './scaled.ts';
import { pivotOf, reusableFloats, skipIncomplete, type WindowSpan } from './span.ts';
import { type Block, excess, finite, firstPresent, windowSums } from './sums.ts';

const sumsBefore = reusableFloats();
const squaresBefore = reusableFloats();
const carefulBefore = reusableFloats();
const carefulAfter = reusableFloats();
const weights = reusableFloats();

/** A window's squared deviations from its mean, its last value's distance from it, and what each value weighs. */
interface Moments {
  readonly square: number;
  readonly distance: number;
  readonly share: number;
}

/** The count of values of which each weighs `share`. */
function countOf(share: number): number {
  return Math.round(1 / share);
}

/** What a function gives for a window, scaled back from moments that were scaled by a power of two. */
type Finish = (moments: Moments, scale: number) => number;

/** Walks on from a block's pivot and writes its windows; those that need care are NaN. Gives how many those are. */
type WalkForth = (x: Float64Array, n: number, first: number, block: Block, out: Float64Array) => number;

/** How a function walks series with and without holes, and what it gives for windows that need care. */
interface Walks {
  readonly dense: WalkDense;
  readonly forth: WalkForth;
  readonly finish: Finish;
}

/** `stdev(x, n)`: the population standard deviation of the window, exactly 0 when it is flat; NaN for no data. */
export function stdev(x: Float64Array, n: number, out: Float64Array, span: WindowSpan): void {
  overWindows(x, n, out, span, {
    dense: denseDeviations,
    forth: writeDeviations,
    finish: ({ square, share }, scale) => Math.sqrt(square * share) / scale,
  });
}

/** The sample standard deviation of the window (n − 1); NaN for no data or fewer than two values. */
export function sampleStdev(x: Float64Array, n: number, out: Float64Array, span: WindowSpan): void {
  overWindows(x, n, out, span, {
    dense: denseSampleDeviations,
    forth: writeSampleDeviations,
    finish: ({ square, share }, scale) =>
      share === 1 ? Number.NaN : Math.sqrt(square / (countOf(share) - 1)) / scale,
  });
}

/** `zscore(x, n)`: today's distance from the window's mean in standard deviations; NaN for no data or a flat window. */
export function zscore(x: Float64Array, n: number, out: Float64Array, span: WindowSpan): void {
  overWindows(x, n, out, span, {
    dense: denseScores,
    forth: writeScores,
    finish: ({ square, distance, share }) =>
      square === 0 ? Number.NaN : distance / Math.sqrt(square * share) + 0,
  });
}

/**
 * Moments are taken about a centre, the first value present at or after the pivot. A window that counts has a value
 * today and today is at or after its pivot, so the centre is one of its own elements. Where that centre lies far
 * enough from the mean to cost precision, the window is summed again, compensated. An element lies at most √(m − 1)
 * standard deviations from the mean of its m values, so that then loses at most a factor m of the precision, whatever
 * lies outside the window and however high the level is.
 */
function overWindows(
  x: Float64Array,
  n: number,
  out: Float64Array,
  span: WindowSpan,
  { dense, forth, finish }: Walks,
): void {
  const first = skipIncomplete(out, n, span);
  if (first >= span.to) return;
  if (!hasHole(x, first - n + 1, span.to)) {
    for (const block of dense(x, n, first, span, out)) {
      settle(x, n, weights(n).fill(1 / n, 0, n), span, block, out, finish);
    }
    return;
  }
  windowShares(x, n, first, span.to, weights(span.to - first));
  for (let t = first; t < span.to; ) {
    const pivot = pivotOf(t, n, span.origin);
    const end = Math.min(span.to, pivot + n);
    const block = { pivot, from: t, end, centre: firstPresent(x, pivot, end) };
    walkBack(x, n, block);
    if (forth(x, n, first, block, out) > 0) {
      settle(x, n, weights(0).subarray(t - first), span, block, out, finish);
    }
    t = end;
  }
}

/** Deviations and squares of the k values before the pivot, for each k that a window of the block reaches back. */
function walkBack(x: Float64Array, n: number, { pivot, from, centre }: Block): void {
  const [sums, squares] = [sumsBefore(n), squaresBefore(n)];
  let sum = 0;
  let square = 0;
  sums[0] = 0;
  squares[0] = 0;
  for (let i = pivot - 1, k = 1; i > from - n; i--, k++) {
    const deviation = x[i]! - centre;
    if (deviation === deviation) {
      sum += deviation;
      square += deviation * deviation;
    }
    sums[k] = sum;
    squares[k] = square;
  }
}

function writeScores(x: Float64Array, n: number, first: number, block: Block, out: Float64Array): number {
  const { pivot, from, end, centre } = block;
  const [sums, squares, shares] = [sumsBefore(n), squaresBefore(n), weights(0)];
  let sum = 0;
  let square = 0;
  let careful = 0;
  for (let i = pivot; i < end; i++) {
    const deviation = x[i]! - centre;
    if (deviation === deviation) {
      sum += deviation;
      square += deviation * deviation;
    }
    if (i < from) continue;
    const share = shares[i - first]!;
    const k = pivot - 1 - i + n;
    const total = sum + sums[k]!;
    const about = square + squares[k]!;
    const kept = about - total * total * share;
    const distance = deviation - total * share;
    const isSure = kept > about * KEPT && distance * distance > NEAR * about * share;
    if (isSure && about > SMALLEST && about < LARGEST) out[i] = distance / Math.sqrt(kept * share);
    else {
      out[i] = Number.NaN;
      careful += +(share === share);
    }
  }
  return careful;
}

function writeDeviations(x: Float64Array, n: number, first: number, block: Block, out: Float64Array): number {
  const { pivot, from, end, centre } = block;
  const [sums, squares, shares] = [sumsBefore(n), squaresBefore(n), weights(0)];
  let sum = 0;
  let square = 0;
  let careful = 0;
  for (let i = pivot; i < end; i++) {
    const deviation = x[i]! - centre;
    if (deviation === deviation) {
      sum += deviation;
      square += deviation * deviation;
    }
    if (i < from) continue;
    const share = shares[i - first]!;
    const k = pivot - 1 - i + n;
    const total = sum + sums[k]!;
    const about = square + squares[k]!;
    const kept = about - total * total * share;
    if (kept > about * KEPT && about > SMALLEST && about < LARGEST) out[i] = Math.sqrt(kept * share);
    else {
      out[i] = Number.NaN;
      careful += +(share === share);
    }
  }
  return careful;
}

/** As the population's, times √(m / (m − 1)). */
function writeSampleDeviations(
  x: Float64Array,
  n: number,
  first: number,
  block: Block,
  out: Float64Array,
): number {
  const careful = writeDeviations(x, n, first, block, out);
  const shares = weights(0);
  for (let t = block.from; t < block.end; t++) out[t] = out[t]! / Math.sqrt(1 - shares[t - first]!);
  return careful;
}

const denseSampleDeviations: WalkDense = (x, n, first, span, out) => {
  const open = denseDeviations(x, n, first, span, out);
  const scale = Math.sqrt(1 - 1 / n);
  for (let t = first; t < span.to; t++) out[t] = out[t]! / scale;
  return open;
};

/** Computes the windows of a block that are still open again, with compensated sums; flat and extreme ones apart. */
function settle(
  x: Float64Array,
  n: number,
  shares: Float64Array,
  span: WindowSpan,
  { pivot, from, end, centre }: Block,
  out: Float64Array,
  finish: Finish,
): void {
  const [before, after] = [carefulBefore(n), carefulAfter(n + 1)];
  compensatedSquares(x, centre, pivot - 1, from - n, before);
  compensatedSquares(x, centre, pivot, end, after);
  const { high, low } = windowSums(x, n, from, { ...span, from, to: end });
  const flat = new Uint8Array(end - from);
  flatWindows(x, n, from, end, flat);
  for (let t = from; t < end; t++) {
    const share = shares[t - from]!;
    if (share !== share || out[t] === out[t]) continue;
    const total = before[pivot - 1 - (t - n)]! + after[t - pivot + 1]!;
    const count = countOf(share);
    const shift = excess(high[t - from]!, low[t - from]!, count, centre);
    const square = total - shift * shift * share;
    if (flat[t - from] === 1) out[t] = finish({ square: 0, distance: 0, share }, 1);
    else if (square > 0 && total > SMALLEST && total < LARGEST) {
      const distance = -excess(high[t - from]!, low[t - from]!, count, x[t]!) * share;
      out[t] = finish({ square, distance, share }, 1);
    } else {
      const scaled = scaledMoments(x, t - n + 1, t);
      out[t] = finite(finish({ ...scaled, share }, scaled.scale));
    }
  }
}

/** Sums of squares about the centre over the first k values met walking from an index towards `end`, Kahan's way. */
function compensatedSquares(
  x: Float64Array,
  centre: number,
  index: number,
  end: number,
  squares: Float64Array,
): void {
  const step = index < end ? 1 : -1;
  let square = 0;
  let carry = 0;
  squares[0] = 0;
  for (let i = index, k = 1; i !== end; i += step, k++) {
    const deviation = x[i]! - centre;
    if (deviation === deviation) {
      const term = deviation * deviation - carry;
      const total = square + term;
      carry = total - square - term;
      square = total;
    }
    squares[k] = square;
  }
}
