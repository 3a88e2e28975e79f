import type { Unit } from './types.ts';

/** The unit of two numbers that are added, compared or chosen between; null where they do not fit. */
export function common(a: Unit, b: Unit): Unit | null {
  if (a === b || b === 'number') return a;
  return a === 'number' ? b : null;
}

/** The unit of a product: number or ratio times u is u; null for any other pair. */
export function product(a: Unit, b: Unit): Unit | null {
  if (a === 'number') return b;
  if (b === 'number') return a;
  if (a === 'ratio') return b;
  return b === 'ratio' ? a : null;
}

/** The unit of a quotient: u / u and number / u are ratio, u / number and u / ratio are u; null for any other pair. */
export function quotient(a: Unit, b: Unit): Unit | null {
  if (b === 'number' || b === 'ratio') return a;
  return a === b || a === 'number' ? 'ratio' : null;
}
