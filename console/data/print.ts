const whole = new Intl.NumberFormat('en-US', { maximumFractionDigits: 2 });
const percent = new Intl.NumberFormat('en-US', { style: 'percent', maximumFractionDigits: 2 });

/** How values of a unit are written; inside, percent and basis points are ratios. */
export function printerOf(unit: string | null): (value: number) => string {
  if (unit === 'percent' || unit === 'ratio') return (value) => percent.format(value);
  if (unit === 'bp') return (value) => `${whole.format(value * 10_000)}bp`;
  if (unit === 'multiple') return (value) => `${whole.format(value)}x`;
  return (value) => whole.format(value);
}
