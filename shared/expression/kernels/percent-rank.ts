import { adjust, countUpTo, rankedSet } from './ranks.ts';
import { requiredCount, skipIncomplete, type WindowSpan } from './span.ts';

/** Sessions that `percentrank(x)` must have seen. */
const LEAST_HISTORY = 252;
/** About as many comparisons cost what one step of the tree does. */
const TREE_STEP = 48;

/**
 * `percentrank(x, n)`: the share of the values on the n sessions before today that are at most today's; NaN where
 * today is missing or too many of those sessions are.
 */
export function percentRank(x: Float64Array, n: number, out: Float64Array, span: WindowSpan): void {
  const first = skipIncomplete(out, n + 1, span);
  if (first >= span.to) return;
  const outputs = span.to - first;
  if (outputs * n <= TREE_STEP * (outputs + n)) compareEach(x, n, first, span.to, out);
  else slide(x, n, first, span.to, out);
}

function compareEach(x: Float64Array, n: number, first: number, to: number, out: Float64Array): void {
  const required = requiredCount(n);
  for (let t = first; t < to; t++) {
    const today = x[t]!;
    let count = 0;
    let atMost = 0;
    for (let i = t - n; i < t; i++) {
      count += +(x[i]! === x[i]!);
      atMost += +(x[i]! <= today);
    }
    out[t] = today === today && count >= required ? atMost / count : Number.NaN;
  }
}

function slide(x: Float64Array, n: number, first: number, to: number, out: Float64Array): void {
  const low = first - n;
  const required = requiredCount(n);
  const { rank, tree, size } = rankedSet(x, low, to);
  let count = 0;
  for (let i = 0; i < n; i++) {
    adjust(tree, size, rank[i]!, 1);
    count += +(rank[i]! > 0);
  }
  for (let t = n; t < to - low; t++) {
    const today = rank[t]!;
    const leaving = rank[t - n]!;
    out[low + t] = today > 0 && count >= required ? countUpTo(tree, today) / count : Number.NaN;
    adjust(tree, size, today, 1);
    adjust(tree, size, leaving, -1);
    count += +(today > 0) - +(leaving > 0);
  }
}

/**
 * `percentrank(x)`: the share of all earlier values since the span's start that are at most today's; NaN where today
 * is missing or fewer than 252 came before.
 */
export function percentRankAll(x: Float64Array, out: Float64Array, span: WindowSpan): void {
  const first = skipIncomplete(out, LEAST_HISTORY + 1, span);
  const { start, to } = span;
  if (first >= to) return;
  if (to - first <= TREE_STEP) {
    for (let t = first; t < to; t++) out[t] = shareBefore(x, start, t);
    return;
  }
  const { rank, tree, size } = rankedSet(x, start, to);
  let count = 0;
  for (let t = start; t < to; t++) {
    const today = rank[t - start]!;
    const known = today > 0 && count >= LEAST_HISTORY;
    if (t >= first) out[t] = known ? countUpTo(tree, today) / count : Number.NaN;
    adjust(tree, size, today, 1);
    count += +(today > 0);
  }
}

function shareBefore(x: Float64Array, start: number, t: number): number {
  const today = x[t]!;
  let count = 0;
  let atMost = 0;
  for (let i = start; i < t; i++) {
    count += +(x[i]! === x[i]!);
    atMost += +(x[i]! <= today);
  }
  return today === today && count >= LEAST_HISTORY ? atMost / count : Number.NaN;
}
