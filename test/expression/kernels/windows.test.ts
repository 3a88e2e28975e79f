import { describe, expect, it } from 'vitest';
import { correlation } from '../../../shared/expression/kernels/correlation.ts';
import { countTrue, countTrueOrMissing } from '../../../shared/expression/kernels/counts.ts';
import { drawdownWindow, highest, lowest } from '../../../shared/expression/kernels/extremes.ts';
import { median } from '../../../shared/expression/kernels/median.ts';
import { percentRank } from '../../../shared/expression/kernels/percent-rank.ts';
import { sampleStdev, stdev, zscore } from '../../../shared/expression/kernels/spread.ts';
import { mean } from '../../../shared/expression/kernels/means.ts';
import { sum } from '../../../shared/expression/kernels/sums.ts';
import { prices, returns, series, shapes, withHoles } from './shapes.ts';
import { whole, windowOf, written } from './windows.ts';

const other = returns(400, 5);
const kernels: Readonly<Record<string, typeof mean>> = {
  mean,
  sum,
  median,
  stdev,
  sampleStdev,
  zscore,
  highest,
  lowest,
  drawdownWindow,
  correlation: (x, n, out, span) => correlation(x, other, n, out, span),
  'correlation, swapped': (x, n, out, span) => correlation(other, x, n, out, span),
};

/** Prices of which the given sessions are missing. */
function without(length: number, ...missing: readonly number[]): Float64Array {
  return prices(length, 7).map((price, t) => (missing.includes(t) ? Number.NaN : price));
}

describe.each(Object.keys(kernels))('%s', (name) => {
  const kernel = kernels[name]!;
  const at = (x: Float64Array, n: number, t: number, start = 0) =>
    written(x.length, (out) => kernel(x, n, out, whole(x, start)))[t];

  it.each([
    [19, [], true],
    [19, [50], false],
    [20, [50], true],
    [20, [50, 51], false],
    [21, [50], true],
    [21, [50, 51], false],
    [40, [50, 51], true],
    [40, [50, 51, 52], false],
    [41, [50, 51], true],
    [41, [50, 51, 52], false],
  ])('of %i with %j missing has a value: %s', (n, missing, has) => {
    expect(Number.isNaN(at(without(100, ...missing), n, 60))).toBe(!has);
  });

  it('is no data on a session without a value, however many the window has', () => {
    expect(at(without(100, 60), 20, 60)).toBeNaN();
    expect(at(without(100, 60), 20, 61)).not.toBeNaN();
  });

  it('reaches back to the first value and no further', () => {
    const x = prices(100, 7);
    expect(at(x, 20, 28, 10)).toBeNaN();
    expect(at(x, 20, 29, 10)).not.toBeNaN();
  });

  it('is no data in a window longer than the data, and where all is missing', () => {
    for (const n of [101, 5000]) {
      expect(written(100, (out) => kernel(prices(100, 7), n, out, whole(out))).every(Number.isNaN)).toBe(
        true,
      );
    }
    const none = series(100, () => Number.NaN);
    expect(written(100, (out) => kernel(none, 20, out, whole(out))).every(Number.isNaN)).toBe(true);
  });

  it('writes the outputs asked for and nothing else', () => {
    const x = prices(100, 7);
    for (const [from, to] of [
      [0, 10],
      [40, 41],
      [30, 60],
      [99, 100],
      [50, 50],
    ] as const) {
      const out = written(100, (o) => kernel(x, 20, o, { start: 5, from, to, origin: 9 }));
      const touched = [...out.keys()].filter((t) => out[t] !== -77);
      expect(touched).toEqual([...out.keys()].slice(from, to));
    }
  });
});

