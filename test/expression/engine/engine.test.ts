import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from '../../../shared/expression/parse.ts';
import type { Expression } from '../../../shared/expression/ast.ts';
import { createEngine } from '../../../shared/expression/engine.ts';
import type { Universe } from '../../../shared/series/market.ts';
import type { Snapshot } from '../../../shared/series/snapshot.ts';
import { snapshotOf } from '../../../shared/series/snapshot-of.ts';
import { archiveOf, calendar, marketOf, priced } from '../../support/archive-of.ts';
import { type Data, evaluateByDefinition, type Value } from './reference.ts';

const MEMBERS = ['P', 'Q', 'R', 'S'];
const U: Universe = { id: 'U', name: 'U', members: MEMBERS, coverage: 0.95 };
const market = marketOf(['A', 'B', ...MEMBERS].map(priced), { universes: new Map([['U', U]]) });

const NUMBERS = [
  'A',
  'A - B',
  '(A + B) / 2',
  '2 * A / B',
  '-A',
  'ret(A)',
  'ret(A, 5)',
  'change(A)',
  'change(A, 3)',
  'lag(A, 4)',
  'ytd(A)',
  'qtd(A)',
  'mtd(B)',
  'since(A, 2025-02-02)',
  'sma(A, 5)',
  'sma(ret(A), 20)',
  'sma(A, 40)',
  'ema(A, 7)',
  'median(A, 6)',
  'median(ret(A), 25)',
  'sum(ret(A), 21)',
  'stdev(A, 5)',
  'stdev(ret(A), 30)',
  'zscore(A, 22)',
  'volatility(A, 20)',
  'highest(A, 8)',
  'lowest(A, 30)',
  'percentrank(A, 10)',
  'percentrank(A - B, 40)',
  'percentrank(A)',
  'drawdown(A)',
  'drawdown(A, 20)',
  'correlation(ret(A), ret(B), 20)',
  'correlation(A, B, 45)',
  'streak(ret(A) > ret(B))',
  'streak(A > sma(A, 5))',
  'barssince(ret(A) < -2%)',
  'count(ret(A) > 0, 5)',
  'count(ret(A) > 0, 30)',
  'discount(A, B)',
  'ratio(A, B)',
  'abs(ret(A))',
  'min(A, B)',
  'max(ret(A), ret(B))',
  'log(A)',
  'month()',
  'session_of_year()',
  'seasonal(mtd(A))',
  'votes(ret(A) > 0, ret(B) > 0, A > B)',
  'count(U, ret(member) > 0)',
  'share(U, ytd(member) > 0)',
  'mean(U, ret(member))',
  'median(U, member)',
  'sum(U, ret(member, 2))',
  'top(U, 2, ytd(member))',
  'sma(share(U, member > A), 5)',
  'streak(share(U, ret(member) > mean(U, ret(member))) > 50%)',
];
const CONDITIONS = [
  'A > B',
  'A <= B',
  'A == A',
  'ret(A) != ret(B)',
  'not (A > B)',
  'A > B and ret(A) > 0',
  'A > B or ret(A) > 0',
  'crossover(A, B)',
  'crossunder(A, sma(A, 5))',
  'rising(A, 2)',
  'falling(A, 3)',
  'all(U, ret(member) < 1%)',
  'any(U, ret(member) > 1%)',
  'A > 100',
  'streak(A > B) >= 2',
  'streak(ret(A) > 0) > 1.5',
  'streak(ret(A) > ret(B)) < 2',
  'streak(A > B) <= 1',
  'streak(A > B) == 0',
  'streak(crossover(A, B) or A > 90) >= -1',
];

function expressionOf(source: string): Expression {
  const { expression, diagnostics } = parse(source);
  if (expression === null) throw new Error(`${source}: ${JSON.stringify(diagnostics)}`);
  return expression;
}

/** Cent prices that wander from a seed, `gaps` percent of them missing; sometimes flat. */
function pricesFrom(seed: number, length: number, gaps: number): (number | null)[] {
  let state = seed;
  const draw = (below: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return (state >>> 8) % below;
  };
  let cents = 5_000 + draw(15_000);
  return Array.from({ length }, () => {
    const step = draw(611) - 300;
    cents = Math.max(1_000, cents + (Math.abs(step) < 30 ? 0 : step));
    return draw(100) < gaps ? null : cents / 100;
  });
}

const NAMES = ['A', 'B', ...MEMBERS];
const FIRST = '2024-11-15';

const dataArbitrary = (length: number) =>
  fc
    .record({ seed: fc.nat(), gaps: fc.constantFrom(0, 2, 8) })
    .map(({ seed, gaps }) =>
      Object.fromEntries(
        NAMES.map((name, i) => [`${name}.close`, pricesFrom(seed + i * 7_919, length, gaps)]),
      ),
    );

function snapshotFrom(series: Record<string, readonly (number | null)[]>, first = FIRST): Snapshot {
  return snapshotOf(archiveOf(market, first, series), Number.POSITIVE_INFINITY);
}

const noRules = (): Uint8Array => new Uint8Array(0);

function valuesOf(source: string, snapshot: Snapshot, range?: { from: number; to: number }): Value[] {
  const expression = expressionOf(source);
  const { from, to } = range ?? { from: 0, to: snapshot.length };
  const engine = createEngine(snapshot, noRules);
  if (CONDITIONS.includes(source)) {
    const codes = engine.conditions(expression, range).slice(from, to);
    return [...codes].map((code) => (code === 0 ? null : code === 1));
  }
  const numbers = engine.numbers(expression, range).slice(from, to);
  return [...numbers].map((value) => (Number.isNaN(value) ? null : value));
}

