import type { Unit } from '../../expression/types.ts';
import type { Alert, DefinitionWords } from '../alert.ts';

/** What stands for no data in text. */
const NONE = 'no data';

/** A ratio as a percentage: two decimals below ten percent, one above, two digits where it would vanish. */
function percent(ratio: number): string {
  const text = decimal(Math.abs(ratio * 100));
  return `${ratio < 0 && Number(text) !== 0 ? '-' : ''}${text}%`;
}

/** A percentage with its sign, zero without one: `+6.23%`; with a fixed number of decimals where one is given. */
export function signedPercent(ratio: number, decimals?: number): string {
  const size = Math.abs(ratio * 100);
  const text = decimals === undefined ? decimal(size) : grouped(size, decimals);
  if (Number(text) === 0) return `${text}%`;
  return `${ratio < 0 ? '-' : '+'}${text}%`;
}

/** A difference of ratios in percentage points, without sign: `0.09`. */
function points(ratio: number): string {
  return decimal(Math.abs(ratio * 100));
}

/** Not below zero; shows two significant digits at least, unless the number is zero itself. */
function decimal(size: number): string {
  if (size >= 1e6) return grouped(Math.round(size));
  if (size >= 9.995) return grouped(Number(size.toFixed(1)), 1);
  if (size >= 0.01 || size < 1e-9) return size.toFixed(2);
  return size.toFixed(Math.min(12, 1 - Math.floor(Math.log10(size))));
}

/** Thousands in groups of three: `6,599`, `1,234.50`. */
export function grouped(value: number, decimals = 0): string {
  const [whole = '', part] = value.toFixed(decimals).split('.');
  const digits = whole.replaceAll(/\B(?=(\d{3})+$)/g, ',');
  return part === undefined ? digits : `${digits}.${part}`;
}

/** A count with its word: `1 session`, `7 sessions`. */
export function counted(count: number, word: string): string {
  return `${plain(count)} ${word}${count === 1 ? '' : 's'}`;
}

/** A plain number: whole ones as they are, others with four significant digits. */
function plain(value: number): string {
  if (Number.isInteger(value)) return Math.abs(value) < 1e15 ? grouped(value) : String(value);
  return String(Number(value.toPrecision(4)));
}

/** What decides how a measure is printed. */
export interface Printed {
  readonly measureUnit: Unit | null;
  readonly words: Pick<DefinitionWords, 'counts' | 'tally' | 'figure'>;
}

/** A value of the alert's measure in the way a reader expects it; `no data` for null. */
export function measured(alert: { readonly definition: Printed }, value: number | null): string {
  if (value === null) return NONE;
  const { measureUnit, words } = alert.definition;
  if (words.counts !== null) return counted(value, words.counts === 'times' ? 'time' : 'session');
  if (words.tally !== null) return tallied(value, words.tally.noun, words.tally.of);
  if (measureUnit === 'ratio' && words.figure === 'signed') return signedPercent(value);
  if (measureUnit === 'ratio' && words.figure === 'plain') return value.toFixed(3);
  return inUnit(value, measureUnit);
}

/** The alert's value as `measured` has it, a count of members out of those that have a value on the session. */
export function reading(alert: Alert): string {
  const { value, inputs } = alert;
  const { tally } = alert.definition.words;
  if (value === null || tally === null || tally.universe === null) return measured(alert, value);
  const coverage = inputs.find(({ input }) => input === tally.universe)?.coverage ?? null;
  return tallied(value, tally.noun, coverage?.have ?? null);
}

/** `5 of 6 signs`, `341 members`; a total that the count exceeds is none. */
function tallied(value: number, noun: string, of: number | null): string {
  return of === null || of < value ? counted(value, noun) : `${plain(value)} of ${counted(of, noun)}`;
}

/** A value in its unit; a ratio as a percentage. */
function inUnit(value: number, unit: Unit | null): string {
  switch (unit) {
    case 'ratio':
      return percent(value);
    case 'price':
      return grouped(value, 2);
    case 'multiple':
      return `${grouped(value, 1)}\u00d7`;
    case 'sessions':
      return counted(value, 'session');
    case 'number':
    case null:
      return plain(value);
  }
}

/** The size of a difference of two values: percentage points for ratios, else in their unit. */
export function difference(alert: Alert, value: number, pointsWord: string): string {
  const { marginUnit, words } = alert.definition;
  if (words.tally !== null) return counted(Math.abs(value), words.tally.noun);
  return sizeIn(marginUnit, words.figure, value, pointsWord);
}

/** The size of a difference of two values of a measure, sessions and counts with their word. */
export function distanceOf({ measureUnit, words }: Printed, value: number): string {
  const size = Math.abs(value);
  if (words.counts !== null) return counted(size, words.counts === 'times' ? 'time' : 'session');
  if (words.tally !== null) return counted(size, words.tally.noun);
  return sizeIn(measureUnit, words.figure, size, 'points');
}

function sizeIn(
  unit: Unit | null,
  figure: DefinitionWords['figure'],
  value: number,
  pointsWord: string,
): string {
  const size = Math.abs(value);
  if (unit === 'ratio' && figure !== 'plain') return `${points(size)} ${pointsWord}`;
  return unit === 'ratio' ? String(Number(size.toPrecision(2))) : inUnit(size, unit);
}
