/**
 * Rounds a figure to 12 significant digits, the last step before it is stored or printed; null stays null, and what is
 * no finite number is no data, null.
 */
export function round12(value: number | null): number | null {
  if (value === null || !Number.isFinite(value)) return null;
  const rounded = Number(value.toPrecision(12));
  return rounded === 0 ? 0 : rounded;
}

/** Replaces NaN, the engine's no data, by null. */
export function orNull(value: number | undefined): number | null {
  return value === undefined || Number.isNaN(value) ? null : value;
}
