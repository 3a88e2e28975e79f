import { describe, expect, it } from 'vitest';
import { analyze } from '../../shared/expression/analyze.ts';
import { check } from '../../shared/expression/check.ts';
import { parse } from '../../shared/expression/parse.ts';
import { SAMPLE_SCOPE } from './sample-scope.ts';

const PE = 'SP600.forward_pe, SP500.forward_pe';

function typeOf(source: string): string {
  const { errors, type } = analyze(source, SAMPLE_SCOPE);
  expect(errors.map(({ message }) => message)).toEqual([]);
  return type?.kind === 'number' ? type.unit : (type?.kind ?? 'none');
}

/** Code and column of every error. */
function errorsOf(source: string): string[] {
  return analyze(source, SAMPLE_SCOPE).errors.map(({ code, line, column }) => `${code} ${line}:${column}`);
}

describe('types and units', () => {
  it.each([
    ['IWM', 'price'],
    ['IWM.volume', 'number'],
    ['7', 'number'],
    ['30%', 'ratio'],
    ['25bp', 'ratio'],
    ['FED.target_upper', 'ratio'],
    ['FOMC.change_bp', 'ratio'],
    ['SP600.forward_pe', 'multiple'],
    ['IWM + SPY', 'price'],
    ['IWM + 1', 'price'],
    ['1 - IWM', 'price'],
    ['ret(IWM) + 2', 'ratio'],
    ['IWM / SPY', 'ratio'],
    ['7 / 2', 'number'],
    ['streak(IWM > SPY) / streak(SPY > IWM)', 'ratio'],
    ['ret(IWM) * IWM', 'price'],
    ['IWM * 30%', 'price'],
    ['SP600.forward_pe / ret(IWM)', 'multiple'],
    ['IWM / 2', 'price'],
    ['2 * IWM', 'price'],
    ['2 * ret(IWM)', 'ratio'],
    ['2 / ret(IWM)', 'number'],
    ['2 / IWM', 'ratio'],
    ['ret(IWM) / ret(SPY)', 'ratio'],
    ['ret(IWM) / 2', 'ratio'],
    ['-ret(IWM)', 'ratio'],
    ['log(IWM)', 'number'],
    ['zscore(IWM, 20)', 'number'],
    ['volatility(IWM, 20)', 'ratio'],
    ['correlation(IWM, SP600.forward_pe, 60)', 'ratio'],
    ['change(IWM)', 'price'],
    ['sma(SP600.forward_pe, 5)', 'multiple'],
    ['seasonal(mtd(IWM))', 'ratio'],
    ['percentrank(IWM)', 'ratio'],
    ['percentrank(IWM, 5000)', 'ratio'],
    ['drawdown(IWM, 1)', 'ratio'],
    ['streak(IWM > SPY)', 'sessions'],
    ['barssince(IWM > SPY)', 'sessions'],
    ['count(IWM > SPY, 5)', 'sessions'],
    ['count(MAG7, member > SPY)', 'number'],
    ['share(SP500_MEMBERS, ytd(member) > 0)', 'ratio'],
    ['all(MAG7, ytd(member) < 0)', 'condition'],
    ['mean(MAG7, member)', 'price'],
    ['median(MAG7, ret(member))', 'ratio'],
    ['median(IWM, 5)', 'price'],
    ['sum(MAG7, member.volume)', 'number'],
    ['sum(ret(IWM), 5)', 'ratio'],
    ['top(MAG7, 3, member.close)', 'price'],
    ['weight(MY_PORTFOLIO, MAG7)', 'ratio'],
    ['votes(IWM > SPY, firing("rotation"))', 'number'],
    ['month()', 'number'],
    ['session_of_year()', 'number'],
    ['max(IWM, 3, SPY)', 'price'],
    ['min(2, ret(IWM))', 'ratio'],
    [`discount(${PE})`, 'ratio'],
    ['ratio(1, 2)', 'ratio'],
    ['crossover(IWM, sma(IWM, 5))', 'condition'],
    ['rising(IWM, 3) or not falling(IWM, 3)', 'condition'],
    ['since(IWM, 2025-12-31) > 10%', 'condition'],
    ['count(MAG7, share(TRIO, member > SPY) > 50%)', 'number'],
    ['"member" > "and"', 'condition'],
    ['"BRK.B".close > "^RUT"', 'condition'],
    ['streak(ret(IWM) > ret(SPY)) >= 7', 'condition'],
    ['zscore(IWM, 20) > 3', 'condition'],
    ['ret(IWM) * 5 > 2', 'condition'],
    ['ret(IWM) > 2.99', 'condition'],
    ['ret(IWM) > 3 + 1', 'condition'],
  ])('%s is a %s', (source, expected) => {
    expect(typeOf(source)).toBe(expected);
  });

  it.each([
    ['IWM > ret(SPY)', 'unit-mismatch 1:5', 'a price and a ratio'],
    ['IWM + SP600.forward_pe', 'unit-mismatch 1:5', 'a price and a multiple'],
    ['IWM * SPY', 'unit-mismatch 1:5', 'a price multiplied by a price'],
    ['ret(IWM) / SPY', 'unit-mismatch 1:10', 'a ratio divided by a price'],
    ['streak(IWM > SPY) > 30%', 'unit-mismatch 1:19', 'a number of sessions and a ratio'],
    ['discount(IWM, SP500.forward_pe)', 'unit-mismatch 1:15', 'a price and a multiple'],
    ['min(IWM, 2, ret(SPY))', 'unit-mismatch 1:13', 'a price and a ratio'],
    ['crossover(IWM, ret(SPY))', 'unit-mismatch 1:16', 'a price and a ratio'],
    ['(IWM) > (ret(SPY))', 'unit-mismatch 1:7', 'a price and a ratio'],
  ])('%s is an error that names both units', (source, expected, words) => {
    expect(errorsOf(source)).toEqual([expected]);
    expect(analyze(source, SAMPLE_SCOPE).errors[0]?.message).toContain(words);
  });

  it.each([
    ['MAG7', 'wrong-type 1:1'],
    ['MY_PORTFOLIO', 'wrong-type 1:1'],
    ['2025-12-31', 'wrong-type 1:1'],
    ['streak(IWM)', 'wrong-type 1:8'],
    ['sma(IWM > SPY, 5)', 'wrong-type 1:5'],
    ['not ret(IWM)', 'wrong-type 1:5'],
    ['-(IWM > SPY)', 'wrong-type 1:3'],
    ['(IWM > SPY) == (SPY > IWM)', 'wrong-type 1:2'],
    ['IWM > SPY and 3', 'wrong-type 1:15'],
    ['MAG7 > 3', 'wrong-type 1:1'],
    ['MAG7.close > 3', 'wrong-type 1:1'],
    ['ret(2025-12-31)', 'wrong-type 1:5'],
    ['since(IWM, 5)', 'wrong-type 1:12'],
    ['since(IWM, SPY)', 'wrong-type 1:12'],
    ['share(IWM, member > SPY)', 'wrong-type 1:7'],
    ['count(IWM, member > SPY)', 'wrong-type 1:7'],
    ['share(MAG7, member)', 'wrong-type 1:13'],
    ['mean(MAG7, member > SPY)', 'wrong-type 1:12'],
    ['firing(IWM > SPY)', 'wrong-type 1:8'],
    ['votes(ret(IWM))', 'wrong-type 1:7'],
    ['sma(IWM)', 'argument-count 1:1'],
    ['ret()', 'argument-count 1:1'],
    ['month(IWM)', 'argument-count 1:1'],
    ['min(IWM)', 'argument-count 1:1'],
    ['votes()', 'argument-count 1:1'],
    ['count(MAG7)', 'argument-count 1:1'],
    ['sma(IWM, 0)', 'invalid-window 1:10'],
    ['sma(IWM, 5001)', 'invalid-window 1:10'],
    ['sma(IWM, 2.5)', 'invalid-window 1:10'],
    ['sma(IWM, 5%)', 'invalid-window 1:10'],
    ['sma(IWM, -5)', 'invalid-window 1:10'],
    ['sma(IWM, month())', 'invalid-window 1:10'],
    ['top(MAG7, 0, member)', 'invalid-window 1:11'],
    ['member > SPY', 'member-outside 1:1'],
    ['count(ytd(member) > 0, 5)', 'member-outside 1:11'],
    ['share(MAG7, ytd(member) > 0) > ret(member)', 'member-outside 1:36'],
  ])('%s is refused', (source, expected) => {
    expect(errorsOf(source)[0]).toBe(expected);
    expect(analyze(source, SAMPLE_SCOPE).type).toBe(null);
  });
});

