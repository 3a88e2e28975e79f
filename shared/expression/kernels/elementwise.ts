import type { Comparison } from '../ast.ts';
import { not } from './logic.ts';
import { runLoop } from './loop.ts';

/** a + b; a result that is not finite is NaN. */
export function add(a: Float64Array, b: Float64Array, out: Float64Array, from: number, to: number): void {
  for (let t = from; t < to; t++) {
    const value = a[t]! + b[t]!;
    out[t] = value + (value - value); // infinity − infinity is NaN, and 0 for all that is finite
  }
}

/** a − b; a result that is not finite is NaN. */
export function subtract(
  a: Float64Array,
  b: Float64Array,
  out: Float64Array,
  from: number,
  to: number,
): void {
  for (let t = from; t < to; t++) {
    const value = a[t]! - b[t]!;
    out[t] = value + (value - value);
  }
}

/** a × b; a result that is not finite is NaN. */
export function multiply(
  a: Float64Array,
  b: Float64Array,
  out: Float64Array,
  from: number,
  to: number,
): void {
  for (let t = from; t < to; t++) {
    const value = a[t]! * b[t]!;
    out[t] = value + (value - value);
  }
}

/** a / b; a result that is not finite is NaN. */
export function divide(a: Float64Array, b: Float64Array, out: Float64Array, from: number, to: number): void {
  for (let t = from; t < to; t++) {
    const value = a[t]! / b[t]!;
    out[t] = value + (value - value);
  }
}

/** −x. */
export function negate(x: Float64Array, out: Float64Array, from: number, to: number): void {
  for (let t = from; t < to; t++) out[t] = 0 - x[t]!;
}

/** |x|. */
export function abs(x: Float64Array, out: Float64Array, from: number, to: number): void {
  for (let t = from; t < to; t++) out[t] = Math.abs(x[t]!);
}

/** The smaller of two; NaN when either is. */
export function min(a: Float64Array, b: Float64Array, out: Float64Array, from: number, to: number): void {
  for (let t = from; t < to; t++) out[t] = Math.min(a[t]!, b[t]!);
}

/** The larger of two; NaN when either is. */
export function max(a: Float64Array, b: Float64Array, out: Float64Array, from: number, to: number): void {
  for (let t = from; t < to; t++) out[t] = Math.max(a[t]!, b[t]!);
}

/** The natural logarithm; NaN for what is not above 0. */
export function log(x: Float64Array, out: Float64Array, from: number, to: number): void {
  for (let t = from; t < to; t++) {
    const value = Math.log(x[t]!);
    out[t] = value + (value - value);
  }
}

/** a `operator` b as codes (1 true, 2 false, 0 when either is NaN). */
export function compare(
  operator: Comparison,
  a: Float64Array,
  b: Float64Array,
  out: Uint8Array,
  from: number,
  to: number,
): void {
  switch (operator) {
    case '>':
      return runLoop(above, a, b, out, from, to);
    case '<':
      return runLoop(above, b, a, out, from, to);
    case '>=':
      return runLoop(atLeast, a, b, out, from, to);
    case '<=':
      return runLoop(atLeast, b, a, out, from, to);
    case '==':
      return runLoop(equal, a, b, out, from, to);
    case '!=':
      runLoop(equal, a, b, out, from, to);
      return not(out, out, from, to);
  }
}

// Each writes one bit per outcome. Both comparisons are false when a side is NaN, so no data needs no branch.

function above(a: Float64Array, b: Float64Array, out: Uint8Array, from: number, to: number): void {
  for (let t = from; t < to; t++) out[t] = +(a[t]! > b[t]!) | (+(a[t]! <= b[t]!) << 1);
}

function atLeast(a: Float64Array, b: Float64Array, out: Uint8Array, from: number, to: number): void {
  for (let t = from; t < to; t++) out[t] = +(a[t]! >= b[t]!) | (+(a[t]! < b[t]!) << 1);
}

function equal(a: Float64Array, b: Float64Array, out: Uint8Array, from: number, to: number): void {
  for (let t = from; t < to; t++) {
    out[t] = +(a[t]! === b[t]!) | ((+(a[t]! < b[t]!) | +(a[t]! > b[t]!)) << 1);
  }
}

/** a `operator` level as codes, as `compare` with a column that is the level throughout. */
export function compareLevel(
  operator: Comparison,
  a: Float64Array,
  level: number,
  out: Uint8Array,
  from: number,
  to: number,
): void {
  switch (operator) {
    case '>':
      return runLoop(aboveLevel, a, level, out, from, to);
    case '<=':
      runLoop(aboveLevel, a, level, out, from, to);
      return not(out, out, from, to);
    case '>=':
      return runLoop(atLeastLevel, a, level, out, from, to);
    case '<':
      runLoop(atLeastLevel, a, level, out, from, to);
      return not(out, out, from, to);
    case '==':
      return runLoop(equalLevel, a, level, out, from, to);
    case '!=':
      runLoop(equalLevel, a, level, out, from, to);
      return not(out, out, from, to);
  }
}

function aboveLevel(a: Float64Array, level: number, out: Uint8Array, from: number, to: number): void {
  for (let t = from; t < to; t++) out[t] = +(a[t]! > level) | (+(a[t]! <= level) << 1);
}

function atLeastLevel(a: Float64Array, level: number, out: Uint8Array, from: number, to: number): void {
  for (let t = from; t < to; t++) out[t] = +(a[t]! >= level) | (+(a[t]! < level) << 1);
}

function equalLevel(a: Float64Array, level: number, out: Uint8Array, from: number, to: number): void {
  for (let t = from; t < to; t++) {
    out[t] = +(a[t]! === level) | ((+(a[t]! < level) | +(a[t]! > level)) << 1);
  }
}
