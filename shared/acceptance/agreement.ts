import type { FieldUnit } from '../series/market.ts';

/** How two values of one observation stand to each other. */
export type Agreement = 'agree' | 'close' | 'disagree';

/** A cent is what official closes may differ by; decimals are not exact in binary. */
const CENT = 0.01 * (1 + 1e-9);
const HALF_PERCENT = 0.005 * (1 + 1e-9);
/** A rate is published to the hundredth of a percent. */
const RATE = 0.001 * (1 + 1e-9);
const ROUNDING = 1e-6;

/**
 * How two values of one observation stand to each other: prices agree within a cent and disagree above half a percent of
 * the smaller; what is between is close. Rates in percent agree to 0.001 or not at all; other figures agree to six digits.
 */
export function agreement(a: number, b: number, unit: FieldUnit): Agreement {
  const difference = Math.abs(a - b);
  const relative = difference / Math.min(Math.abs(a), Math.abs(b));
  if (isSame(a, b)) return 'agree';
  if (unit === 'percent' || unit === 'bp') return difference <= RATE ? 'agree' : 'disagree';
  if (unit === 'price' && difference <= CENT) return 'agree';
  return relative <= HALF_PERCENT ? 'close' : 'disagree';
}

/** Whether two values are one but for the rounding of a provider's floats. */
export function isSame(a: number, b: number): boolean {
  return a === b || Math.abs(a - b) <= ROUNDING * Math.max(Math.abs(a), Math.abs(b));
}
