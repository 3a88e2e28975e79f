import { pivotOf, reusableFloats, type WindowSpan } from './span.ts';
import type { Block } from './sums.ts';

// Where no value is missing, which is what almost every series is: the blocks of `spread.ts` in one loop without a
// question about holes. Every sum is the same in every bit.

const sumsBefore = reusableFloats();
const squaresBefore = reusableFloats();

/** Below and above these a sum of squares has lost bits to underflow, or overflowed. */
export const SMALLEST = 1e-280;
export const LARGEST = 1e300;
/** A window that keeps less than this share of its squares when its mean is taken off is summed again with care. */
export const KEPT = 1 / 32;
/** So is one whose last value is this near its mean, by the square of its distance over the mean of its squares. */
export const NEAR = 2 ** -24;

/** Writes the windows from `first` on; those that need care are NaN. Gives the blocks that have such. */
export type WalkDense = (
  x: Float64Array,
  n: number,
  first: number,
  span: WindowSpan,
  out: Float64Array,
) => readonly Block[];

/** Population standard deviations. */
export const denseDeviations: WalkDense = (x, n, first, span, out) => {
  const [sums, squares, open] = [sumsBefore(n), squaresBefore(n), [] as Block[]];
  const share = 1 / n;
  for (let t = first; t < span.to; ) {
    const pivot = pivotOf(t, n, span.origin);
    const end = Math.min(span.to, pivot + n);
    const from = t;
    const centre = x[pivot]!;
    walkBack(x, pivot - 1, from - n, centre, sums, squares);
    let sum = 0;
    let square = 0;
    for (let i = pivot; i < from; i++) {
      const deviation = x[i]! - centre;
      sum += deviation;
      square += deviation * deviation;
    }
    let unsure = 0;
    for (let k = pivot - 1 - from + n; t < end; t++, k--) {
      const deviation = x[t]! - centre;
      sum += deviation;
      square += deviation * deviation;
      const total = sum + sums[k]!;
      const about = square + squares[k]!;
      const kept = about - total * total * share;
      if (kept > about * KEPT && about > SMALLEST && about < LARGEST) out[t] = Math.sqrt(kept * share);
      else {
        out[t] = Number.NaN;
        unsure++;
      }
    }
    if (unsure > 0) open.push({ pivot, from, end, centre });
  }
  return open;
};

/** Distances of the last value from the mean, in deviations. */
export const denseScores: WalkDense = (x, n, first, span, out) => {
  const [sums, squares, open] = [sumsBefore(n), squaresBefore(n), [] as Block[]];
  const share = 1 / n;
  for (let t = first; t < span.to; ) {
    const pivot = pivotOf(t, n, span.origin);
    const end = Math.min(span.to, pivot + n);
    const from = t;
    const centre = x[pivot]!;
    walkBack(x, pivot - 1, from - n, centre, sums, squares);
    let sum = 0;
    let square = 0;
    for (let i = pivot; i < from; i++) {
      const deviation = x[i]! - centre;
      sum += deviation;
      square += deviation * deviation;
    }
    let unsure = 0;
    for (let k = pivot - 1 - from + n; t < end; t++, k--) {
      const deviation = x[t]! - centre;
      sum += deviation;
      square += deviation * deviation;
      const total = sum + sums[k]!;
      const about = square + squares[k]!;
      const kept = about - total * total * share;
      const distance = deviation - total * share;
      const isSure = kept > about * KEPT && distance * distance > NEAR * about * share;
      if (isSure && about > SMALLEST && about < LARGEST) out[t] = distance / Math.sqrt(kept * share);
      else {
        out[t] = Number.NaN;
        unsure++;
      }
    }
    if (unsure > 0) open.push({ pivot, from, end, centre });
  }
  return open;
};

/** Sums of deviations and of their squares over the first k values met walking down from an index, for each k. */
function walkBack(
  x: Float64Array,
  index: number,
  stop: number,
  centre: number,
  sums: Float64Array,
  squares: Float64Array,
): void {
  let sum = 0;
  let square = 0;
  sums[0] = 0;
  squares[0] = 0;
  for (let i = index, k = 1; i > stop; i--, k++) {
    const deviation = x[i]! - centre;
    sum += deviation;
    square += deviation * deviation;
    sums[k] = sum;
    squares[k] = square;
  }
}
