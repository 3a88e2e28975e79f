import { describe, expect, it } from 'vitest';
import { analyze } from '../../shared/expression/analyze.ts';
import { parse } from '../../shared/expression/parse.ts';
import { SAMPLE_SCOPE } from './sample-scope.ts';

function errorsOf(source: string): string[] {
  return parse(source).diagnostics.map(({ code, line, column }) => `${code} ${line}:${column}`);
}

describe('parse', () => {
  it.each([
    ['7', { kind: 'number', mantissa: 7, suffix: '', value: 7, from: 0, to: 1 }],
    ['.25', { kind: 'number', mantissa: 0.25, suffix: '', value: 0.25, from: 0, to: 3 }],
    ['2.5e-3', { kind: 'number', mantissa: 0.0025, suffix: '', value: 0.0025, from: 0, to: 6 }],
    ['30%', { kind: 'number', mantissa: 30, suffix: '%', value: 0.3, from: 0, to: 3 }],
    ['25bp', { kind: 'number', mantissa: 25, suffix: 'bp', value: 0.0025, from: 0, to: 4 }],
    ['2025-12-31', { kind: 'date', date: '2025-12-31', from: 0, to: 10 }],
    ['IWM', { kind: 'name', name: 'IWM', quoted: false, field: null, from: 0, to: 3 }],
    ['"IWM"', { kind: 'name', name: 'IWM', quoted: false, field: null, from: 0, to: 5 }],
    ['"BRK.B".close', { kind: 'name', name: 'BRK.B', quoted: true, field: 'close', from: 0, to: 13 }],
  ])('reads %s', (source, tree) => {
    expect(parse(source)).toEqual({ expression: tree, diagnostics: [] });
  });

  it.each([
    ['2025-12-311', '2025 - 12 - 311'],
    ['12025-12-31', '12025 - 12 - 31'],
    ['2025-1-31', '2025 - 1 - 31'],
    ['1-2', '1 - 2'],
    ['2025 - 12-31', '2025 - 12 - 31'],
  ])('reads %s as a subtraction', (source) => {
    expect(parse(source).expression?.kind).toBe('binary');
  });

  it('reads keywords in any case and nothing else so', () => {
    expect(parse('a AND NOT b Or c').diagnostics).toEqual([]);
    expect(analyze('iwm > SPY', SAMPLE_SCOPE).errors.length).toBe(1);
  });

  it.each([
    ['', ['empty-expression 1:1']],
    [' \r\n\t', ['empty-expression 1:1']],
    ['IWM >', ['missing-operand 1:6']],
    ['> IWM', ['missing-operand 1:1']],
    ['IWM > > SPY', ['missing-operand 1:7']],
    ['IWM * / SPY', ['missing-operand 1:7']],
    ['a and and b', ['missing-operand 1:7']],
    ['()', ['missing-operand 1:2']],
    ['ret(,5)', ['missing-operand 1:5']],
    ['ret(IWM,)', ['missing-operand 1:9']],
    [',', ['missing-operand 1:1']],
    ['.x', ['missing-operand 1:1']],
    ['IWM SPY', ['missing-operator 1:5']],
    ['IWM "SPY"', ['missing-operator 1:5']],
    ['(IWM)(SPY)', ['missing-operator 1:6']],
    ['IWM.close(5)', ['missing-operator 1:10']],
    ['IWM.close.x', ['unexpected-token 1:10']],
    ['IWM, SPY', ['unexpected-token 1:4']],
    ['(IWM, SPY)', ['unexpected-token 1:5']],
    ['IWM > SPY)', ['unexpected-parenthesis 1:10']],
    ['((IWM)', ['missing-parenthesis 1:7']],
    ['ret(sma(IWM, 5', ['missing-parenthesis 1:15']],
    ['IWM.', ['missing-field 1:4']],
    ['IWM. > SPY', ['missing-field 1:4']],
    ['IWM = SPY', ['wrong-operator 1:5']],
    ['a && b || !c', ['wrong-operator 1:3', 'wrong-operator 1:8', 'wrong-operator 1:11']],
    ['a < b < c', ['chained-comparison 1:7']],
    ['a < b < c < d', ['chained-comparison 1:7']],
    ['"BRK.B', ['unterminated-quote 1:1']],
    ['""', ['empty-name 1:1']],
    ['7. > IWM', ['malformed-number 1:1']],
    ['1.2.3', ['malformed-number 1:1']],
    ['30 %', ['number-suffix 1:1']],
    ['1e400', ['number-too-large 1:1']],
    ['2025-02-30', ['invalid-date 1:1']],
    ['2025-13-01', ['invalid-date 1:1']],
    ['2028-01-03', ['date-out-of-calendar 1:1']],
    ['IWM $ SPY', ['unexpected-character 1:5']],
    ['IWM \u0000\u0001 SPY', ['unexpected-character 1:5']],
    ['$$$', ['unexpected-character 1:1']],
    ['+IWM', ['missing-operand 1:1']],
    ['IWM\n  >\n', ['missing-operand 3:1']],
    ['IWM\r\n> SPY $', ['unexpected-character 2:7']],
    ['"😀" $', ['unexpected-character 1:5']],
    [
      'IWM = SPY and ret(, 3) < 4 and $',
      ['wrong-operator 1:5', 'missing-operand 1:19', 'unexpected-character 1:32'],
    ],
  ])('tells each mistake of %j once', (source, expected) => {
    expect(errorsOf(source)).toEqual(expected);
    expect(parse(source).expression).toBe(null);
  });
});

