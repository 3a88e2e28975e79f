import type { ValueType } from '../../shared/expression/types.ts';

/** What stands for no data in text. */
export const NONE = '–';

/** A ratio as a percentage with its sign: `+6.23%`, `−0.29%`; a dash for no data. */
export function percent(ratio: number | null, digits = 2): string {
  if (ratio === null || !Number.isFinite(ratio)) return NONE;
  const text = Math.abs(ratio * 100).toFixed(digits);
  if (Number(text) === 0) return `${text}%`;
  return `${ratio < 0 ? '-' : '+'}${text}%`;
}

/** A plain figure with at most six significant digits and no trailing zeros; a dash for no data. */
export function figure(value: number | null): string {
  if (value === null || !Number.isFinite(value)) return NONE;
  if (Number.isInteger(value) && Math.abs(value) < 1e15) return String(value);
  const short = Number(value.toPrecision(6));
  return Math.abs(short) >= 1e6 ? short.toFixed(0) : String(short);
}

/** A number in the way its unit is read: ratios as percentages, prices with two decimals. */
export function inUnit(value: number | boolean | null, type: ValueType): string {
  if (value === null) return NONE;
  if (typeof value === 'boolean') return String(value);
  if (type.kind === 'condition') return NONE;
  if (type.unit === 'ratio') return percent(value);
  if (type.unit === 'price') return Number.isFinite(value) ? value.toFixed(2) : NONE;
  return figure(value);
}

/** A count with its word: `1 session`, `6,599 sessions`. */
export function counted(count: number, word: string): string {
  const digits = String(count).replaceAll(/\B(?=(\d{3})+$)/g, ',');
  return `${digits} ${word}${count === 1 ? '' : 's'}`;
}
