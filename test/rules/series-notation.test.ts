import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expandNames, readSeries } from '../../shared/rules/series-notation.ts';

describe('a series in short notation', () => {
  it.each<[string, (number | null)[]]>([
    ['100', [100]],
    ['1 2.5 .5 -25 1e3', [1, 2.5, 0.5, -25, 1000]],
    ['5x3', [5, 5, 5, 5]],
    ['-25x1', [-25, -25]],
    ['100+2x3', [100, 102, 104, 106]],
    ['-2+4x3', [-2, 2, 6, 10]],
    ['100-2x2', [100, 98, 96]],
    ['100+50%x2', [100, 150, 225]],
    ['100 +50%x2 -50%', [100, 150, 225, 112.5]],
    ['100 _ +50%', [100, null, 150]],
    ['_x2 7 _', [null, null, 7, null]],
    ['1 (2 _)x2 3', [1, 2, null, 2, null, 3]],
    ['8 (-50%)x3', [8, 4, 2, 1]],
    [' 1,\n 2 ', [1, 2]],
  ])('%s is %j', (text, values) => {
    expect(readSeries(text)).toEqual({ ok: true, value: values });
  });

  it.each([
    ['', 0],
    ['   ', 0],
    ['abc', 0],
    ['1 2x', 2],
    ['1 100+2', 2],
    ['1 3.75%', 2],
    ['_ +1%', 2],
    ['1 1e999', 2],
    ['1x99999', 0],
    ['1 (2 y)x3', 5],
    ['1 (2 3', 2],
    ['(1x5000)x9999', 1],
  ])('%j is refused with its place', (text, offset) => {
    const read = readSeries(text);
    expect(read.ok).toBe(false);
    if (!read.ok)
      expect(read.errors[0]).toMatchObject({ offset, message: expect.stringContaining('expected') });
  });

  it('has all its errors told at once', () => {
    const read = readSeries('1 x 2 y');
    expect(read.ok ? [] : read.errors.map(({ offset }) => offset)).toEqual([2, 6]);
  });

  it('makes n + 1 values of a+bxn, as promtool does', () => {
    fc.assert(
      fc.property(fc.nat(1000), fc.nat(50), fc.nat(40), (start, step, times) => {
        const read = readSeries(`${start}+${step}x${times}`);
        const expected = Array.from({ length: times + 1 }, (_, n) => start + step * n);
        expect(read).toEqual({ ok: true, value: expected });
      }),
    );
  });

  it('never hangs or throws', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(...'0 1 25 + - % x _ . e'.split(' '), ' '), maxLength: 40 }),
        (text) => {
          const read = readSeries(text);
          if (read.ok)
            expect(read.value.every((value) => value === null || Number.isFinite(value))).toBe(true);
        },
      ),
    );
  });
});

describe('a name', () => {
  it.each([
    ['IWM', ['IWM']],
    ['M{1..3}', ['M1', 'M2', 'M3']],
    ['M{9..11}.close', ['M9.close', 'M10.close', 'M11.close']],
    ['M{3..1}', []],
  ])('%s stands for %j', (pattern, names) => {
    expect(expandNames(pattern)).toEqual(names);
  });
});
