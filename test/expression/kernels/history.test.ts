import { describe, expect, it } from 'vitest';
import { barsSince, drawdown, ema, seasonal, streak } from '../../../shared/expression/kernels/history.ts';
import { percentRankAll } from '../../../shared/expression/kernels/percent-rank.ts';
import { prices, series, shapes, withHoles } from './shapes.ts';
import { whole, written } from './windows.ts';

const NONE = Number.NaN;

describe('ema', () => {
  it('starts from the mean of the first n values and skips missing sessions', () => {
    const x = Float64Array.of(NONE, 2, NONE, 4, 6, NONE, 9);
    const out = written(7, (to) => ema(x, 3, to, whole(x, 1)));
    expect([...out]).toEqual([NONE, NONE, NONE, NONE, 4, NONE, 6.5]);
  });

  it('is the series itself for n = 1', () => {
    const x = Float64Array.of(...prices(20, 3), 1e12, ...prices(20, 4));
    expect(written(41, (to) => ema(x, 1, to, whole(x)))).toEqual(x);
  });

  it('starts again at the span’s start', () => {
    const x = Float64Array.of(100, 100, 2, 4, 6);
    expect([...written(5, (to) => ema(x, 2, to, whole(x, 2)))]).toEqual([NONE, NONE, NONE, 3, 5]);
  });

  it('stays exactly on a flat series, and has no data with fewer than n values', () => {
    const flat = series(50, () => 0.1);
    expect([...written(50, (to) => ema(flat, 7, to, whole(flat))).subarray(6)]).toEqual(Array(44).fill(0.1));
    expect(written(50, (to) => ema(flat, 51, to, whole(flat))).every(Number.isNaN)).toBe(true);
  });
});

describe('drawdown', () => {
  it('is measured from the highest value so far', () => {
    const x = Float64Array.of(80, 100, NONE, 75, 120, 90);
    expect([...written(6, (to) => drawdown(x, to, whole(x)))]).toEqual([0, 0, NONE, -0.25, 0, -0.25]);
    expect([...written(6, (to) => drawdown(x, to, whole(x, 3)))]).toEqual([NONE, NONE, NONE, 0, 0, -0.25]);
  });

  it('is no data where the highest value is 0', () => {
    const x = Float64Array.of(0, -1);
    expect([...written(2, (to) => drawdown(x, to, whole(x)))]).toEqual([NONE, NONE]);
  });
});

describe('percentRankAll', () => {
  it('is the share of all earlier values that are at most today’s, from 252 of them', () => {
    const x = withHoles(prices(600, 4).map(Math.round), 0.1, 5);
    for (const start of [0, 100, 400]) {
      const expected = series(600, (t) => {
        const earlier = [...x.subarray(Math.min(start, t), t)].filter((value) => !Number.isNaN(value));
        if (t < start || Number.isNaN(x[t]!) || earlier.length < 252) return NONE;
        return earlier.filter((value) => value <= x[t]!).length / earlier.length;
      });
      expect(written(600, (to) => percentRankAll(x, to, whole(x, start)))).toEqual(expected);
      const last = written(600, (to) => percentRankAll(x, to, { start, from: 590, to: 600, origin: 0 }));
      expect(last.subarray(590)).toEqual(expected.subarray(590));
    }
  });

  it('needs 252 earlier values, not 251', () => {
    const x = prices(260, 6);
    const out = written(260, (to) => percentRankAll(x, to, whole(x)));
    expect(out[251]).toBeNaN();
    expect(out[252]).not.toBeNaN();
  });
});

describe('streak', () => {
  it('counts true sessions, keeps its value on no data, and is no data before the first', () => {
    const codes = Uint8Array.of(0, 0, 1, 1, 0, 1, 2, 0, 1, 0);
    expect([...written(10, (to) => streak(codes, to, whole(codes)))]).toEqual([
      NONE,
      NONE,
      1,
      2,
      2,
      3,
      0,
      0,
      1,
      1,
    ]);
    expect([...written(10, (to) => streak(codes, to, whole(codes, 4)))].slice(3)).toEqual([
      NONE,
      NONE,
      1,
      0,
      0,
      1,
      1,
    ]);
  });
});

describe('barsSince', () => {
  it('counts sessions since the last true one, those without data included', () => {
    const codes = Uint8Array.of(2, 0, 1, 0, 2, 1, 1, 0);
    expect([...written(8, (to) => barsSince(codes, to, whole(codes)))]).toEqual([
      NONE,
      NONE,
      0,
      1,
      2,
      0,
      0,
      1,
    ]);
    expect([...written(8, (to) => barsSince(codes, to, whole(codes, 3)))].slice(2)).toEqual([
      NONE,
      NONE,
      NONE,
      0,
      0,
      1,
    ]);
  });
});

describe('seasonal', () => {
  // Two sessions a month over four years; the value is year × 100 + month, on the last session only.
  const sessions = 4 * 12 * 2;
  const key = Int32Array.from({ length: sessions }, (_, t) => 2000 * 12 + (t >> 1));
  const last = Uint8Array.from({ length: sessions }, (_, t) => t & 1);
  const x = series(sessions, (t) => (t % 2 === 1 ? Math.floor(t / 24) * 100 + ((t >> 1) % 12) : 1e6));

  it('is the mean over earlier years of the value on the month’s last session', () => {
    const out = written(sessions, (to) => seasonal(x, key, last, to, whole(x)));
    const march = (year: number, session: number) => out[year * 24 + 4 + session];
    expect(march(0, 0)).toBeNaN();
    expect(march(0, 1)).toBeNaN();
    expect([march(1, 0), march(1, 1)]).toEqual([2, 2]);
    expect([march(2, 0), march(2, 1)]).toEqual([52, 52]);
    expect([march(3, 0), march(3, 1)]).toEqual([102, 102]);
  });

  it('leaves out years that lack it, and has a value where today lacks one', () => {
    const gaps = x.map((value, t) => (t === 24 + 5 || t >= 72 ? NONE : value));
    const out = written(sessions, (to) => seasonal(gaps, key, last, to, whole(x)));
    expect(out[2 * 24 + 4]).toBe(2);
    expect(out[3 * 24 + 4]).toBe(102);
  });

  it('starts again at the span’s start', () => {
    const out = written(sessions, (to) => seasonal(x, key, last, to, whole(x, 24)));
    expect(out[24 + 4]).toBeNaN();
    expect(out[2 * 24 + 4]).toBe(102);
  });
});

it('a fold over nothing but missing values is no data throughout', () => {
  const none = series(300, () => NONE);
  for (const fold of [
    (to: Float64Array) => ema(none, 3, to, whole(none)),
    (to: Float64Array) => drawdown(none, to, whole(none)),
    (to: Float64Array) => percentRankAll(none, to, whole(none)),
  ]) {
    expect(written(300, fold).every(Number.isNaN)).toBe(true);
  }
});

it('an exponential average forgets a bad tick without a trace', () => {
  const x = shapes['a bad tick of 1e12']!;
  const out = written(x.length, (to) => ema(x, 2, to, whole(x)));
  const clean = x.slice(61);
  // Seventy sessions on, the tick weighs (1/3)^70 × 1e12, far below one unit in the last place.
  const fresh = written(clean.length, (to) => ema(clean, 2, to, whole(clean)));
  expect(Math.abs(out[140]! / fresh[79]! - 1)).toBeLessThan(1e-14);
});
