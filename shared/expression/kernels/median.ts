import { adjust, rankedSet, valueAt } from './ranks.ts';
import { windowCounts } from './coverage.ts';
import { reusableFloats, reusableIntegers, skipIncomplete, type WindowSpan } from './span.ts';

const presences = reusableIntegers();
const window = reusableFloats();
/** Up to as many outputs are sorted one by one. */
const FEW = 4;

/** `median(x, n)`: the middle value present in the window, or the mean of the middle two; NaN where it is no data. */
export function median(x: Float64Array, n: number, out: Float64Array, span: WindowSpan): void {
  const first = skipIncomplete(out, n, span);
  if (first >= span.to) return;
  const counts = presences(span.to - first);
  windowCounts(x, n, first, span.to, counts);
  if (span.to - first <= FEW) {
    for (let t = first; t < span.to; t++) out[t] = counts[t - first] === 0 ? Number.NaN : middle(x, n, t);
  } else slide(x, n, first, span.to, counts, out);
}

function middle(x: Float64Array, n: number, t: number): number {
  const values = window(n);
  let size = 0;
  for (let i = t - n + 1; i <= t; i++) if (x[i]! === x[i]!) values[size++] = x[i]!;
  const ascending = values.subarray(0, size).sort();
  return halfway(ascending[(size - 1) >> 1]!, ascending[size >> 1]!);
}

function slide(
  x: Float64Array,
  n: number,
  first: number,
  to: number,
  counts: Int32Array,
  out: Float64Array,
): void {
  const low = first - n + 1;
  const set = rankedSet(x, low, to);
  const { rank, tree, size } = set;
  for (let i = 0; i < n - 1; i++) adjust(tree, size, rank[i]!, 1);
  for (let t = first; t < to; t++) {
    adjust(tree, size, rank[t - low]!, 1);
    const count = counts[t - first]!;
    if (count === 0) out[t] = Number.NaN;
    else {
      const lower = valueAt(set, (count + 1) >> 1);
      out[t] = halfway(lower, count % 2 === 1 ? lower : valueAt(set, (count >> 1) + 1));
    }
    adjust(tree, size, rank[t - n + 1 - low]!, -1);
  }
}

/** The mean of two values, without overflow; + 0 turns −0 into 0, so that the order of equal zeros leaves no trace. */
function halfway(a: number, b: number): number {
  const value = (a + b) / 2;
  return (Number.isFinite(value) ? value : a / 2 + b / 2) + 0;
}
