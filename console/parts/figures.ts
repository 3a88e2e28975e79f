/** A ratio as a percentage with its sign and one decimal: "+3.1%", "−0.4%"; null is no data. */
export function percentText(value: number | null): string {
  if (value === null) return 'no data';
  const rounded = Math.round(Math.abs(value) * 1000) / 10;
  const sign = rounded === 0 ? '' : value < 0 ? '−' : '+';
  return `${sign}${rounded.toFixed(1)}%`;
}

/** A share as a whole percentage: "64%"; null is no data. */
export function shareText(value: number | null): string {
  return value === null ? 'no data' : `${Math.round(value * 100)}%`;
}

const HORIZONS: Readonly<Record<number, string>> = {
  5: '1 week',
  21: '1 month',
  63: '3 months',
  126: '6 months',
  252: '1 year',
};

/** A horizon in sessions as people say it: 21 is "1 month". */
export function horizonText(sessions: number): string {
  return HORIZONS[sessions] ?? `${sessions} sessions`;
}

/** A count with its noun: "1 session", "7 sessions". */
export function counted(count: number, noun: string): string {
  return `${count.toLocaleString('en-GB')} ${noun}${count === 1 ? '' : 's'}`;
}

/** How a chart writes values of a unit: ratios as percentages, the rest as plain numbers. */
export function printIn(unit: string | null): (value: number) => string {
  if (unit === 'ratio') return (value) => `${(value * 100).toFixed(1).replace('-', '−')}%`;
  if (unit === 'sessions') return (value) => counted(value, 'session');
  return (value) => value.toLocaleString('en-GB', { maximumFractionDigits: 2 }).replace('-', '−');
}
