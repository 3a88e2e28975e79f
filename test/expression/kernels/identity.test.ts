import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { correlation } from '../../../shared/expression/kernels/correlation.ts';
import { countTrue, countTrueOrMissing, falling, rising } from '../../../shared/expression/kernels/counts.ts';
import { change, lag, ret } from '../../../shared/expression/kernels/endpoints.ts';
import { drawdownWindow, highest, lowest } from '../../../shared/expression/kernels/extremes.ts';
import { barsSince, drawdown, ema, streak } from '../../../shared/expression/kernels/history.ts';
import { median } from '../../../shared/expression/kernels/median.ts';
import { percentRank, percentRankAll } from '../../../shared/expression/kernels/percent-rank.ts';
import type { WindowSpan } from '../../../shared/expression/kernels/span.ts';
import { sampleStdev, stdev, zscore } from '../../../shared/expression/kernels/spread.ts';
import { mean } from '../../../shared/expression/kernels/means.ts';
import { sum } from '../../../shared/expression/kernels/sums.ts';
import { returns, shapes, withHoles } from './shapes.ts';

type Windowed = (x: Float64Array, n: number, out: Float64Array, span: WindowSpan) => void;

const codesOf = (x: Float64Array) =>
  Uint8Array.from(x, (value, t) => (Number.isNaN(value) || t % 31 === 0 ? 0 : 1 + (Math.abs(t * 7) % 2)));
const other = withHoles(returns(170, 77), 0.01, 78);

/** Windows, with how many sessions before today each may read. */
const windows: Readonly<Record<string, readonly [Windowed, (n: number) => number]>> = {
  mean: [mean, (n) => n - 1],
  sum: [sum, (n) => n - 1],
  median: [median, (n) => n - 1],
  stdev: [stdev, (n) => n - 1],
  sampleStdev: [sampleStdev, (n) => n - 1],
  zscore: [zscore, (n) => n - 1],
  highest: [highest, (n) => n - 1],
  lowest: [lowest, (n) => n - 1],
  drawdownWindow: [drawdownWindow, (n) => n - 1],
  percentRank: [percentRank, (n) => n],
  lag: [lag, (n) => n],
  change: [change, (n) => n],
  ret: [ret, (n) => n],
};

const asked = fc.record({
  shape: fc.constantFrom(...Object.keys(shapes)),
  n: fc.oneof(fc.integer({ min: 1, max: 8 }), fc.integer({ min: 18, max: 80 })),
  start: fc.integer({ min: 0, max: 60 }),
  from: fc.integer({ min: 0, max: 169 }),
  width: fc.oneof(fc.constant(1), fc.integer({ min: 1, max: 100 })),
  cut: fc.integer({ min: 0, max: 60 }),
});

/** The series as loaded by someone who has only `[low, to)` of it: all else is a trap, and index 0 is another session. */
function loaded(x: Float64Array, low: number, to: number, cut: number): Float64Array {
  return x.map((value, t) => (t < low || t >= to ? 6.02e23 : value)).subarray(Math.min(cut, low));
}