describe('extremes, medians and drawdowns', () => {
  const definitions: Readonly<Record<string, readonly [typeof mean, (values: number[]) => number]>> = {
    highest: [highest, (values) => Math.max(...values)],
    lowest: [lowest, (values) => Math.min(...values)],
    drawdownWindow: [
      drawdownWindow,
      (values) => (values[values.length - 1]! - Math.max(...values)) / Math.max(...values),
    ],
    median: [
      median,
      (values) => {
        const ascending = values.toSorted((a, b) => a - b);
        const half = ascending.length / 2;
        return (ascending[Math.ceil(half) - 1]! + ascending[Math.floor(half)]!) / 2;
      },
    ],
  };
  it.each(Object.keys(definitions))('%s is as defined on every shape', (name) => {
    const [kernel, define] = definitions[name]!;
    for (const x of Object.values(shapes)) {
      for (const n of [1, 2, 7, 20, 60]) {
        const out = written(x.length, (to) => kernel(x, n, to, whole(x, 2)));
        const expected = series(x.length, (t) => {
          const values = windowOf(x, n, 2, t);
          const value = values === null ? Number.NaN : define(values);
          return Number.isFinite(value) ? value + 0 : Number.NaN;
        });
        expect(out).toEqual(expected);
      }
    }
  });

  it('are negative where every value is', () => {
    const x = series(30, (t) => -1 - t);
    expect(written(30, (out) => highest(x, 5, out, whole(x)))[29]).toBe(-26);
    expect(written(30, (out) => lowest(x, 5, out, whole(x)))[29]).toBe(-30);
  });

  it('halve the two largest numbers without overflow', () => {
    const x = Float64Array.of(1.5e308, 1.7e308);
    expect(written(2, (out) => median(x, 2, out, whole(x)))[1]).toBe(1.6e308);
  });
});

describe('a sample standard deviation', () => {
  it('is no data over one value', () => {
    const x = prices(5, 3);
    expect(written(5, (out) => sampleStdev(x, 1, out, whole(x))).every(Number.isNaN)).toBe(true);
  });
});

describe('percentRank', () => {
  /** From the words: the share of the n sessions before today that are at most today's. */
  function defined(x: Float64Array, n: number, start: number, t: number): number {
    if (t - n < start || Number.isNaN(x[t]!)) return Number.NaN;
    const present = [...x.subarray(t - n, t)].filter((value) => !Number.isNaN(value));
    const enough = n < 20 ? present.length === n : present.length * 100 >= 95 * n;
    return enough ? present.filter((value) => value <= x[t]!).length / present.length : Number.NaN;
  }

  it('is as defined, by tree and by comparison, on every shape', () => {
    for (const x of [...Object.values(shapes), withHoles(prices(900, 9), 0.03, 10)]) {
      for (const n of [1, 19, 20, 21, 100, 300]) {
        const out = written(x.length, (to) => percentRank(x, n, to, whole(x, 4)));
        expect(out).toEqual(series(x.length, (t) => defined(x, n, 4, t)));
      }
    }
  });

  it('counts the n sessions before today, of which 95% must have a value', () => {
    const rank = (n: number, t: number, ...missing: readonly number[]) => {
      const x = without(100, ...missing);
      return written(100, (out) => percentRank(x, n, out, whole(x)))[t];
    };
    expect(rank(20, 19)).toBeNaN();
    expect(rank(20, 20)).not.toBeNaN();
    expect(rank(20, 60, 50)).not.toBeNaN();
    expect(rank(20, 60, 50, 51)).toBeNaN();
    expect(rank(19, 60, 50)).toBeNaN();
    expect(rank(20, 60, 60)).toBeNaN();
  });

  it('counts equal values as at most today’s', () => {
    const x = Float64Array.of(2, 1, 3, 2, 2);
    expect(written(5, (out) => percentRank(x, 4, out, whole(x)))[4]).toBe(0.75);
  });
});

describe('counts of a condition', () => {
  const codes = Uint8Array.from({ length: 100 }, (_, t) => (t % 3 === 0 ? 1 : 2));
  const withNone = (...missing: readonly number[]) =>
    codes.map((code, t) => (missing.includes(t) ? 0 : code));

  it('are the true sessions of the window', () => {
    const out = written(100, (to) => countTrue(codes, 6, to, whole(codes)));
    expect([...out.subarray(0, 5)].every(Number.isNaN)).toBe(true);
    expect([...out.subarray(5)].every((value) => value === 2)).toBe(true);
  });

  it('follow the coverage of a window', () => {
    const at = (n: number, ...missing: readonly number[]) =>
      written(100, (out) => countTrue(withNone(...missing), n, out, whole(out)))[60];
    expect(at(20, 50)).toBe(7);
    expect(at(20, 51)).toBe(6);
    expect(at(20, 50, 51)).toBeNaN();
    expect(at(19, 50)).toBeNaN();
    expect(at(20, 60)).toBeNaN();
  });

  it('take no data as not true where asked, and stay within the first value', () => {
    const out = written(100, (to) => countTrueOrMissing(withNone(51, 60), 20, to, whole(to, 10)));
    expect(out[28]).toBeNaN();
    expect(out[29]).toBe(6);
    expect(out[60]).toBe(5);
  });
});
