import { hasHole, windowSizes } from './coverage.ts';
import { pivotOf, reusableFloats, skipIncomplete, type WindowSpan } from './span.ts';
import { type Block, firstPresent, quotient, scaledMean, windowSums } from './sums.ts';

const deviationsBefore = reusableFloats();
const sizesBefore = reusableFloats();
const counted = reusableFloats();

/** How many times its size a mean may have been summed from, in deviations, before that costs digits that count. */
const MOST = 1024;

/**
 * `sma(x, n)`: the mean of the values present in the window; NaN where the window is no data.
 *
 * It is summed in deviations from the first value present at or after the pivot, an element of every window that
 * counts: equal values have none and a high level costs no digits. Where deviations cancel so that too few are left,
 * the window is summed again in twice the precision.
 */
export function mean(x: Float64Array, n: number, out: Float64Array, span: WindowSpan): void {
  const first = skipIncomplete(out, n, span);
  if (first >= span.to) return;
  if (isLevel(x, first - n + 1, span.to)) return levelMeans(x, n, first, span, out);
  if (!hasHole(x, first - n + 1, span.to)) return denseMeans(x, n, first, span, out);
  windowSizes(x, n, first, span.to, counted(span.to - first));
  for (let t = first; t < span.to; ) {
    const pivot = pivotOf(t, n, span.origin);
    const end = Math.min(span.to, pivot + n);
    blockMeans(x, n, first, { pivot, from: t, end, centre: firstPresent(x, pivot, end) }, span, out);
    t = end;
  }
}

/**
 * Whether all values are there, above 0, and less than half of `MOST` apart by size: every window is sure of its mean
 * then, without asking.
 */
function isLevel(x: Float64Array, from: number, to: number): boolean {
  let low = x[from]!;
  let high = low;
  for (let i = from; i < to; i++) {
    const value = x[i]!;
    if (value > high) high = value;
    else if (!(value >= low)) {
      if (value !== value) return false;
      low = value;
    }
  }
  return low > 0 && high - low < (MOST / 2) * low;
}

function levelMeans(x: Float64Array, n: number, first: number, span: WindowSpan, out: Float64Array): void {
  const sums = deviationsBefore(n);
  sums[0] = 0;
  for (let t = first; t < span.to; ) {
    const pivot = pivotOf(t, n, span.origin);
    const end = Math.min(span.to, pivot + n);
    const from = t;
    const centre = x[pivot]!;
    let total = 0;
    for (let i = pivot - 1, k = 1; i > from - n; i--, k++) {
      total += x[i]! - centre;
      sums[k] = total;
    }
    total = 0;
    for (let i = pivot; i < from; i++) total += x[i]! - centre;
    for (let k = pivot - 1 - from + n; t < end; t++, k--) {
      total += x[t]! - centre;
      out[t] = centre + (total + sums[k]!) / n;
    }
  }
}

/**
 * Where no value is missing. A window's size is at most that of all its block reaches, so a block that is sure of its
 * least mean is sure of each; only others are asked window by window.
 */
function denseMeans(x: Float64Array, n: number, first: number, span: WindowSpan, out: Float64Array): void {
  const sums = deviationsBefore(n);
  sums[0] = 0;
  for (let t = first; t < span.to; ) {
    const pivot = pivotOf(t, n, span.origin);
    const end = Math.min(span.to, pivot + n);
    const from = t;
    const centre = x[pivot]!;
    let total = 0;
    let sizeBefore = 0;
    for (let i = pivot - 1, k = 1; i > from - n; i--, k++) {
      const deviation = x[i]! - centre;
      total += deviation;
      sizeBefore += Math.abs(deviation);
      sums[k] = total;
    }
    total = 0;
    let size = 0;
    for (let i = pivot; i < from; i++) {
      const deviation = x[i]! - centre;
      total += deviation;
      size += Math.abs(deviation);
    }
    let least = Number.POSITIVE_INFINITY;
    for (let k = pivot - 1 - from + n; t < end; t++, k--) {
      const deviation = x[t]! - centre;
      total += deviation;
      size += Math.abs(deviation);
      const value = centre + (total + sums[k]!) / n;
      least = Math.min(least, Math.abs(value));
      out[t] = value;
    }
    if (size + sizeBefore < MOST * n * least) continue;
    counted(span.to - first).fill(n, from - first, end - first);
    blockMeans(x, n, first, { pivot, from, end, centre }, span, out);
  }
}

function blockMeans(
  x: Float64Array,
  n: number,
  first: number,
  block: Block,
  span: WindowSpan,
  out: Float64Array,
): void {
  deviateBack(x, n, block);
  if (meansOf(x, n, first, block, out) === 0) return;
  meansWithCare(x, n, first, { ...span, from: block.from, to: block.end }, out);
}

/** Deviations of the k values before the pivot, summed as they are and by size, for each k a window reaches back. */
function deviateBack(x: Float64Array, n: number, { pivot, from, centre }: Block): void {
  const [sums, sizes] = [deviationsBefore(n), sizesBefore(n)];
  let total = 0;
  let size = 0;
  sums[0] = 0;
  sizes[0] = 0;
  for (let i = pivot - 1, k = 1; i > from - n; i--, k++) {
    const deviation = x[i]! - centre;
    if (deviation === deviation) {
      total += deviation;
      size += Math.abs(deviation);
    }
    sums[k] = total;
    sizes[k] = size;
  }
}

/** Walks on from the pivot and writes the block's means, NaN for those that need care; how many do. */
function meansOf(
  x: Float64Array,
  n: number,
  first: number,
  { pivot, from, end, centre }: Block,
  out: Float64Array,
): number {
  const [sums, sizes, counts] = [deviationsBefore(n), sizesBefore(n), counted(0)];
  let total = 0;
  let size = 0;
  let careful = 0;
  for (let i = pivot; i < end; i++) {
    const deviation = x[i]! - centre;
    if (deviation === deviation) {
      total += deviation;
      size += Math.abs(deviation);
    }
    if (i < from) continue;
    const count = counts[i - first]!;
    const k = pivot - 1 - i + n;
    // A true division: where the mean is a price of the window, it is that price in every bit.
    const value = centre + (total + sums[k]!) / count;
    // False also where the sums overflow, since both sides are infinite then.
    if (size + sizes[k]! < MOST * count * Math.abs(value)) out[i] = value;
    else {
      out[i] = Number.NaN;
      careful += +(count === count);
    }
  }
  return careful;
}

/** Sums the windows again that `meansOf` has left open. */
function meansWithCare(x: Float64Array, n: number, first: number, span: WindowSpan, out: Float64Array): void {
  const counts = counted(0);
  const { high, low } = windowSums(x, n, span.from, span);
  for (let t = span.from; t < span.to; t++) {
    const count = counts[t - first]!;
    if (count !== count || out[t] === out[t]) continue;
    const value = quotient(high[t - span.from]!, low[t - span.from]!, count);
    out[t] = Number.isFinite(value) ? value : scaledMean(x, t - n + 1, t);
  }
}
