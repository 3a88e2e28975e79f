import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { packRows, unpackRows } from '../../../adapters/dynamodb/packed-rows.ts';
import { asRows, listed } from '../../support/rows.ts';

const value = fc.oneof(
  fc.double(),
  fc.float(),
  fc.integer({ min: -(2 ** 50), max: 2 ** 50 }),
  fc.tuple(fc.integer(), fc.integer({ min: 0, max: 8 })).map(([digits, places]) => digits / 10 ** places),
  fc.constantFrom(-0, 0, 2 ** 46, 2 ** 46 - 1, 0.1 + 0.2, Number.MAX_SAFE_INTEGER, 5e-324),
);
const known = fc.array(fc.integer({ min: 0, max: 2 ** 45 }), { maxLength: 2 });

/** Rows by key: a first value that may not say when it became known, then others that do. */
const rows: fc.Arbitrary<[number, number, number][]> = fc
  .uniqueArray(fc.record({ key: fc.integer({ min: 0, max: 400 }), plain: fc.boolean(), value, known }), {
    selector: ({ key }) => key,
    maxLength: 60,
  })
  .map((keys) =>
    keys
      .toSorted((a, b) => a.key - b.key)
      .flatMap(({ key, plain, value: first, known: instants }): [number, number, number][] => [
        ...(plain ? [[key, first, Number.NaN] as [number, number, number]] : []),
        ...instants.map((instant, index): [number, number, number] => [key, first + index, instant]),
      ]),
  );

describe('packed rows', () => {
  it('come back the same in every bit', () => {
    fc.assert(
      fc.property(rows, fc.integer({ min: -10_000, max: 30_000 }), (all, origin) => {
        const moved = all.map(([key, one, instant]) => [origin + key, one, instant] as const);
        const back = unpackRows(packRows(asRows(moved), origin), origin);
        expect(listed(back)).toStrictEqual(listed(asRows(moved)));
      }),
      { numRuns: 500 },
    );
  });

  it('come back the same from one item after another, whatever keys were read before', () => {
    fc.assert(
      fc.property(fc.array(rows, { maxLength: 4 }), fc.array(fc.nat(3), { maxLength: 8 }), (all, order) => {
        const memory = new Map();
        for (const index of order) {
          const one = asRows(all[index % Math.max(all.length, 1)] ?? []);
          expect(listed(unpackRows(packRows(one, 0), 0, memory))).toStrictEqual(listed(one));
        }
      }),
      { numRuns: 300 },
    );
  });

  it('take three bytes for a price with two decimal places', () => {
    const prices = asRows(
      Array.from({ length: 600 }, (_, key) => [key, (key * 37 + 10_000) / 100, Number.NaN]),
    );
    expect(packRows(prices, 0).length).toBeLessThan(3 * 600 + 20);
  });

  it('are refused where their format is unknown or their end is missing', () => {
    const packed = packRows(asRows([[1, 1 / 3, Number.NaN]]), 0);
    expect(() => unpackRows(Uint8Array.of(9, ...packed.slice(1)), 0)).toThrow('unknown format 9');
    expect(() => unpackRows(packed.slice(0, -3), 0)).toThrow(RangeError);
  });
});
