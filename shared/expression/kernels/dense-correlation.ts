import { pivotOf, reusableFloats, type WindowSpan } from './span.ts';

// Where neither series has a hole: the blocks of `correlation.ts` in one loop without a question about them. Every sum
// is the same in every bit.

/** Numbers kept per step of a walk: sums of a and b about their centres, of both squares, and of the products. */
export const WIDTH = 5;
/** Beyond these the product of two sums of squares underflows or overflows; a flat window has a sum of 0. */
export const SMALLEST = 1e-140;
export const LARGEST = 1e140;
/** A window that keeps less than this share of its squares when its mean is taken off is summed again with care. */
export const KEPT = 1 / 32;

/** Stands for a window that needs more care, is flat, or whose squares do not fit; no coefficient is 2. */
export const OUT_OF_RANGE = 2;

const walked = reusableFloats();

/** Two series, and the windows of n that end at t in [first, to). */
export interface Pairs {
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly n: number;
  readonly first: number;
  readonly to: number;
}

/** The windows that share a pivot: outputs [from, end); `centre` is the first session from the pivot on with both. */
export interface Block {
  readonly pivot: number;
  readonly from: number;
  readonly end: number;
  readonly centre: number;
}

/** Writes all coefficients; gives the blocks that have some out of range. */
export function correlateDense(pairs: Pairs, { origin }: WindowSpan, out: Float64Array): readonly Block[] {
  const { x, y, n, first, to } = pairs;
  const sums = walked(WIDTH * n);
  const open: Block[] = [];
  const share = 1 / n;
  for (let t = first; t < to; ) {
    const pivot = pivotOf(t, n, origin);
    const end = Math.min(to, pivot + n);
    const from = t;
    const cx = x[pivot]!;
    const cy = y[pivot]!;
    walkBack(x, y, pivot, from - n, sums);
    let a = 0;
    let b = 0;
    let aa = 0;
    let bb = 0;
    let ab = 0;
    let unsure = 0;
    for (let i = pivot; i < end; i++) {
      const dx = x[i]! - cx;
      const dy = y[i]! - cy;
      a += dx;
      b += dy;
      aa += dx * dx;
      bb += dy * dy;
      ab += dx * dy;
      if (i < from) continue;
      const k = WIDTH * (pivot - 1 - i + n);
      const ta = a + sums[k]!;
      const tb = b + sums[k + 1]!;
      const squaresA = aa + sums[k + 2]!;
      const squaresB = bb + sums[k + 3]!;
      const keptA = squaresA - ta * ta * share;
      const keptB = squaresB - tb * tb * share;
      const value = (ab + sums[k + 4]! - ta * tb * share) / Math.sqrt(keptA * keptB);
      const isLarge = squaresA > SMALLEST && squaresB > SMALLEST;
      const isSure = keptA > squaresA * KEPT && keptB > squaresB * KEPT;
      if (isSure && isLarge && squaresA < LARGEST && squaresB < LARGEST) {
        out[i] = value > 1 ? 1 : value < -1 ? -1 : value;
      } else {
        unsure++;
        out[i] = OUT_OF_RANGE;
      }
    }
    if (unsure > 0) open.push({ pivot, from, end, centre: pivot });
    t = end;
  }
  return open;
}

/** Sums over the k pairs before the pivot, for each k that a window of the block reaches back. */
function walkBack(x: Float64Array, y: Float64Array, pivot: number, stop: number, sums: Float64Array): void {
  const cx = x[pivot]!;
  const cy = y[pivot]!;
  let a = 0;
  let b = 0;
  let aa = 0;
  let bb = 0;
  let ab = 0;
  sums.fill(0, 0, WIDTH);
  for (let i = pivot - 1, k = WIDTH; i > stop; i--, k += WIDTH) {
    const dx = x[i]! - cx;
    const dy = y[i]! - cy;
    a += dx;
    b += dy;
    aa += dx * dx;
    bb += dy * dy;
    ab += dx * dy;
    sums[k] = a;
    sums[k + 1] = b;
    sums[k + 2] = aa;
    sums[k + 3] = bb;
    sums[k + 4] = ab;
  }
}
