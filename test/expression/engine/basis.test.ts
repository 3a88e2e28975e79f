import { describe, expect, it } from 'vitest';
import { createEngine } from '../../../shared/expression/engine.ts';
import { parse } from '../../../shared/expression/parse.ts';
import { reads } from '../../../shared/expression/reads.ts';
import type { Market } from '../../../shared/series/market.ts';
import type { Snapshot } from '../../../shared/series/snapshot.ts';
import { snapshotOf } from '../../../shared/series/snapshot-of.ts';
import { archiveOf, calendar, marketOf, priced, withField } from '../../support/archive-of.ts';

const NOTHING = (): Uint8Array => new Uint8Array(0);

function expressionOf(source: string) {
  const { expression } = parse(source);
  if (expression === null) throw new Error(source);
  return expression;
}

function numbers(source: string, snapshot: Snapshot): (number | null)[] {
  const found = createEngine(snapshot, NOTHING).numbers(expressionOf(source));
  return [...found].map((value) => (Number.isNaN(value) ? null : Number(value.toPrecision(12))));
}

function codes(source: string, snapshot: Snapshot): number[] {
  return [...createEngine(snapshot, NOTHING).conditions(expressionOf(source))];
}

function everything(
  market: Market,
  series: Readonly<Record<string, readonly (number | null)[]>>,
  first = '2025-03-03',
): Snapshot {
  return snapshotOf(archiveOf(market, first, series), Number.POSITIVE_INFINITY);
}

const ab = marketOf([priced('A'), priced('B')]);

describe('a split', () => {
  const series = {
    'A.close': [90, 93, 31, 32],
    'A.split': [null, null, 3, null],
    'B.close': [10, 10, 10, 10],
  };

  it('leaves returns across it whole', () => {
    expect(numbers('ret(A)', everything(ab, series))).toEqual([null, 0.0333333333333, 0, 0.0322580645161]);
  });

  it('brings earlier closes to the latest basis where a price stands for itself', () => {
    expect(numbers('A', everything(ab, series))).toEqual([30, 31, 31, 32]);
    expect(codes('A > 30.5', everything(ab, series))).toEqual([2, 1, 1, 1]);
    expect(numbers('A / B', everything(ab, series))).toEqual([3, 3.1, 3.1, 3.2]);
  });

  it('changes what was known before it only where the basis does not cancel', () => {
    const archive = archiveOf(ab, '2025-03-03', series);
    const before = snapshotOf(archive, calendar.close('2025-03-04'));
    expect(numbers('A', before)).toEqual([90, 93]);
    expect(codes('A > 90.5', before)).toEqual([2, 1]);
    for (const source of ['ret(A)', 'A / lag(A, 1)', 'zscore(A, 2)', 'A - A']) {
      const later = numbers(source, everything(ab, series));
      expect(numbers(source, before), source).toEqual(later.slice(0, 2));
    }
  });

  it.each([
    ['A > 5', ['A']],
    ['A > B', ['A', 'B']],
    ['A > sma(A, 5)', []],
    ['A > 0', []],
    ['ret(A) > ret(B)', []],
    ['ratio(A, B)', ['A', 'B']],
    ['zscore(A / B, 20)', []],
    ['zscore(A + B, 20)', ['A', 'B']],
    ['log(A)', ['A']],
    ['streak(A > 3)', ['A']],
    ['correlation(A, B, 20)', []],
    ['discount(A, B)', ['A', 'B']],
    ['discount(A, lag(A, 5))', []],
    ['sma(A, 3)', ['A']],
  ])('matters to %s through %j', (source, expected) => {
    expect(reads(expressionOf(source), ab).latestBasis).toEqual(expected);
  });
});

