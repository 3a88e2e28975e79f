import type { OutcomeFigures } from './alert.ts';

/** Figures over the first values of a list, any number of them. */
export interface PrefixFigures {
  /** Figures of the first `count` values, NaN left out; each value is taken in once while counts ascend. */
  of(count: number): OutcomeFigures;
}

/** Nothing known yet: n 0 and nulls. */
export const NO_FIGURES: OutcomeFigures = { n: 0, mean: null, median: null, positive: null, worst: null };

/**
 * Prepares n, mean, median, share positive and worst of growing prefixes in O(log n) per value: ranks are assigned once,
 * and a Fenwick tree over them finds the middle. Sums run in the list's order, so later values change no bit.
 */
export function createPrefixFigures(values: Float64Array): PrefixFigures {
  const ranks = rankOf(values);
  let taken = createTaken(values.length);
  return {
    of: (count) => {
      if (count < taken.count) taken = createTaken(values.length);
      for (; taken.count < Math.min(count, values.length); taken.count += 1) {
        const value = values[taken.count] ?? NaN;
        if (!Number.isNaN(value)) take(taken, value, ranks.rank[taken.count] ?? 0);
      }
      return figuresOf(taken, ranks.ascending);
    },
  };
}

interface Taken {
  count: number;
  n: number;
  sum: number;
  /** What Kahan's summation carries over. */
  carry: number;
  positive: number;
  worst: number;
  readonly tree: Int32Array;
}

function createTaken(length: number): Taken {
  return { count: 0, n: 0, sum: 0, carry: 0, positive: 0, worst: Infinity, tree: new Int32Array(length + 1) };
}

function take(taken: Taken, value: number, rank: number): void {
  taken.n += 1;
  const corrected = value - taken.carry;
  const sum = taken.sum + corrected;
  taken.carry = sum - taken.sum - corrected;
  taken.sum = sum;
  if (value > 0) taken.positive += 1;
  if (value < taken.worst) taken.worst = value;
  for (let node = rank + 1; node < taken.tree.length; node += node & -node) {
    taken.tree[node] = (taken.tree[node] ?? 0) + 1;
  }
}

function figuresOf(taken: Taken, ascending: Float64Array): OutcomeFigures {
  const { n } = taken;
  if (n === 0) return NO_FIGURES;
  const lower = ascending[nth(taken.tree, Math.floor((n - 1) / 2))] ?? NaN;
  const upper = ascending[nth(taken.tree, Math.floor(n / 2))] ?? NaN;
  return {
    n,
    mean: taken.sum / n,
    median: (lower + upper) / 2,
    positive: taken.positive / n,
    worst: taken.worst,
  };
}

/** The rank of the k-th smallest value taken in, k from 0. */
function nth(tree: Int32Array, k: number): number {
  let node = 0;
  let left = k + 1;
  let step = 1;
  while (step * 2 < tree.length) step *= 2;
  for (; step > 0; step = Math.floor(step / 2)) {
    const counted = tree[node + step] ?? Infinity;
    if (node + step < tree.length && counted < left) {
      node += step;
      left -= counted;
    }
  }
  return node;
}

/** Each value's place among all of them, ascending, and the values in that order; NaN has none. */
function rankOf(values: Float64Array): { readonly rank: Int32Array; readonly ascending: Float64Array } {
  const order: number[] = [];
  for (let index = 0; index < values.length; index += 1) {
    if (!Number.isNaN(values[index])) order.push(index);
  }
  order.sort((left, right) => (values[left] ?? 0) - (values[right] ?? 0));
  const rank = new Int32Array(values.length);
  const ascending = new Float64Array(order.length);
  for (const [place, index] of order.entries()) {
    rank[index] = place;
    ascending[place] = values[index] ?? NaN;
  }
  return { rank, ascending };
}
