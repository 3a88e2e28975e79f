import { requiredCount, skipIncomplete, type WindowSpan } from './span.ts';

/** `count(c, n)`: true sessions among the last n of a condition's codes; NaN where the window is no data. */
export function countTrue(codes: Uint8Array, n: number, out: Float64Array, span: WindowSpan): void {
  const first = skipIncomplete(out, n, span);
  const required = requiredCount(n);
  let known = 0;
  let hits = 0;
  for (let i = first - n + 1; i < Math.min(first, span.to); i++) {
    known += +(codes[i] !== 0);
    hits += codes[i]! & 1;
  }
  for (let t = first; t < span.to; t++) {
    known += +(codes[t] !== 0);
    hits += codes[t]! & 1;
    out[t] = codes[t] !== 0 && known >= required ? hits : Number.NaN;
    known -= +(codes[t - n + 1] !== 0);
    hits -= codes[t - n + 1]! & 1;
  }
}

/** `count(c, n)` on events: as `countTrue`, with no data taken as not true, so every window within the span counts. */
export function countTrueOrMissing(codes: Uint8Array, n: number, out: Float64Array, span: WindowSpan): void {
  const first = skipIncomplete(out, n, span);
  let hits = 0;
  for (let i = first - n + 1; i < Math.min(first, span.to); i++) hits += codes[i]! & 1;
  for (let t = first; t < span.to; t++) {
    hits += codes[t]! & 1;
    out[t] = hits;
    hits -= codes[t - n + 1]! & 1;
  }
}

/** `rising(x, n)`: whether each of the last n changes is above 0, as codes; 0 unless all n + 1 values are present. */
export function rising(x: Float64Array, n: number, out: Uint8Array, span: WindowSpan): void {
  const first = Math.max(span.from, span.start + n);
  out.fill(0, span.from, Math.min(first, span.to));
  let present = 0;
  let moves = 0;
  let previous = Number.NaN;
  for (let t = first - n; t < span.to; t++) {
    const value = x[t]!;
    present = (present + 1) * +(value === value);
    moves = (moves + 1) * +(value > previous);
    previous = value;
    if (t >= first) out[t] = +(present > n) << +(moves < n);
  }
}

/** `falling(x, n)`: as `rising`, for changes below 0. */
export function falling(x: Float64Array, n: number, out: Uint8Array, span: WindowSpan): void {
  const first = Math.max(span.from, span.start + n);
  out.fill(0, span.from, Math.min(first, span.to));
  let present = 0;
  let moves = 0;
  let previous = Number.NaN;
  for (let t = first - n; t < span.to; t++) {
    const value = x[t]!;
    present = (present + 1) * +(value === value);
    moves = (moves + 1) * +(value < previous);
    previous = value;
    if (t >= first) out[t] = +(present > n) << +(moves < n);
  }
}
