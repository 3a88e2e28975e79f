import { describe, expect, it } from 'vitest';
import { analyze } from '../../shared/expression/analyze.ts';
import { parse } from '../../shared/expression/parse.ts';
import { SAMPLE_SCOPE } from './sample-scope.ts';

const codes = (source: string): string[] => analyze(source, SAMPLE_SCOPE).errors.map(({ code }) => code);
const nested = (open: string, close: string, depth: number): string =>
  `${open.repeat(depth)}IWM${close.repeat(depth)}`;

describe('limits', () => {
  it('let 4,096 characters pass and no more', () => {
    const padded = (length: number): string => `IWM${' '.repeat(length - 3)}`;
    expect(codes(padded(4096))).toEqual([]);
    expect(codes(padded(4097))).toEqual(['too-long']);
    expect(codes('x'.repeat(1_000_000))).toEqual(['too-long']);
  });

  it('count characters, not the halves of a surrogate pair', () => {
    expect(codes(`"${'😀'.repeat(4094)}"`)).toEqual(['unknown-instrument']);
    expect(codes(`"${'😀'.repeat(4095)}"`)).toEqual(['too-long']);
  });

  it.each([
    ['parentheses', '(', ')'],
    ['calls', 'abs(', ')'],
    ['minuses', '-', ''],
  ])('let 64 %s nest and no more', (_, open, close) => {
    expect(codes(nested(open, close, 64))).toEqual([]);
    expect(codes(nested(open, close, 65))).toEqual(['too-deep']);
    expect(codes(nested(open, close, Math.floor(4000 / (open + close).length)))).toEqual(['too-deep']);
  });

  it('do not count the length of a sum as depth', () => {
    expect(codes(Array.from({ length: 200 }, () => 'IWM').join(' + '))).toEqual([]);
    expect(codes(`${'not '.repeat(65)} IWM > SPY`)).toEqual(['too-deep']);
  });

  it('let 500 nodes pass and no more', () => {
    const sum = (terms: number): string => Array.from({ length: terms }, () => '1').join('+');
    expect(codes(sum(250))).toEqual([]);
    expect(codes(`-${sum(250)}`)).toEqual([]);
    expect(codes(sum(251))).toEqual(['too-many-nodes']);
    expect(codes(sum(2000))).toEqual(['too-many-nodes']);
    expect(codes(`votes(${'IWM > SPY, '.repeat(200)}IWM > SPY)`)).toEqual(['too-many-nodes']);
  });

  it('leave no expression and no other error where they are passed', () => {
    const { expression, diagnostics } = parse(`${'('.repeat(100)}$`);
    expect(expression).toBe(null);
    expect(diagnostics.map(({ code }) => code)).toEqual(['too-deep', 'unexpected-character']);
  });
});
