import { windowCounts } from './coverage.ts';
import { pivotOf, reusableFloats, reusableIntegers, skipIncomplete, type WindowSpan } from './span.ts';
import { finite } from './sums.ts';

const before = reusableFloats();
const after = reusableFloats();
const presences = reusableIntegers();

/** `highest(x, n)`: the largest value in the window, today included; NaN where the window is no data. */
export function highest(x: Float64Array, n: number, out: Float64Array, span: WindowSpan): void {
  const first = skipIncomplete(out, n, span);
  if (first >= span.to) return;
  const counts = presences(span.to - first);
  windowCounts(x, n, first, span.to, counts);
  const [left, right] = [before(n), after(n + 1)];
  for (let t = first; t < span.to; ) {
    const pivot = pivotOf(t, n, span.origin);
    const end = Math.min(span.to, pivot + n);
    walkUp(x, pivot - 1, -1, pivot - 1 - (t - n), left);
    walkUp(x, pivot, 1, end - pivot, right);
    for (; t < end; t++) {
      const a = left[pivot - 1 - (t - n)]!;
      const b = right[t - pivot + 1]!;
      // + 0 turns −0 into 0: which of two equal zeros comes first must leave no trace.
      out[t] = counts[t - first] === 0 ? Number.NaN : (a > b ? a : b) + 0;
    }
  }
}

/** `lowest(x, n)`: the smallest value in the window, today included; NaN where the window is no data. */
export function lowest(x: Float64Array, n: number, out: Float64Array, span: WindowSpan): void {
  const first = skipIncomplete(out, n, span);
  if (first >= span.to) return;
  const counts = presences(span.to - first);
  windowCounts(x, n, first, span.to, counts);
  const [left, right] = [before(n), after(n + 1)];
  for (let t = first; t < span.to; ) {
    const pivot = pivotOf(t, n, span.origin);
    const end = Math.min(span.to, pivot + n);
    walkDown(x, pivot - 1, -1, pivot - 1 - (t - n), left);
    walkDown(x, pivot, 1, end - pivot, right);
    for (; t < end; t++) {
      const a = left[pivot - 1 - (t - n)]!;
      const b = right[t - pivot + 1]!;
      out[t] = counts[t - first] === 0 ? Number.NaN : (a < b ? a : b) + 0;
    }
  }
}

/** The largest of the first k values met walking from an index; a missing one compares false and is passed over. */
function walkUp(x: Float64Array, index: number, step: number, steps: number, best: Float64Array): void {
  let top = Number.NEGATIVE_INFINITY;
  best[0] = top;
  for (let k = 1; k <= steps; k++, index += step) {
    const value = x[index]!;
    top = value > top ? value : top;
    best[k] = top;
  }
}

function walkDown(x: Float64Array, index: number, step: number, steps: number, best: Float64Array): void {
  let bottom = Number.POSITIVE_INFINITY;
  best[0] = bottom;
  for (let k = 1; k <= steps; k++, index += step) {
    const value = x[index]!;
    bottom = value < bottom ? value : bottom;
    best[k] = bottom;
  }
}

/**
 * `drawdown(x, n)`: today over the window's highest value, less 1; NaN where the window is no data. Written as
 * (x − highest) / highest, which keeps the digits that 1 would swallow.
 */
export function drawdownWindow(x: Float64Array, n: number, out: Float64Array, span: WindowSpan): void {
  highest(x, n, out, span);
  for (let t = span.from; t < span.to; t++) out[t] = finite((x[t]! - out[t]!) / out[t]!);
}
