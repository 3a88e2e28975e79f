import { describe, expect, it } from 'vitest';
import type { BaseRate } from '../../shared/alerts/alert.ts';
import { backtest } from '../../shared/workflows/backtest.ts';
import { replay } from '../../shared/workflows/replay.ts';
import { archiveOf, marketOf, priced } from '../support/archive-of.ts';
import { rulesOf } from '../support/rules-of.ts';

const market = marketOf([priced('A'), priced('B')]);
/** Forty closes; A falls on every tenth session and rises on all others. */
const a = Array.from({ length: 40 }, (_, index) => 100 + index - (index % 10 === 9 ? 5 : 0));
const b = Array.from({ length: 40 }, (_, index) => 50 + (index % 3));
const rules = rulesOf(
  `rules:
  - id: fall
    when: ret(A) < 0
    outcome: [ret(A), ret(A) - 2 * ret(B)]
`,
  market,
);
const [rule] = rules;
if (rule === undefined) throw new Error('no rule');

/** The outcomes from session s to s + h, straight from the closes. */
function outcomes(s: number, h: number): readonly [number, number] {
  const of = (closes: readonly number[]): number => (closes[s + h] ?? NaN) / (closes[s] ?? NaN) - 1;
  return [of(a), of(a) - 2 * of(b)];
}

describe('a base rate', () => {
  const archive = archiveOf(market, '2020-01-02', { 'A.close': a, 'B.close': b });
  const [falls] = [[9, 19, 29, 39]];

  it('counts earlier episodes from their first firing session, those whose horizon has passed', () => {
    const fired = replay(archive, rules).filter(({ kind }) => kind === 'fired');
    expect(fired.map(({ baseRate }) => baseRate.find(({ horizon }) => horizon === 5)?.n)).toEqual([
      0, 1, 2, 3,
    ]);
    expect(fired.map(({ baseRate }) => baseRate.find(({ horizon }) => horizon === 21)?.n)).toEqual([
      0, 0, 0, 1,
    ]);
  });

  it('is recomputed from the closes alone', () => {
    const last = replay(archive, rules).findLast(({ kind }) => kind === 'fired');
    const line = last?.baseRate.find(({ outcome, horizon }) => outcome !== 'ret(A)' && horizon === 5);
    const own = falls?.slice(0, 3).map((s) => outcomes(s, 5)[1]) ?? [];
    expect(line?.mean).toBeCloseTo(own.reduce((sum, x) => sum + x, 0) / 3, 12);
    expect(line?.median).toBeCloseTo(own.toSorted((x, y) => x - y)[1] ?? NaN, 12);
    expect(line?.worst).toBeCloseTo(Math.min(...own), 12);
    expect(line?.all.n).toBe(40 - 5);
  });

  it('has all lines, with n 0 and nulls where nothing is known yet', () => {
    const [first] = replay(archive, rules);
    expect(first?.baseRate.map(({ outcome, horizon }) => `${outcome} ${horizon}`)).toEqual(
      ['ret(A)', 'ret(A) - 2 * ret(B)'].flatMap((text) => [5, 21, 63, 126, 252].map((h) => `${text} ${h}`)),
    );
    const none = { n: 0, mean: null, median: null, positive: null, worst: null };
    expect(first?.baseRate.find(({ horizon }) => horizon === 252)).toMatchObject({ ...none, all: none });
  });

  it('of a backtest counts every episode, the open one included, whose horizon has passed', () => {
    const result = backtest(archive, rule, rules);
    const n = (h: number): number | undefined =>
      result.baseRate.find((line: BaseRate) => line.horizon === h)?.n;
    expect(result.sessions).toBe(40);
    expect(result.episodes.map(({ start, end }) => [start < (end ?? '9'), end === null])).toEqual([
      [true, false],
      [true, false],
      [true, false],
      [true, true],
    ]);
    expect([n(5), n(21)]).toEqual([3, 1]);
  });

  it('has no data across a break', () => {
    const broken = a.map((close, index) => (index > 20 ? close * 3 : close));
    const last = replay(archiveOf(market, '2020-01-02', { 'A.close': broken, 'B.close': b }), rules).at(-1);
    const line = last?.baseRate.find(({ outcome, horizon }) => outcome === 'ret(A)' && horizon === 5);
    // Of the episodes on sessions 9, 19 and 29 the second one's horizon lies across the break.
    expect(line?.n).toBe(2);
    expect(line?.all.n).toBe(40 - 5 - 5);
  });
});