describe('windows', () => {
  it.each(Object.keys(windows))('%s has the same bits whatever range is asked for and loaded', (name) => {
    const [kernel, reach] = windows[name]!;
    fc.assert(
      fc.property(asked, ({ shape, n, start, from, width, cut }) => {
        const x = shapes[shape]!;
        const to = Math.min(x.length, from + width);
        const full = new Float64Array(x.length);
        kernel(x, n, full, { start, from: 0, to: x.length, origin: 5000 });
        const low = Math.max(start, from - reach(n));
        const part = loaded(x, low, to, cut);
        const offset = x.length - part.length;
        if (from < offset) return;
        const out = new Float64Array(part.length);
        kernel(part, n, out, {
          start: start - offset,
          from: from - offset,
          to: to - offset,
          origin: 5000 + offset,
        });
        expect(out.subarray(from - offset, to - offset)).toEqual(full.subarray(from, to));
      }),
      { numRuns: 150 },
    );
  });

  it('correlation has the same bits whatever range is asked for and loaded', () => {
    fc.assert(
      fc.property(asked, ({ shape, n, start, from, width, cut }) => {
        const x = shapes[shape]!;
        const to = Math.min(x.length, from + width);
        const full = new Float64Array(x.length);
        correlation(x, other, n, full, { start, from: 0, to: x.length, origin: 5000 });
        const low = Math.max(start, from - n + 1);
        const [a, b] = [loaded(x, low, to, cut), loaded(other, low, to, cut)];
        const offset = x.length - a.length;
        if (from < offset) return;
        const out = new Float64Array(a.length);
        const span = { start: start - offset, from: from - offset, to: to - offset, origin: 5000 + offset };
        correlation(a, b, n, out, span);
        expect(out.subarray(from - offset, to - offset)).toEqual(full.subarray(from, to));
      }),
      { numRuns: 150 },
    );
  });

  it.each([countTrue, countTrueOrMissing])('$name counts the same whatever range is asked for', (kernel) => {
    fc.assert(
      fc.property(asked, ({ shape, n, start, from, width }) => {
        const codes = codesOf(shapes[shape]!);
        const to = Math.min(codes.length, from + width);
        const full = new Float64Array(codes.length);
        kernel(codes, n, full, { start, from: 0, to: codes.length, origin: 0 });
        const trap = codes.map((code, t) => (t < Math.max(start, from - n + 1) || t >= to ? 1 : code));
        const out = new Float64Array(codes.length);
        kernel(trap, n, out, { start, from, to, origin: 0 });
        expect(out.subarray(from, to)).toEqual(full.subarray(from, to));
      }),
      { numRuns: 100 },
    );
  });

  it.each([rising, falling])('$name is the same whatever range is asked for', (kernel) => {
    fc.assert(
      fc.property(asked, ({ shape, n, start, from, width }) => {
        const x = shapes[shape]!;
        const to = Math.min(x.length, from + width);
        const full = new Uint8Array(x.length);
        kernel(x, n, full, { start, from: 0, to: x.length, origin: 0 });
        const trap = x.map((value, t) => (t < Math.max(start, from - n) || t >= to ? 6.02e23 : value));
        const out = new Uint8Array(x.length);
        kernel(trap, n, out, { start, from, to, origin: 0 });
        expect(out.subarray(from, to)).toEqual(full.subarray(from, to));
      }),
      { numRuns: 100 },
    );
  });
});

describe('functions over all history', () => {
  const folds: Readonly<Record<string, Windowed>> = {
    ema,
    drawdown: (x, _n, out, span) => drawdown(x, out, span),
    percentRankAll: (x, _n, out, span) => percentRankAll(x, out, span),
    streak: (x, _n, out, span) => streak(codesOf(x), out, span),
    barsSince: (x, _n, out, span) => barsSince(codesOf(x), out, span),
  };
  const long = withHoles(returns(500, 81), 0.05, 82);
  it.each(Object.keys(folds))('%s has the same bits for any range, and touches nothing else', (name) => {
    const fold = folds[name]!;
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 500 }),
        fc.integer({ min: 0, max: 499 }),
        fc.integer({ min: 1, max: 120 }),
        (start, from, width) => {
          const to = Math.min(500, from + width);
          const full = new Float64Array(500);
          fold(long, 9, full, { start, from: 0, to: 500, origin: 0 });
          const out = new Float64Array(500).fill(-77);
          fold(long, 9, out, { start, from, to, origin: 0 });
          expect(out.subarray(from, to)).toEqual(full.subarray(from, to));
          expect(out.subarray(0, from).every((value) => value === -77)).toBe(true);
          expect(out.subarray(to).every((value) => value === -77)).toBe(true);
        },
      ),
      { numRuns: 60 },
    );
  });
});
