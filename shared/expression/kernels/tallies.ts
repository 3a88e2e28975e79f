import type { Comparison } from '../ast.ts';
import { runLoop } from './loop.ts';

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

/** What one a `operator` b adds; nothing where either is missing. */
export function tallyOf(operator: Ordering, a: number, b: number): number {
  if (operator === '>') return (+(a > b) << 16) | +(a <= b);
  if (operator === '>=') return (+(a >= b) << 16) | +(a < b);
  return operator === '<' ? tallyOf('>', b, a) : tallyOf('>=', b, a);
}

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

/** How many columns are compared with a level each in one pass: the tallies are read and written once for all. */
export const ABREAST = 4;

/** As many columns as go abreast, and the level of each; a level of NaN counts nothing. */
export interface Abreast {
  readonly columns: readonly Float64Array[];
  readonly levels: Float64Array;
}

/** The two loops that serve all orderings: who is not above is at most as large, for those that have a value. */
interface LevelLoops {
  readonly above: typeof levelsAbove;
  readonly atLeast: typeof levelsAtLeast;
}

/** Loops over columns in which values may be missing, and over those in which none is and one comparison tells both. */
export const ANY: LevelLoops = { above: levelsAbove, atLeast: levelsAtLeast };
export const WHOLE: LevelLoops = { above: wholeAbove, atLeast: wholeAtLeast };

/** Adds for each of the columns x `operator` level; nothing where either is missing. */
export function tallyLevels(
  { above, atLeast }: LevelLoops,
  operator: Ordering,
  abreast: Abreast,
  tallies: Int32Array,
  from: number,
  to: number,
): void {
  switch (operator) {
    case '>':
      return runLoop(above, abreast, 16, tallies, from, to);
    case '<=':
      return runLoop(above, abreast, 0, tallies, from, to);
    case '>=':
      return runLoop(atLeast, abreast, 16, tallies, from, to);
    case '<':
      return runLoop(atLeast, abreast, 0, tallies, from, to);
  }
}

// `place` is where those go for which the comparison holds: 16 for true, 0 for false. The others go to the other half.

function levelsAbove(abreast: Abreast, place: number, tallies: Int32Array, from: number, to: number): void {
  const { columns, levels } = abreast;
  const [a, b, c, d] = [columns[0]!, columns[1]!, columns[2]!, columns[3]!];
  const [i, j, k, l] = [levels[0]!, levels[1]!, levels[2]!, levels[3]!];
  for (let t = from; t < to; t++) {
    const w = a[t]!;
    const x = b[t]!;
    const y = c[t]!;
    const z = d[t]!;
    const holds = +(w > i) + +(x > j) + +(y > k) + +(z > l);
    const fails = +(w <= i) + +(x <= j) + +(y <= k) + +(z <= l);
    tallies[t] = tallies[t]! + ((holds << place) | (fails << (16 - place)));
  }
}

function levelsAtLeast(abreast: Abreast, place: number, tallies: Int32Array, from: number, to: number): void {
  const { columns, levels } = abreast;
  const [a, b, c, d] = [columns[0]!, columns[1]!, columns[2]!, columns[3]!];
  const [i, j, k, l] = [levels[0]!, levels[1]!, levels[2]!, levels[3]!];
  for (let t = from; t < to; t++) {
    const w = a[t]!;
    const x = b[t]!;
    const y = c[t]!;
    const z = d[t]!;
    const holds = +(w >= i) + +(x >= j) + +(y >= k) + +(z >= l);
    const fails = +(w < i) + +(x < j) + +(y < k) + +(z < l);
    tallies[t] = tallies[t]! + ((holds << place) | (fails << (16 - place)));
  }
}

function wholeAbove(abreast: Abreast, place: number, tallies: Int32Array, from: number, to: number): void {
  const { columns, levels } = abreast;
  const [a, b, c, d] = [columns[0]!, columns[1]!, columns[2]!, columns[3]!];
  const [i, j, k, l] = [levels[0]!, levels[1]!, levels[2]!, levels[3]!];
  for (let t = from; t < to; t++) {
    const holds = +(a[t]! > i) + +(b[t]! > j) + +(c[t]! > k) + +(d[t]! > l);
    tallies[t] = tallies[t]! + ((holds << place) | ((ABREAST - holds) << (16 - place)));
  }
}

function wholeAtLeast(abreast: Abreast, place: number, tallies: Int32Array, from: number, to: number): void {
  const { columns, levels } = abreast;
  const [a, b, c, d] = [columns[0]!, columns[1]!, columns[2]!, columns[3]!];
  const [i, j, k, l] = [levels[0]!, levels[1]!, levels[2]!, levels[3]!];
  for (let t = from; t < to; t++) {
    const holds = +(a[t]! >= i) + +(b[t]! >= j) + +(c[t]! >= k) + +(d[t]! >= l);
    tallies[t] = tallies[t]! + ((holds << place) | ((ABREAST - holds) << (16 - place)));
  }
}
