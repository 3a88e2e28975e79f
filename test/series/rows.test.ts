import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chained, rowsFrom } from '../../shared/series/rows.ts';
import { asRows, listed, type Row } from '../support/rows.ts';

const part: fc.Arbitrary<readonly Row[]> = fc.array(
  fc.tuple(fc.integer({ min: 0, max: 30 }), fc.integer(), fc.constantFrom(Number.NaN, Number.NaN, 5)),
  { maxLength: 6 },
);
/** Parts as a store has them: nearly always ascending and plain. */
const ascending = part.map((rows) =>
  [...new Map(rows.map(([day, value]) => [day, value]))]
    .toSorted(([a], [b]) => a - b)
    .map(([day, value]): Row => [day, value, Number.NaN]),
);

describe('rows', () => {
  it('one after another say what their parts say, in order', () => {
    const parts = fc.array(fc.oneof(part, ascending), { maxLength: 5 });
    fc.assert(
      fc.property(parts, fc.integer({ min: 0, max: 40 }), (all, step) => {
        const moved = all.map((rows, index) =>
          rows.map(([day, ...rest]): Row => [day + index * step, ...rest]),
        );
        const whole = chained(moved.map(asRows));
        expect(listed(whole)).toStrictEqual(moved.flat());
        expect(whole.plain).toBe(asRows(moved.flat()).plain);
        expect([...whole.columns().values]).toStrictEqual(moved.flat().map(([, value]) => value));
      }),
    );
  });

  it('from a day on are those that do not lie before it', () => {
    fc.assert(
      fc.property(fc.oneof(part, ascending), fc.integer({ min: -1, max: 31 }), (all, from) => {
        expect(listed(rowsFrom(asRows(all), from))).toStrictEqual(all.filter(([day]) => day >= from));
      }),
    );
  });
});
