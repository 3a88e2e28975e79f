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

/** `ytd(x)` and its kin: x[t] / base − 1 for t in [from, to); NaN where x is missing, and everywhere for a base of NaN. */
export function sinceBase(x: Float64Array, base: number, out: Float64Array, from: number, to: number): void {
  for (let t = from; t < to; t++) {
    const value = (x[t]! - base) / base;
    out[t] = value + (value - value);
  }
}
