import type { Direction } from '../rules/rule.ts';

/**
 * A measure turned so that further is larger (negated for `down`), with a tree of maxima over it: the last session on
 * which it was as far as some value is found in O(log n) steps, whatever the history.
 */
export interface Farness {
  /** How far a value of the measure is. */
  of(value: number): number;
  /** The last index below `before` whose value is at least as far as `far`; -1 when there is none. */
  lastAtLeast(before: number, far: number): number;
  /** The last index below `before` whose value is strictly further than `far`; -1 when there is none. */
  lastBeyond(before: number, far: number): number;
}

/** Builds the tree over a measure by session index; NaN is no data and is never found. */
export function createFarness(measure: Float64Array, direction: Direction): Farness {
  const sign = direction === 'up' ? 1 : -1;
  const size = powerAbove(measure.length);
  const tree = maxima(measure, sign, size);
  return {
    of: (value) => sign * value,
    lastAtLeast: (before, far) =>
      Number.isNaN(far) ? -1 : lastReaching(tree, size, before, (maximum) => maximum >= far),
    lastBeyond: (before, far) =>
      Number.isNaN(far) ? -1 : lastReaching(tree, size, before, (maximum) => maximum > far),
  };
}

/** The power of two strictly above n, so that every `before` up to n is a leaf with a parent. */
function powerAbove(n: number): number {
  let size = 1;
  while (size <= n) size *= 2;
  return size;
}

function maxima(measure: Float64Array, sign: number, size: number): Float64Array {
  const tree = new Float64Array(2 * size).fill(-Infinity);
  for (let index = 0; index < measure.length; index += 1) {
    const value = sign * (measure[index] ?? NaN);
    if (!Number.isNaN(value)) tree[size + index] = value;
  }
  for (let node = size - 1; node > 0; node -= 1) {
    tree[node] = Math.max(tree[2 * node] ?? -Infinity, tree[2 * node + 1] ?? -Infinity);
  }
  return tree;
}

/** Climbs from `before` until a left neighbour reaches, then descends to its last leaf that does. */
function lastReaching(
  tree: Float64Array,
  size: number,
  before: number,
  reaches: (maximum: number) => boolean,
): number {
  const has = (node: number): boolean => reaches(tree[node] ?? -Infinity);
  let node = size + before;
  while (node > 1 && !(node % 2 === 1 && has(node - 1))) node = Math.floor(node / 2);
  if (node <= 1) return -1;
  node -= 1;
  while (node < size) node = has(2 * node + 1) ? 2 * node + 1 : 2 * node;
  return node - size;
}