function definitionData(series: Record<string, readonly (number | null)[]>, snapshot: Snapshot): Data {
  const skipped = snapshot.origin - calendar.onOrAfter(FIRST);
  const columns = Object.entries(series).map(([id, values]): [string, (number | null)[]] => [
    id,
    snapshot.sessions.map((_, i) => values[i + skipped] ?? null),
  ]);
  return {
    calendar,
    sessions: snapshot.sessions,
    series: new Map(columns),
    universes: new Map([['U', MEMBERS]]),
  };
}

function expectClose(found: Value[], expected: readonly Value[]): void {
  expect(found.length).toBe(expected.length);
  found.forEach((value, t) => {
    const wanted = expected[t] ?? null;
    if (typeof value !== 'number' || typeof wanted !== 'number') expect([t, value]).toEqual([t, wanted]);
    else
      expect(Math.abs(value - wanted), `session ${t}: ${value} and ${wanted}`).toBeLessThan(
        1e-8 * (1 + Math.abs(wanted)),
      );
  });
}

describe('the engine', () => {
  it.each([...NUMBERS, ...CONDITIONS])('agrees with the definition of %s', (source) => {
    fc.assert(
      fc.property(dataArbitrary(90), (series) => {
        const snapshot = snapshotFrom(series);
        expectClose(
          valuesOf(source, snapshot),
          evaluateByDefinition(expressionOf(source), definitionData(series, snapshot)),
        );
      }),
      { numRuns: 12 },
    );
  });

  it('keeps the volatility of small moves on a high level', () => {
    const closes = [1, 3, 2, 5, 4].map((step) => 1e9 + step * 1e-3);
    const returns = closes.slice(1).map((close, i) => (close - closes[i]!) / closes[i]!);
    const mean = returns.reduce((sum, one) => sum + one, 0) / 4;
    const squares = returns.reduce((sum, one) => sum + (one - mean) ** 2, 0);
    const found = valuesOf('volatility(A, 4)', snapshotFrom({ 'A.close': closes })).at(-1) as number;
    expect(found / (Math.sqrt(squares / 3) * Math.sqrt(252))).toBeCloseTo(1, 9);
  });

  it('agrees with the definitions that need long histories', () => {
    fc.assert(
      fc.property(dataArbitrary(600), (series) => {
        const snapshot = snapshotFrom(series);
        for (const source of ['percentrank(A)', 'seasonal(mtd(A))', 'ytd(A)', 'percentrank(A, 252)']) {
          expectClose(
            valuesOf(source, snapshot),
            evaluateByDefinition(expressionOf(source), definitionData(series, snapshot)),
          );
        }
      }),
      { numRuns: 3 },
    );
  });

  it.each([...NUMBERS, ...CONDITIONS])(
    'computes one session of %s alone with the bits of the whole',
    (source) => {
      fc.assert(
        fc.property(dataArbitrary(120), fc.nat(119), fc.nat(30), (series, at, wide) => {
          const snapshot = snapshotFrom(series);
          const from = Math.min(at, snapshot.length - 1);
          const to = Math.min(snapshot.length, from + 1 + wide);
          const whole = valuesOf(source, snapshot);
          expect(valuesOf(source, snapshot, { from, to })).toEqual(whole.slice(from, to));
        }),
        { numRuns: 12 },
      );
    },
  );

  it('extends what it computed in any order with the same bits', () => {
    const ranges = fc.array(fc.tuple(fc.nat(119), fc.nat(20)), { minLength: 2, maxLength: 6 });
    fc.assert(
      fc.property(dataArbitrary(120), ranges, fc.constantFrom(...NUMBERS), (series, pieces, source) => {
        const snapshot = snapshotFrom(series);
        const whole = createEngine(snapshot, noRules).numbers(expressionOf(source));
        const engine = createEngine(snapshot, noRules);
        const expression = expressionOf(source);
        for (const [at, wide] of pieces) {
          const from = Math.min(at, snapshot.length - 1);
          const to = Math.min(snapshot.length, from + 1 + wide);
          const found = engine.numbers(expression, { from, to });
          expect([...found.slice(from, to)]).toEqual([...whole.slice(from, to)]);
        }
      }),
      { numRuns: 150 },
    );
  });

  const WINDOWED = NUMBERS.filter(
    (source) => !/ema|streak|barssince|seasonal|votes|percentrank\([^,]*\)|drawdown\(A\)/.test(source),
  );
  it.each(WINDOWED)('gives %s the same bits whatever else was loaded', (source) => {
    fc.assert(
      fc.property(dataArbitrary(140), fc.integer({ min: 1, max: 40 }), (series, cut) => {
        const later = Object.fromEntries(
          Object.entries(series).map(([id, values]) => [id, values.slice(cut)]),
        );
        const whole = snapshotFrom(series);
        const part = snapshotFrom(later, calendar.sessions[calendar.onOrAfter(FIRST) + cut]);
        const shift = part.origin - whole.origin;
        const [all, cutOff] = [valuesOf(source, whole), valuesOf(source, part)];
        cutOff.forEach((value, t) => {
          if (value !== null && !source.includes('since(')) expect([t, value]).toEqual([t, all[t + shift]]);
        });
      }),
      { numRuns: 10 },
    );
  });
});
