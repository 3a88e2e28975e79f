import { roundingError } from './sums.ts';

// For windows whose squares would underflow or overflow: each is computed by itself, after scaling.

/** A power of two that brings the largest of the values in [from, to] near 1, so that squares neither overflow nor vanish. */
export function scaleOf(x: Float64Array, from: number, to: number): number {
  let largest = 0;
  for (let i = from; i <= to; i++) if (Math.abs(x[i]!) > largest) largest = Math.abs(x[i]!);
  return 2 ** Math.max(-1000, Math.min(1000, -Math.floor(Math.log2(largest))));
}

/** The sum of squared deviations, and the distance of the last value from the mean, of the window [from, to] times a scale. */
export function scaledMoments(x: Float64Array, from: number, to: number) {
  const scale = scaleOf(x, from, to);
  const mean = scaledMean(x, from, to, scale);
  let square = 0;
  let drift = 0;
  let count = 0;
  for (let i = from; i <= to; i++) {
    if (Number.isNaN(x[i]!)) continue;
    const deviation = x[i]! * scale - mean;
    square += deviation * deviation;
    drift += deviation;
    count++;
  }
  return { scale, square: square - (drift * drift) / count, distance: x[to]! * scale - mean - drift / count };
}

/** The mean of the values present in [from, to] times a scale, shifted by the last so that small moves survive. */
export function scaledMean(x: Float64Array, from: number, to: number, scale: number): number {
  const centre = x[to]! * scale;
  let sum = 0;
  let lost = 0;
  let count = 0;
  for (let i = from; i <= to; i++) {
    if (Number.isNaN(x[i]!)) continue;
    const deviation = x[i]! * scale - centre;
    const next = sum + deviation;
    lost += roundingError(sum, deviation, next);
    sum = next;
    count++;
  }
  return centre + (sum + lost) / count;
}