describe('corrections of syntax', () => {
  it.each([
    ['1 < ret(IWM) < 2', '1 < ret(IWM) and ret(IWM) < 2'],
    ['1<ret(IWM)<2', '1<ret(IWM) and ret(IWM) <2'],
    ['not 1 < ret(IWM) < 2', 'not (1 < ret(IWM) and ret(IWM) < 2)'],
    ['IWM > SPY > QQQ > IWM', 'IWM > SPY and SPY > QQQ and QQQ > IWM'],
    ['IWM = SPY', 'IWM == SPY'],
    ['IWM === SPY', 'IWM == SPY'],
    ['IWM <> SPY', 'IWM != SPY'],
    ['IWM !== SPY', 'IWM != SPY'],
    ['IWM =< SPY', 'IWM <= SPY'],
    ['IWM => SPY', 'IWM >= SPY'],
    ['IWM ≥ SPY', 'IWM >= SPY'],
    ['IWM>SPY&&SPY>QQQ', 'IWM>SPY and SPY>QQQ'],
    ['IWM > SPY || SPY > QQQ', 'IWM > SPY or SPY > QQQ'],
    ['!(IWM > SPY)', 'not (IWM > SPY)'],
    ['IWM > SPY adn SPY > QQQ', 'IWM > SPY and SPY > QQQ'],
    ['ret(IWM', 'ret(IWM)'],
    ['(ret(IWM) > ret(SPY', '(ret(IWM) > ret(SPY))'],
    ['streak(ret(IWM) > ret(SPY) >= 7', 'streak(ret(IWM) > ret(SPY)) >= 7'],
    ['sma(IWM, 5 > SPY', 'sma(IWM, 5) > SPY'],
    ['ret(IWM)) > 5%', 'ret(IWM) > 5%'],
    ['ret(IWM,)', 'ret(IWM)'],
    ['ret(IWM) > 7 %', 'ret(IWM) > 7%'],
    ['ret(IWM) > 25 bp', 'ret(IWM) > 25bp'],
    ['ret(IWM) > 25bps', 'ret(IWM) > 25bp'],
    ['ret(IWM) > 3 percent', 'ret(IWM) > 3%'],
    ['IWM > = SPY', 'IWM >= SPY'],
    ['IWM ! = SPY', 'IWM != SPY'],
    ['sma(IWM, n=5) > SPY', 'sma(IWM, 5) > SPY'],
    ['vol(IWM, 20) > 30', 'volatility(IWM, 20) > 30%'],
    ['ret(IWM) > 2.', 'ret(IWM) > 2'],
    ['ret("BRK.B)', 'ret("BRK.B")'],
    ['"^RUT > SPY', '"^RUT" > SPY'],
    ['^RUT > SPY', '"^RUT" > SPY'],
    ["'BRK.B' > SPY", '"BRK.B" > SPY'],
    ['“BRK.B” > SPY', '"BRK.B" > SPY'],
    ['IWM. > SPY', 'IWM.close > SPY'],
    ['2 ret(IWM)', '2 * ret(IWM)'],
    ['2\u00a0ret(IWM)', '2 * ret(IWM)'],
    ['ret(IWM) > 1% ;', 'ret(IWM) > 1% '],
    ['+ret(IWM)', 'ret(IWM)'],
    ['since(IWM, 2025-02-30)', 'since(IWM, 2025-02-28)'],
    ['IWM\u00a0> SPY', 'IWM > SPY'],
    [
      'discount(SP600.foward_pe, SP500.forward_pe) = 30 and 1 < ret(IWMM) < 2',
      'discount(SP600.forward_pe, SP500.forward_pe) == 30% and 1 < ret(IWM) and ret(IWM) < 2',
    ],
  ])('%j becomes %j', (source, fix) => {
    const { errors } = analyze(source, SAMPLE_SCOPE);
    expect(errors.length).toBeGreaterThan(0);
    for (const error of errors) expect(error.fix?.replace(/ {2,}/g, ' ')).toBe(fix);
  });

  it.each([
    'IWM >',
    'IWM SPY',
    '5 % 2',
    '1e400 > ret(IWM)',
    '()',
    '$',
    'since(IWM, 2025-13-01)',
    'IWM = ret(SPY)',
    '1 2',
    '1;2',
    '1 ^ 2',
    '1 $ $ 2 > 1',
    '1 ; -2',
    '2 ; ret(IWM)',
    'ret(IWM) > 1% ; not ret(SPY) > 2%',
  ])('%j has none', (source) => {
    for (const { fix } of analyze(source, SAMPLE_SCOPE).errors) expect(fix).toBe(null);
  });
});
