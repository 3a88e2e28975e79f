import type { WindowSpan } from './span.ts';
import { finite, quotient, roundingError } from './sums.ts';

// These fold forward from the span's start; a point costs the history before it.

/** No data up to where a fold can first write. */
function clearBefore(out: Float64Array, span: WindowSpan): void {
  out.fill(Number.NaN, span.from, Math.max(span.from, Math.min(span.start, span.to)));
}

/**
 * `ema(x, n)`: seeded with the mean of the first n values present, then moved by 2/(n + 1) of the distance to each
 * next one. Missing sessions are skipped and are NaN themselves, as is everything before the seed.
 */
export function ema(x: Float64Array, n: number, out: Float64Array, span: WindowSpan): void {
  clearBefore(out, span);
  const seed = seedOf(x, n, span);
  out.fill(Number.NaN, span.from, Math.max(span.from, Math.min(seed.at, span.to)));
  if (seed.at >= span.from && seed.at < span.to) out[seed.at] = finite(seed.value);
  if (n > 1) moveOn(x, n, seed, out, span);
  // Of one value the average is that value, which rounding would not leave.
  else for (let t = Math.max(span.from, seed.at + 1); t < span.to; t++) out[t] = finite(x[t]!);
}

/**
 * Moves the average from its seed on. It is chosen, not branched to; and begins with a difference, which V8 knows to be
 * a number, while what it reads from a field might be none and would be boxed anew at each step. Each costs twice the time.
 */
function moveOn(x: Float64Array, n: number, seed: Seed, out: Float64Array, span: WindowSpan): void {
  const weight = 2 / (n + 1);
  let average = seed.value - 0;
  for (let t = seed.at + 1; t < span.from; t++) {
    const value = x[t]!;
    const moved = average + weight * (value - average);
    average = value === value ? moved : average;
  }
  for (let t = Math.max(seed.at + 1, span.from); t < span.to; t++) {
    const value = x[t]!;
    const moved = average + weight * (value - average);
    out[t] = moved + (moved - moved);
    average = value === value ? moved : average;
  }
}

/** A value, and the session it is of. */
interface Seed {
  readonly value: number;
  readonly at: number;
}

/** The mean of the first n values present, and the session of the last of them; the span's end where there are fewer. */
function seedOf(x: Float64Array, n: number, span: WindowSpan): Seed {
  let count = 0;
  let sum = 0;
  let lost = 0;
  for (let t = span.start; t < span.to; t++) {
    const value = x[t]!;
    if (value !== value) continue;
    const next = sum + value;
    lost += roundingError(sum, value, next);
    sum = next;
    count++;
    if (count === n) return { value: quotient(sum, lost, n), at: t };
  }
  return { value: Number.NaN, at: span.to };
}

/** `drawdown(x)`: x over its running maximum, less 1; NaN on a session without a value. */
export function drawdown(x: Float64Array, out: Float64Array, span: WindowSpan): void {
  clearBefore(out, span);
  let top = Number.NEGATIVE_INFINITY;
  for (let t = span.start; t < span.to; t++) {
    const value = x[t]!;
    top = value > top ? value : top;
    if (t >= span.from) out[t] = finite((value - top) / top);
  }
}

/** The run after a code: one longer when true, 0 when false, as it was for no data. Masks spare a branch. */
function step(run: number, code: number): number {
  return (run + (code & 1)) & ((code >> 1) - 1);
}

/**
 * `streak(c)`: sessions running on which the condition is true; 0 where it is false, unchanged where it is no data,
 * NaN before its first data.
 */
export function streak(codes: Uint8Array, out: Float64Array, span: WindowSpan): void {
  clearBefore(out, span);
  let t = span.start;
  for (; t < span.to && codes[t] === 0; t++) if (t >= span.from) out[t] = Number.NaN;
  let run = 0;
  for (; t < Math.min(span.from, span.to); t++) run = step(run, codes[t]!);
  for (; t < span.to; t++) {
    run = step(run, codes[t]!);
    out[t] = run;
  }
}

/** Which runs a condition on them is about: at least so many sessions, or fewer. */
export interface Reach {
  readonly least: number;
  /** The code of shorter runs: 2 where the condition asks for the least, 1 where it asks for fewer. */
  readonly shorter: 1 | 2;
}

/** `streak(c) >= least` and its kin, as codes: what `streak` gives is decided as it is counted. */
export function streakReaches(
  codes: Uint8Array,
  { least, shorter }: Reach,
  out: Uint8Array,
  span: WindowSpan,
): void {
  const first = Math.max(span.from, Math.min(span.start, span.to));
  out.fill(0, span.from, first);
  let t = span.start;
  for (; t < span.to && codes[t] === 0; t++) if (t >= span.from) out[t] = 0;
  let run = 0;
  for (; t < Math.min(span.from, span.to); t++) run = step(run, codes[t]!);
  for (; t < span.to; t++) {
    run = step(run, codes[t]!);
    out[t] = shorter ^ (3 & -+(run >= least));
  }
}

/** `barssince(c)`: sessions since the condition was last true, 0 today; NaN when it never was. */
export function barsSince(codes: Uint8Array, out: Float64Array, span: WindowSpan): void {
  clearBefore(out, span);
  let last = -1;
  for (let t = span.start; t < span.to; t++) {
    if (codes[t] === 1) last = t;
    if (t >= span.from) out[t] = last < 0 ? Number.NaN : t - last;
  }
}

/**
 * `seasonal(x)`: the mean, over earlier years that have it, of x on the last session of this calendar month; NaN when
 * none has. It has a value on sessions where x is missing. `monthKey` is year × 12 + month − 1 per session,
 * `lastOfMonth` 1 on the last session of a calendar month.
 */
export function seasonal(
  x: Float64Array,
  monthKey: Int32Array,
  lastOfMonth: Uint8Array,
  out: Float64Array,
  span: WindowSpan,
): void {
  clearBefore(out, span);
  const sums = new Float64Array(12);
  const lost = new Float64Array(12);
  const years = new Float64Array(12);
  for (let t = span.start; t < span.to; t++) {
    const month = monthKey[t]! % 12;
    if (t >= span.from) out[t] = finite(quotient(sums[month]!, lost[month]!, years[month]!));
    const value = x[t]!;
    if (lastOfMonth[t] === 1 && value === value) {
      const next = sums[month]! + value;
      lost[month] = lost[month]! + roundingError(sums[month]!, value, next);
      sums[month] = next;
      years[month] = years[month]! + 1;
    }
  }
}
