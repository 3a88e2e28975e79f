import { reusableFloats, reusableIntegers } from './span.ts';

const ordered = reusableFloats();
const places = reusableIntegers();
const nodes = reusableIntegers();

/** The values present in a stretch of a series, and how many of each are in the set at the moment. */
export interface RankedSet {
  /** The values present, ascending. */
  readonly values: Float64Array;
  /** For index i of the series, `rank[i - low]` is the 1-based place of its value; equal values share the first; 0 where missing. */
  readonly rank: Int32Array;
  /** Fenwick's tree of the counts, by rank. */
  readonly tree: Int32Array;
  readonly size: number;
}

/** An empty set that can hold the values of x in [low, to). Its buffers are reused: one set at a time. */
export function rankedSet(x: Float64Array, low: number, to: number): RankedSet {
  const all = ordered(to - low);
  let size = 0;
  for (let i = low; i < to; i++) if (x[i]! === x[i]!) all[size++] = x[i]!;
  const values = all.subarray(0, size).sort();
  const rank = places(to - low);
  for (let i = low; i < to; i++) rank[i - low] = x[i]! === x[i]! ? lowerBound(values, size, x[i]!) + 1 : 0;
  const tree = nodes(size + 1);
  tree.fill(0, 0, size + 1);
  return { values, rank, tree, size };
}

/** How many of the sorted values are below one of them; halving without a branch to mispredict. */
function lowerBound(values: Float64Array, size: number, value: number): number {
  let base = 0;
  for (let length = size; length > 1; ) {
    const half = length >> 1;
    base += half * +(values[base + half - 1]! < value);
    length -= half;
  }
  return base;
}

/** Adds `times` (or with −1 takes away) the value of a rank; rank 0 is no value. */
export function adjust(tree: Int32Array, size: number, rank: number, times: number): void {
  if (rank === 0) return;
  for (let i = rank; i <= size; i += i & -i) tree[i] = tree[i]! + times;
}

/** How many values in the set have at most this rank. */
export function countUpTo(tree: Int32Array, rank: number): number {
  let count = 0;
  for (let i = rank; i > 0; i -= i & -i) count += tree[i]!;
  return count;
}

/** The value that stands at a 1-based position of the set, in ascending order. */
export function valueAt({ values, tree, size }: RankedSet, position: number): number {
  let rank = 0;
  let rest = position;
  for (let step = 1 << (31 - Math.clz32(size)); step > 0; step >>= 1) {
    const next = rank + step;
    if (next <= size && tree[next]! < rest) {
      rank = next;
      rest -= tree[next]!;
    }
  }
  return values[rank]!;
}