describe('names', () => {
  it.each([
    ['ret(IWMM)', 'unknown-instrument 1:5', 'ret(IWM)'],
    ['ret(iwm)', 'unknown-instrument 1:5', 'ret(IWM)'],
    ['ret((iwm))', 'unknown-instrument 1:6', 'ret((IWM))'],
    ['ret("BKR.B")', 'unknown-instrument 1:5', 'ret("BRK.B")'],
    ['ret(BRK.B)', 'unknown-instrument 1:5', 'ret("BRK.B")'],
    ['ret("IWM.close")', 'unknown-instrument 1:5', 'ret(IWM.close)'],
    ['SP60.forward_pe', 'unknown-instrument 1:1', 'SP600.forward_pe'],
    ['SP600.foward_pe', 'unknown-field 1:7', 'SP600.forward_pe'],
    ['SP600.Forward_PE', 'unknown-field 1:7', 'SP600.forward_pe'],
    ['FED', 'unknown-field 1:1', 'FED.target_upper'],
    ['rte(IWM)', 'unknown-function 1:1', 'ret(IWM)'],
    ['RET(IWM)', 'unknown-function 1:1', 'ret(IWM)'],
    ['shares(MAG7, ytd(member) > 0)', 'unknown-function 1:1', 'share(MAG7, ytd(member) > 0)'],
    ['share(MAG, ytd(member) > 0)', 'unknown-universe 1:7', 'share(MAG7, ytd(member) > 0)'],
    ['count(mag7, ytd(member) > 0)', 'unknown-universe 1:7', 'count(MAG7, ytd(member) > 0)'],
    ['weight(MY_PORTFOLI, MAG7)', 'unknown-portfolio 1:8', 'weight(MY_PORTFOLIO, MAG7)'],
    ['firing("rotatoin")', 'unknown-rule 1:8', 'firing("rotation")'],
    ['firing(small-cap-streak)', 'wrong-type 1:8', 'firing("small-cap-streak")'],
    ['mean(MAG7, member.clsoe)', 'unknown-field 1:19', 'mean(MAG7, member.close)'],
    ['month == 1', 'unknown-instrument 1:1', 'month() == 1'],
    ['since(IWM, "2025-12-31")', 'wrong-type 1:12', 'since(IWM, 2025-12-31)'],
    ['since(IWM, 2025-1-2)', 'wrong-type 1:12', 'since(IWM, 2025-01-02)'],
    ['__proto__', 'unknown-instrument 1:1', null],
    ['constructor(IWM)', 'unknown-function 1:1', null],
    ['toString()', 'unknown-function 1:1', null],
    ['IWM.constructor', 'unknown-field 1:5', null],
    ['firing("__proto__")', 'unknown-rule 1:8', null],
    ['"\u0000"', 'unknown-instrument 1:1', null],
    ['"\ud800"', 'unknown-instrument 1:1', null],
    ['zzzzzz', 'unknown-instrument 1:1', null],
  ])('%j is unknown and corrected to the nearest', (source, expected, fix) => {
    expect(errorsOf(source)).toEqual([expected]);
    expect(analyze(source, SAMPLE_SCOPE).errors[0]?.fix).toBe(fix);
  });

  it('are all told at once, with one correction of all', () => {
    const source = 'ret(IWMM) > rett(SPY) and\n  share(MAG, ytd(membr) > 30) > 60';
    const { errors } = analyze(source, SAMPLE_SCOPE);
    expect(errors.map(({ code, line, column }) => `${code} ${line}:${column}`)).toEqual([
      'unknown-instrument 1:5',
      'unknown-function 1:13',
      'unknown-universe 2:9',
      'unknown-instrument 2:18',
      'percent-literal 2:27',
      'percent-literal 2:33',
    ]);
  });

  it('share one correction where every mistake has one', () => {
    const source = 'ret(IWMM) > 5 and rte(SPY) = 3%';
    const fixes = new Set(analyze(source, SAMPLE_SCOPE).errors.map(({ fix }) => fix));
    expect([...fixes]).toEqual(['ret(IWM) > 5% and ret(SPY) == 3%']);
  });

  it('have no correction where one mistake has none', () => {
    const fixes = analyze('ret(IWMM) > 5 and streak(IWM) > 3', SAMPLE_SCOPE).errors.map(({ fix }) => fix);
    expect(fixes).toEqual([null, null, null]);
  });
});