describe('a break', () => {
  const closes = [100, 101, 102, 50, 51, 52, 53, 54];
  const series = { 'A.close': closes, 'B.close': closes.map(() => 10) };

  it('keeps both sides and computes nothing across it', () => {
    const snapshot = everything(ab, series);
    expect(numbers('A', snapshot)).toEqual(closes);
    expect(numbers('ret(A)', snapshot)).toEqual([
      null,
      0.01,
      0.00990099009901,
      null,
      0.02,
      0.0196078431373,
      0.0192307692308,
      0.0188679245283,
    ]);
    expect(numbers('sma(A, 3)', snapshot)).toEqual([null, null, 101, null, null, 51, 52, 53]);
    expect(numbers('ytd(A)', snapshot)).toEqual(closes.map(() => null));
  });

  it('makes functions over all history start again', () => {
    const snapshot = everything(ab, series);
    expect(numbers('drawdown(A)', snapshot)).toEqual([0, 0, 0, 0, 0, 0, 0, 0]);
    expect(numbers('streak(A > 1)', snapshot)).toEqual([1, 2, 3, 1, 2, 3, 4, 5]);
    expect(numbers('barssince(A < 101)', snapshot)).toEqual([0, 1, 2, 0, 0, 0, 0, 0]);
    expect(numbers('streak(ret(A) > ret(B))', snapshot)).toEqual([null, 1, 2, null, 1, 2, 3, 4]);
    expect(numbers('ema(A, 2)', snapshot)).toEqual([null, 100.5, 101.5, null, 50.5, 51.5, 52.5, 53.5]);
  });

  it('ends at the door of an aggregation over members', () => {
    const U = { id: 'U', name: 'U', members: ['A', 'B'], coverage: 0.5 };
    const market = marketOf([priced('A'), priced('B')], { universes: new Map([['U', U]]) });
    const snapshot = everything(market, series);
    expect(numbers('count(U, ret(member) > 0)', snapshot)).toEqual([null, 1, 1, 0, 1, 1, 1, 1]);
    expect(numbers('streak(share(U, ret(member) >= 0) > 0)', snapshot)).toEqual([null, 1, 2, 3, 4, 5, 6, 7]);
  });
});

describe('events, levels and portfolios', () => {
  const fomc = withField('FOMC', 'change_bp', { kind: 'event', unit: 'bp', staleAfter: null });
  const pe = withField('S', 'pe', { kind: 'level', unit: 'multiple', staleAfter: 2 });

  it('streaks over an event count its own dates only', () => {
    const market = marketOf([fomc, priced('A')]);
    const series = {
      'A.close': [1, 1, 1, 1, 1, 1, 1],
      'FOMC.change_bp': [null, -25, null, -25, null, 0, null],
    };
    const snapshot = everything(market, series);
    expect(numbers('streak(FOMC.change_bp < 0)', snapshot)).toEqual([null, 1, 1, 2, 2, 0, 0]);
    expect(numbers('count(FOMC.change_bp < 0, 3)', snapshot)).toEqual([null, null, null, 2, 1, 1, 0]);
  });

  it('carries a level until it is stale', () => {
    const market = marketOf([pe, priced('A')]);
    const snapshot = everything(market, { 'A.close': [1, 1, 1, 1, 1], 'S.pe': [15, null, null, null, null] });
    expect(numbers('S.pe', snapshot)).toEqual([15, 15, 15, null, null]);
  });

  it('weighs a portfolio with the shares that later splits make of it', () => {
    const U = { id: 'U', name: 'U', members: ['B'], coverage: 1 };
    const P = {
      id: 'P',
      asOf: '2025-03-04',
      holdings: new Map([
        ['A', 10],
        ['B', 5],
      ]),
    };
    const market = marketOf([priced('A'), priced('B')], {
      universes: new Map([['U', U]]),
      portfolios: new Map([['P', P]]),
    });
    const snapshot = everything(market, {
      'A.close': [10, 10, 10, null],
      'B.close': [20, 20, 10, 10],
      'B.split': [null, null, 2, null],
    });
    expect(numbers('weight(P, U)', snapshot)).toEqual([0.5, 0.5, 0.5, null]);
  });

  it('reads the states of another rule', () => {
    const snapshot = everything(ab, { 'A.close': [1, 1, 1] });
    const engine = createEngine(snapshot, () => Uint8Array.of(0, 1, 2));
    expect([...engine.conditions(expressionOf('firing("other")'))]).toEqual([0, 1, 2]);
    expect([...engine.numbers(expressionOf('votes(firing("other"), A > 0)'))]).toEqual([1, 2, 1]);
  });
});
