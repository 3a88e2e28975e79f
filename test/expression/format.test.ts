import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Expression } from '../../shared/expression/ast.ts';
import { format } from '../../shared/expression/format.ts';
import { parse } from '../../shared/expression/parse.ts';
import { soundSources, syntaxTrees } from './arbitrary.ts';

/** A tree without its places, for comparison. */
function bare(expression: Expression): unknown {
  return JSON.parse(
    JSON.stringify(expression, (key, value: unknown) => (key === 'from' || key === 'to' ? 0 : value)),
  );
}

function parsed(source: string): Expression {
  const { expression, diagnostics } = parse(source);
  expect(diagnostics).toEqual([]);
  if (expression === null) throw new Error(`no expression in ${source}`);
  return expression;
}

describe('format', () => {
  it('gives text that parses to the same tree', () => {
    fc.assert(
      fc.property(syntaxTrees, (tree) => {
        expect(bare(parsed(format(tree)))).toEqual(bare(tree));
      }),
      { numRuns: 500 },
    );
  });

  it('is a fixed point on its own output', () => {
    fc.assert(
      fc.property(soundSources, (source) => {
        const canonical = format(parsed(source));
        expect(format(parsed(canonical))).toBe(canonical);
      }),
      { numRuns: 200 },
    );
  });

  it.each([
    ['ret( IWM )>ret("SPY")', 'ret(IWM) > ret(SPY)'],
    ['((IWM))', 'IWM'],
    ['"BRK.B".close > "^RUT"', '"BRK.B".close > "^RUT"'],
    ['NOT a AND b Or c', 'not a and b or c'],
    ['not (a and b)', 'not (a and b)'],
    ['(not a) and b', 'not a and b'],
    ['not (a > b)', 'not a > b'],
    ['(a or b) and c', '(a or b) and c'],
    ['a or (b and c)', 'a or b and c'],
    ['a or (b or c)', 'a or (b or c)'],
    ['(a or b) or c', 'a or b or c'],
    ['a-(b-c)', 'a - (b - c)'],
    ['(a-b)-c', 'a - b - c'],
    ['a*(b/c)', 'a * (b / c)'],
    ['(a+b)*c', '(a + b) * c'],
    ['-(a+b)', '-(a + b)'],
    ['-(a*b)', '-(a * b)'],
    ['(-a)*b', '-a * b'],
    ['- - a', '--a'],
    ['a - -b', 'a - -b'],
    ['(a > b) == (c > d)', '(a > b) == (c > d)'],
    ['.250', '0.25'],
    ['2.5E-3', '0.0025'],
    ['1e21', '1e21'],
    ['1e-7', '1e-7'],
    ['30%', '30%'],
    ['025bp', '25bp'],
    ['since(IWM,2025-12-31)', 'since(IWM, 2025-12-31)'],
    ['2025 -12-31', '2025 - 12 - 31'],
    ['firing(rotation)', 'firing("rotation")'],
    ['"and" > "member"', '"and" > "member"'],
    ['month()', 'month()'],
    ['IWM\r\n  > SPY', 'IWM > SPY'],
    ['IWM . close', 'IWM.close'],
    ['X.and > X.OR', 'X.and > X.OR'],
  ])('writes %j as %j', (source, canonical) => {
    expect(format(parsed(source))).toBe(canonical);
  });
});