describe('a bare number against a ratio', () => {
  it.each([
    [`discount(${PE}) > 30`, `discount(${PE}) > 30%`],
    [`30 < discount(${PE})`, `30% < discount(${PE})`],
    ['ret(IWM) < -6', 'ret(IWM) < -6%'],
    ['-6 > ret(IWM)', '-6% > ret(IWM)'],
    ['ret(IWM) <= -(6)', 'ret(IWM) <= -(6%)'],
    ['ret(IWM) == ( 3 )', 'ret(IWM) == ( 3% )'],
    ['ret(IWM) + 5', 'ret(IWM) + 5%'],
    ['5 - ret(IWM)', '5% - ret(IWM)'],
    ['ret(IWM) != 3.0', 'ret(IWM) != 3.0%'],
    ['crossover(ret(IWM), 3)', 'crossover(ret(IWM), 3%)'],
    ['FED.target_upper >= 3.75', 'FED.target_upper >= 3.75%'],
  ])('%s is an error that offers %s', (source, fix) => {
    const { errors } = analyze(source, SAMPLE_SCOPE);
    expect(errors.map((error) => [error.code, error.fix])).toEqual([['percent-literal', fix]]);
  });
});

describe('the lint of price levels', () => {
  const warned = (source: string): string[] =>
    analyze(source, SAMPLE_SCOPE).warnings.map(({ code, line, column }) => `${code} ${line}:${column}`);

  it.each([
    'IWM > 200',
    '200 > IWM',
    'IWM.total_return > 5 * 40',
    'sma(IWM, 5) > 200',
    'crossover(IWM, 200)',
  ])('warns of %s', (source) => {
    expect(warned(source)).toEqual(['price-level 1:1']);
    expect(analyze(source, SAMPLE_SCOPE).errors).toEqual([]);
  });

  it.each([
    'IWM > SPY',
    'change(IWM) > 0',
    'ret(IWM) > 2',
    'IWM.volume > 1e6',
    'IWM > 1.1 * SPY',
    'IWM / SPY > 2',
  ])('says nothing of %s', (source) => {
    expect(warned(source)).toEqual([]);
  });
});

describe('check', () => {
  it('answers for a parsed expression as analyze does for its source', () => {
    const source = 'ret(IWMM) > 5';
    const { expression } = parse(source);
    if (expression === null) throw new Error(source);
    expect(check(expression, SAMPLE_SCOPE, source).diagnostics).toEqual(analyze(source, SAMPLE_SCOPE).errors);
  });
});
