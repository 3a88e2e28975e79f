import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createPrefixFigures, NO_FIGURES } from '../../shared/alerts/prefix-figures.ts';

function naive(values: readonly number[]): unknown {
  const known = values.filter((value) => !Number.isNaN(value)).toSorted((a, b) => a - b);
  const n = known.length;
  if (n === 0) return NO_FIGURES;
  const middle = [known[Math.floor((n - 1) / 2)] ?? NaN, known[Math.floor(n / 2)] ?? NaN];
  return {
    n,
    mean: expect.closeTo(known.reduce((sum, value) => sum + value, 0) / n, 12),
    median: ((middle[0] ?? NaN) + (middle[1] ?? NaN)) / 2,
    positive: known.filter((value) => value > 0).length / n,
    worst: known[0],
  };
}

const value = fc.oneof(fc.double({ min: -1, max: 1, noNaN: true }), fc.constantFrom(0, 0.25, -0.25, NaN));

describe('figures of a prefix', () => {
  it('are those of its values sorted anew, in whatever order prefixes are asked for', () => {
    fc.assert(
      fc.property(fc.array(value, { maxLength: 30 }), fc.array(fc.nat(32)), (values, counts) => {
        const figures = createPrefixFigures(Float64Array.from(values));
        for (const count of counts) expect(figures.of(count)).toEqual(naive(values.slice(0, count)));
      }),
    );
  });

  it('average the middle two of an even number', () => {
    expect(createPrefixFigures(Float64Array.of(3, 1, 2, 10)).of(4)).toMatchObject({ n: 4, median: 2.5 });
  });

  it('count a zero as not positive', () => {
    expect(createPrefixFigures(Float64Array.of(0, 1)).of(2).positive).toBe(0.5);
  });

  it('are nulls where nothing is known', () => {
    expect(createPrefixFigures(Float64Array.of(NaN, NaN)).of(2)).toEqual(NO_FIGURES);
  });
});
