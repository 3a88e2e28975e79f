import { describe, expect, it } from 'vitest';
import type { Comparison } from '../../../shared/expression/ast.ts';
import { falling, rising } from '../../../shared/expression/kernels/counts.ts';
import * as elementwise from '../../../shared/expression/kernels/elementwise.ts';
import { and, not, or } from '../../../shared/expression/kernels/logic.ts';
import { change, lag, ret, sinceBase } from '../../../shared/expression/kernels/endpoints.ts';
import { whole, written } from './windows.ts';

const NONE = Number.NaN;
const numbers = [0, -0, 1, -1, 2, 0.1, 1e-320, 1e308, -1e308, NONE];
const pairs = numbers.flatMap((a) => numbers.map((b) => [a, b] as const));
const left = Float64Array.from(pairs, ([a]) => a);
const right = Float64Array.from(pairs, ([, b]) => b);

describe('arithmetic', () => {
  it.each([
    ['add', elementwise.add, (a: number, b: number) => a + b],
    ['subtract', elementwise.subtract, (a: number, b: number) => a - b],
    ['multiply', elementwise.multiply, (a: number, b: number) => a * b],
    ['divide', elementwise.divide, (a: number, b: number) => a / b],
    ['min', elementwise.min, Math.min],
    ['max', elementwise.max, Math.max],
  ] as const)('%s is that of numbers, and no data where it is not finite', (_name, kernel, define) => {
    const out = written(pairs.length, (to) => kernel(left, right, to, 0, pairs.length));
    pairs.forEach(([a, b], t) => {
      const value = define(a, b);
      // `==` of −0 and 0: the sign of a zero is no part of the answer.
      if (Number.isFinite(value)) expect(out[t] === value, `${a} ${b}`).toBe(true);
      else expect(out[t], `${a} ${b}`).toBeNaN();
    });
  });

  it('negate, abs and log are those of numbers, and no data where they are not finite', () => {
    const x = Float64Array.from(numbers);
    const one = (kernel: typeof elementwise.abs) => [
      ...written(x.length, (to) => kernel(x, to, 0, x.length)),
    ];
    expect(one(elementwise.negate).map((v) => v + 0)).toEqual(numbers.map((v) => 0 - v));
    expect(one(elementwise.abs)).toEqual(numbers.map(Math.abs));
    expect(one(elementwise.log)).toEqual(
      numbers.map((v) => (Number.isFinite(Math.log(v)) ? Math.log(v) : NONE)),
    );
  });

  it('touches only the range asked for', () => {
    const out = written(6, (to) => elementwise.add(left, right, to, 2, 4));
    expect([...out.keys()].filter((t) => out[t] !== -77)).toEqual([2, 3]);
  });
});

describe('compare', () => {
  const define: Readonly<Record<Comparison, (a: number, b: number) => boolean>> = {
    '<': (a, b) => a < b,
    '<=': (a, b) => a <= b,
    '>': (a, b) => a > b,
    '>=': (a, b) => a >= b,
    '==': (a, b) => a === b,
    '!=': (a, b) => a !== b,
  };
  it.each(Object.keys(define) as Comparison[])(
    '%s gives true, false, or no data when a side is',
    (operator) => {
      const out = new Uint8Array(pairs.length);
      elementwise.compare(operator, left, right, out, 0, pairs.length);
      const expected = pairs.map(([a, b]) => {
        if (Number.isNaN(a) || Number.isNaN(b)) return 0;
        return define[operator](a, b) ? 1 : 2;
      });
      expect([...out]).toEqual(expected);
    },
  );
});

describe('comparison with a level', () => {
  it.each(['<', '<=', '>', '>=', '==', '!='] as const)('%s is that with a column of it', (operator) => {
    const x = Float64Array.of(1, 2, 3, NONE, -0, 2);
    for (const level of [2, 0, NONE]) {
      const [one, other] = [new Uint8Array(6), new Uint8Array(6)];
      elementwise.compareLevel(operator, x, level, one, 0, 6);
      elementwise.compare(
        operator,
        x,
        x.map(() => level),
        other,
        0,
        6,
      );
      expect([...one]).toEqual([...other]);
    }
  });
});

