import { describe, expect, it } from 'vitest';
import { correlation } from '../../../shared/expression/kernels/correlation.ts';
import { sampleStdev, stdev, zscore } from '../../../shared/expression/kernels/spread.ts';
import { mean } from '../../../shared/expression/kernels/means.ts';
import { sum } from '../../../shared/expression/kernels/sums.ts';
import { exactCorrelation, exactMean, exactStdev, exactSum, exactZscore } from './exact.ts';
import { prices, returns, series, shapes, withHoles, withValues } from './shapes.ts';
import { whole, windowOf, written } from './windows.ts';

type Kernel = typeof mean;
const statistics: Readonly<Record<string, readonly [Kernel, (values: readonly number[]) => number]>> = {
  mean: [mean, exactMean],
  sum: [sum, exactSum],
  stdev: [stdev, (values) => exactStdev(values, 0)],
  sampleStdev: [sampleStdev, (values) => (values.length < 2 ? Number.NaN : exactStdev(values, 1))],
  zscore: [zscore, exactZscore],
};

/** The largest error of a kernel, relative to the exact value; infinite where one is no data and the other not. */
function worst(actual: Float64Array, exact: (t: number) => number): number {
  let largest = 0;
  actual.forEach((value, t) => {
    const truth = exact(t);
    if (Number.isNaN(truth) !== Number.isNaN(value)) largest = Number.POSITIVE_INFINITY;
    else if (value !== truth && !Number.isNaN(truth)) {
      // Below the normal range a double has no 1e-12 to give: one step of it is allowed.
      const error = Math.max(0, Math.abs(value - truth) - 2 * Number.MIN_VALUE);
      largest = Math.max(largest, error / Math.abs(truth));
    }
  });
  return largest;
}

describe.each(Object.keys(shapes))('on %s', (name) => {
  const x = shapes[name]!;
  it.each(Object.keys(statistics))('%s is within 1e-12 of exact arithmetic', (statistic) => {
    const [kernel, exact] = statistics[statistic]!;
    for (const n of [1, 4, 20, 53]) {
      const out = written(x.length, (to) => kernel(x, n, to, whole(x, 3)));
      const error = worst(out, (t) => {
        const values = windowOf(x, n, 3, t);
        return values === null ? Number.NaN : exact(values);
      });
      expect(error, `n = ${n}`).toBeLessThan(1e-12);
    }
  });

  it('correlation is within 1e-12 of exact arithmetic', () => {
    const y = withHoles(returns(x.length, 31), 0.02, 32).map((move, t) => move + ((x[t]! * 1e-3) % 1));
    const both = x.map((value, t) => (Number.isNaN(y[t]!) ? Number.NaN : value));
    const other = y.map((value, t) => (Number.isNaN(x[t]!) ? Number.NaN : value));
    for (const n of [2, 20, 53]) {
      const out = written(x.length, (to) => correlation(x, y, n, to, whole(x, 3)));
      out.forEach((value, t) => {
        const a = windowOf(both, n, 3, t);
        const truth = a === null ? Number.NaN : exactCorrelation(a, windowOf(other, n, 3, t)!);
        if (Number.isNaN(truth)) expect(value).toBeNaN();
        else expect(Math.abs(value - truth), `n = ${n}, t = ${t}`).toBeLessThan(1e-12);
      });
    }
  });
});

describe('long windows', () => {
  it('keep 1e-12 when the bad tick is the very element they are centred on', () => {
    const [n, t] = [5000, 9980];
    // The ordinal of index 5000 is a multiple of n, so the bad tick is the pivot of the window that ends at t.
    const span = { start: 0, from: t, to: t + 1, origin: 5000 };
    const y = withValues(returns(9981, 42), { 5000: 10 });
    for (const calm of [prices(9981, 41), series(9981, (i) => (i % 2 === 0 ? 100.1 : 100))]) {
      const x = withValues(calm, { 5000: 777_777 });
      const [a, b] = [windowOf(x, n, 0, t)!, windowOf(y, n, 0, t)!];
      const deviation = written(x.length, (to) => stdev(x, n, to, span))[t]!;
      expect(Math.abs(deviation / exactStdev(a, 0) - 1)).toBeLessThan(1e-12);
      const coefficient = written(x.length, (to) => correlation(x, y, n, to, span))[t]!;
      expect(Math.abs(coefficient - exactCorrelation(a, b))).toBeLessThan(1e-12);
    }
  });
});

describe('flat windows', () => {
  const flat = series(60, () => 0.1);
  it('have a mean of exactly their value and a standard deviation of exactly 0', () => {
    for (const n of [1, 3, 7, 20, 49]) {
      const means = written(60, (to) => mean(flat, n, to, whole(flat)));
      const deviations = written(60, (to) => stdev(flat, n, to, whole(flat)));
      expect([...means.subarray(n - 1)]).toEqual(Array(61 - n).fill(0.1));
      expect([...deviations.subarray(n - 1)]).toEqual(Array(61 - n).fill(0));
    }
  });

  it('have neither a z-score nor a correlation', () => {
    const other = prices(60, 51);
    expect(written(60, (to) => zscore(flat, 10, to, whole(flat))).every(Number.isNaN)).toBe(true);
    expect(written(60, (to) => correlation(flat, other, 10, to, whole(flat))).every(Number.isNaN)).toBe(true);
    expect(written(60, (to) => correlation(other, flat, 10, to, whole(flat))).every(Number.isNaN)).toBe(true);
  });
});

describe('correlation', () => {
  it('is exactly 1 of a series with itself, −1 with its negative', () => {
    for (const x of [prices(80, 61), shapes['denormal magnitudes']!, shapes['magnitudes of 1e300']!]) {
      const same = written(x.length, (to) => correlation(x, x, 20, to, whole(x)));
      const opposite = written(x.length, (to) =>
        correlation(
          x,
          x.map((v) => -v),
          20,
          to,
          whole(x),
        ),
      );
      for (let t = 19; t < x.length; t++) {
        expect(same[t]).toBeCloseTo(1, 15);
        expect(opposite[t]).toBeCloseTo(-1, 15);
      }
    }
  });

  it('never leaves −1..1', () => {
    const x = prices(2000, 62);
    const y = x.map((value) => 3 * value - 7);
    const out = written(2000, (to) => correlation(x, y, 5, to, whole(x)));
    expect(out.every((value) => Number.isNaN(value) || Math.abs(value) <= 1)).toBe(true);
  });
});

describe('sums that overflow', () => {
  it('leave the mean intact and the sum no data', () => {
    const x = series(10, (i) => (i % 2 === 0 ? 1.5e308 : 1.1e308));
    expect(written(10, (to) => mean(x, 4, to, whole(x)))[9]).toBeCloseTo(1.3e308, -295);
    expect(written(10, (to) => sum(x, 4, to, whole(x)))[9]).toBeNaN();
  });
});
