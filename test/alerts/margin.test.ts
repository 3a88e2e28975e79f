import { describe, expect, it } from 'vitest';
import { type StreakArrays, streakMargins, streakShape } from '../../shared/alerts/margin.ts';
import { parse } from '../../shared/expression/parse.ts';

function shapeOf(source: string): ReturnType<typeof streakShape> {
  const { expression } = parse(source);
  if (expression === null) throw new Error(source);
  return streakShape(expression);
}

function arrays(rows: readonly (readonly [number, number, number, number])[], returns = true): StreakArrays {
  return {
    streak: Float64Array.from(rows, ([streak]) => streak),
    condition: Uint8Array.from(rows, ([, code]) => code),
    over: Float64Array.from(rows, ([, , over]) => over),
    under: Float64Array.from(rows, ([, , , under]) => under),
    returns,
  };
}

describe('the margin of a streak', () => {
  it('is the smallest lead of the running streak, the earliest on ties', () => {
    const { smallest, at } = streakMargins(
      arrays([
        [1, 1, 0.5, 0],
        [2, 1, 0.25, 0],
        [3, 1, 0.25, 0],
        [4, 1, 1, 0],
      ]),
    );
    expect([...smallest]).toEqual([0.5, 0.25, 0.25, 0.25]);
    expect([...at]).toEqual([0, 1, 1, 1]);
  });

  it('starts anew with a new streak and is none where no streak runs', () => {
    const { smallest, at } = streakMargins(
      arrays([
        [NaN, 0, NaN, NaN],
        [1, 1, 0.125, 0],
        [0, 2, 0, 1],
        [1, 1, 0.5, 0],
      ]),
    );
    expect([...smallest]).toEqual([NaN, 0.125, NaN, 0.5]);
    expect([...at]).toEqual([-1, 1, -1, 3]);
  });

  it('keeps its value on a session of no data', () => {
    const { smallest, lead } = streakMargins(
      arrays([
        [1, 1, 0.5, 0.25],
        [1, 0, NaN, NaN],
        [2, 1, 0.5, 0.125],
      ]),
    );
    expect([...smallest]).toEqual([0.25, 0.25, 0.25]);
    expect(lead[1]).toBe(lead[0]);
  });

  it('compounds the lead of returns, and sums any other', () => {
    const rows = [
      [1, 1, 0.5, 0.25],
      [2, 1, 0.5, 0.25],
    ] as const;
    expect(streakMargins(arrays(rows)).lead[1]).toBe(1.5 * 1.5 - 1.25 * 1.25);
    expect(streakMargins(arrays(rows, false)).lead[1]).toBe(0.5);
  });
});

describe('the shape of a streak', () => {
  it('is turned so that a true session has a positive lead', () => {
    expect(shapeOf('streak(ret(A) > ret(B))')).toMatchObject({
      over: { args: [{ name: 'A' }] },
      under: { args: [{ name: 'B' }] },
      returns: true,
    });
    expect(shapeOf('streak(ret(A, 1) <= ret(B))')).toMatchObject({
      over: { args: [{ name: 'B' }] },
      returns: true,
    });
    expect(shapeOf('streak(A.close >= sma(A, 5))')).toMatchObject({ returns: false });
  });

  it('is none for anything but a comparison of order', () => {
    for (const source of ['streak(A > 1 and B > 1)', 'streak(A == 1)', 'count(A > 1, 5)', 'ret(A)']) {
      expect(shapeOf(source)).toBeNull();
    }
  });
});