describe('three-valued logic', () => {
  // All pairs of no data (0), true (1) and false (2).
  const a = Uint8Array.of(0, 0, 0, 1, 1, 1, 2, 2, 2);
  const b = Uint8Array.of(0, 1, 2, 0, 1, 2, 0, 1, 2);
  it('follows Kleene’s tables', () => {
    const out = new Uint8Array(9);
    and(a, b, out, 0, 9);
    expect([...out]).toEqual([0, 0, 2, 0, 1, 2, 2, 2, 2]);
    or(a, b, out, 0, 9);
    expect([...out]).toEqual([0, 1, 0, 1, 1, 1, 0, 1, 2]);
    not(a, out, 0, 9);
    expect([...out]).toEqual([0, 0, 0, 2, 2, 2, 1, 1, 1]);
  });

  it('says the same of many sessions as of each, wherever they begin, end and lie in memory', () => {
    const long = (codes: Uint8Array, shift: number): Uint8Array =>
      Uint8Array.from({ length: 150 + shift }, (_, k) => codes[(k - shift + 9) % 9]!).subarray(shift);
    for (const [from, to, shift] of [
      [0, 149, 0],
      [3, 150, 0],
      [5, 73, 0],
      [0, 150, 4],
      [2, 150, 1],
    ] as const) {
      const [x, y] = [long(a, shift), long(b, shift)];
      for (const combine of [
        and,
        or,
        (p: Uint8Array, _: Uint8Array, out: Uint8Array, f: number, t: number) => not(p, out, f, t),
      ]) {
        const [all, single] = [new Uint8Array(150).fill(7), new Uint8Array(150).fill(7)];
        combine(x, y, all, from, to);
        for (let t = from; t < to; t += 1) combine(x, y, single, t, t + 1);
        expect([...all]).toEqual([...single]);
      }
    }
  });
});

describe('end points', () => {
  const x = Float64Array.of(100, NONE, 115, 0, 5);
  it('lag, change and ret read two sessions only', () => {
    expect([...written(5, (to) => lag(x, 2, to, whole(x)))]).toEqual([NONE, NONE, 100, NONE, 115]);
    expect([...written(5, (to) => change(x, 2, to, whole(x)))]).toEqual([NONE, NONE, 15, NONE, -110]);
    expect([...written(5, (to) => ret(x, 2, to, whole(x)))]).toEqual([NONE, NONE, 0.15, NONE, -110 / 115]);
  });

  it('a return on nothing is no data', () => {
    expect(written(5, (to) => ret(x, 1, to, whole(x)))[4]).toBeNaN();
  });

  it('they do not reach before the start', () => {
    expect([...written(5, (to) => lag(x, 2, to, whole(x, 1)))]).toEqual([NONE, NONE, NONE, NONE, 115]);
    expect([...written(5, (to) => lag(x, 9, to, whole(x)))]).toEqual(Array(5).fill(NONE));
  });

  it('sinceBase measures a stretch of sessions from one base, NaN for none', () => {
    const out = written(5, (to) => {
      sinceBase(x, NONE, to, 0, 1);
      sinceBase(x, x[0]!, to, 1, 4);
      sinceBase(x, x[3]!, to, 4, 5);
    });
    expect([...out]).toEqual([NONE, NONE, 0.15, -1, NONE]);
  });
});

describe('rising and falling', () => {
  const codes = (kernel: typeof rising, n: number, start: number, ...values: readonly number[]) => {
    const out = new Uint8Array(values.length);
    kernel(Float64Array.from(values), n, out, whole(values, start));
    return [...out];
  };
  it('need every one of the last n changes', () => {
    expect(codes(rising, 2, 0, 1, 2, 3, 3, 4, 5)).toEqual([0, 0, 1, 2, 2, 1]);
    expect(codes(falling, 2, 0, 5, 4, 3, 3, 2, 1)).toEqual([0, 0, 1, 2, 2, 1]);
    expect(codes(falling, 1, 0, 1, 2, 1)).toEqual([0, 2, 1]);
  });

  it('are no data unless all n + 1 values are there', () => {
    expect(codes(rising, 2, 0, 1, NONE, 3, 4, 5)).toEqual([0, 0, 0, 0, 1]);
    expect(codes(rising, 2, 1, 1, 2, 3, 4)).toEqual([0, 0, 0, 1]);
    expect(codes(rising, 4, 0, 1, 2, 3, 4)).toEqual([0, 0, 0, 0]);
  });
});
