import type { ComponentChildren } from 'preact';

const WIDTH = 120;
const HEIGHT = 32;
const EDGE = 3;

/** A small line without axes: decoration beside figures that say the same, so nobody is read it. Nothing below two values. */
export function Sparkline({
  values,
  threshold,
}: {
  readonly values: readonly (number | null)[];
  readonly threshold: number | null;
}): ComponentChildren {
  const known = values.filter((value) => value !== null);
  if (known.length < 2) return <span class="sparkline" />;
  const ends = threshold === null ? known : [...known, threshold];
  const low = Math.min(...ends);
  const span = Math.max(...ends) - low || 1;
  const x = (at: number): number => EDGE + (at / (values.length - 1)) * (WIDTH - 2 * EDGE);
  const y = (value: number): number => HEIGHT - EDGE - ((value - low) / span) * (HEIGHT - 2 * EDGE);
  const last = values.findLastIndex((value) => value !== null);
  return (
    <svg class="sparkline" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden="true">
      {threshold === null ? null : (
        <line class="sparkline-threshold" x1={0} x2={WIDTH} y1={y(threshold)} y2={y(threshold)} />
      )}
      <path class="sparkline-line" d={pathOf(values, x, y)} />
      <circle class="sparkline-last" cx={x(last)} cy={y(values[last] ?? low)} r={2.5} />
    </svg>
  );
}

/** One stroke per run of values: the line is broken where there is no data. */
function pathOf(
  values: readonly (number | null)[],
  x: (at: number) => number,
  y: (value: number) => number,
): string {
  let pen = 'M';
  let path = '';
  for (const [at, value] of values.entries()) {
    if (value === null) pen = 'M';
    else {
      path += `${pen}${x(at).toFixed(1)} ${y(value).toFixed(1)}`;
      pen = 'L';
    }
  }
  return path;
}
