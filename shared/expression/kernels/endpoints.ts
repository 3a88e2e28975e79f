import { skipIncomplete, type WindowSpan } from './span.ts';

/** `lag(x, n)`: x[t − n]; NaN where that is missing or before the span's start. */
export function lag(x: Float64Array, n: number, out: Float64Array, span: WindowSpan): void {
  const first = skipIncomplete(out, n + 1, span);
  for (let t = first; t < span.to; t++) out[t] = x[t - n]!;
}

/** `change(x, n)`: x[t] − x[t − n]; NaN where either is missing. */
export function change(x: Float64Array, n: number, out: Float64Array, span: WindowSpan): void {
  const first = skipIncomplete(out, n + 1, span);
  for (let t = first; t < span.to; t++) {
    const value = x[t]! - x[t - n]!;
    out[t] = value + (value - value);
  }
}

/**
 * `ret(x, n)`: x[t] / x[t − n] − 1; NaN where either is missing or the quotient is not finite. Written as a
 * difference over its base, which keeps the digits that 1 would swallow: from 100 to 115 is 15%, not a little less.
 */
export function ret(x: Float64Array, n: number, out: Float64Array, span: WindowSpan): void {
  const first = skipIncomplete(out, n + 1, span);
  for (let t = first; t < span.to; t++) {
    const base = x[t - n]!;
    const value = (x[t]! - base) / base;
    out[t] = value + (value - value);
  }
}

/**
 * `ytd(x)` and its kin: x[t] over the value at `base[t]`, less 1, for t in [from, to); NaN where either is missing or
 * `base[t]` is −1. The base may lie anywhere before t.
 */
export function sinceIndex(
  x: Float64Array,
  base: Int32Array,
  out: Float64Array,
  from: number,
  to: number,
): void {
  for (let t = from; t < to; t++) {
    const index = base[t]!;
    const start = index < 0 ? Number.NaN : x[index]!;
    const value = (x[t]! - start) / start;
    out[t] = value + (value - value);
  }
}
