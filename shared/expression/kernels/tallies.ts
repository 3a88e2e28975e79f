import type { Comparison } from '../ast.ts';
import { type Loop, runLoop } from './loop.ts';

// Each adds one member to the counts of those true and those false on a session, packed as true × 65,536 + false.

/** How many of the counted members are true. */
export function trueOf(tally: number): number {
  return tally >>> 16;
}

/** How many of the counted members are false. */
export function falseOf(tally: number): number {
  return tally & 0xffff;
}

/** Adds a member's codes. */
export function tallyCodes(codes: Uint8Array, tallies: Int32Array, from: number, to: number): void {
  for (let t = from; t < to; t++) {
    const code = codes[t]!;
    tallies[t] = tallies[t]! + (((code & 1) << 16) | (code >> 1));
  }
}

/** A comparison that is counted as it is made. */
export type Ordering = Exclude<Comparison, '==' | '!='>;

/** Adds a member's a `operator` b without writing its codes. */
export function tallyComparison(
  operator: Ordering,
  a: Float64Array,
  b: Float64Array,
  tallies: Int32Array,
  from: number,
  to: number,
): void {
  switch (operator) {
    case '>':
      return runLoop(tallyAbove, a, b, tallies, from, to);
    case '<':
      return runLoop(tallyAbove, b, a, tallies, from, to);
    case '>=':
      return runLoop(tallyAtLeast, a, b, tallies, from, to);
    case '<=':
      return runLoop(tallyAtLeast, b, a, tallies, from, to);
  }
}

function tallyAbove(a: Float64Array, b: Float64Array, tallies: Int32Array, from: number, to: number): void {
  for (let t = from; t < to; t++) {
    tallies[t] = tallies[t]! + ((+(a[t]! > b[t]!) << 16) | +(a[t]! <= b[t]!));
  }
}

function tallyAtLeast(a: Float64Array, b: Float64Array, tallies: Int32Array, from: number, to: number): void {
  for (let t = from; t < to; t++) {
    tallies[t] = tallies[t]! + ((+(a[t]! >= b[t]!) << 16) | +(a[t]! < b[t]!));
  }
}

/** Adds a member's a `operator` level; nothing where either is missing. */
export function tallyLevel(
  operator: Ordering,
  a: Float64Array,
  level: number,
  tallies: Int32Array,
  from: number,
  to: number,
): void {
  runLoop(OF_LEVEL[operator], a, level, tallies, from, to);
}

const OF_LEVEL: Readonly<Record<Ordering, Loop<number, Int32Array>>> = {
  '>': (a, level, tallies, from, to) => {
    for (let t = from; t < to; t++) {
      tallies[t] = tallies[t]! + ((+(a[t]! > level) << 16) | +(a[t]! <= level));
    }
  },
  '>=': (a, level, tallies, from, to) => {
    for (let t = from; t < to; t++) {
      tallies[t] = tallies[t]! + ((+(a[t]! >= level) << 16) | +(a[t]! < level));
    }
  },
  '<': (a, level, tallies, from, to) => {
    for (let t = from; t < to; t++) {
      tallies[t] = tallies[t]! + ((+(a[t]! < level) << 16) | +(a[t]! >= level));
    }
  },
  '<=': (a, level, tallies, from, to) => {
    for (let t = from; t < to; t++) {
      tallies[t] = tallies[t]! + ((+(a[t]! <= level) << 16) | +(a[t]! > level));
    }
  },
};
