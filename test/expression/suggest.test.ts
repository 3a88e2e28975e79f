import { describe, expect, it } from 'vitest';
import { beginning, nearest } from '../../shared/expression/suggest.ts';

describe('nearest', () => {
  it.each([
    ['IWMM', ['SPY', 'IWM'], 'IWM'],
    ['IMW', ['SPY', 'IWM'], 'IWM'],
    ['iwm', ['SPY', 'IWM'], 'IWM'],
    ['foward_pe', ['close', 'forward_pe'], 'forward_pe'],
    ['SPX', ['SPZ', 'SPY'], 'SPY'],
    ['SPX', ['XPX', 'SPY'], 'SPY'],
    ['abc', ['ABC', 'aBc'], 'aBc'],
    ['strek', ['streak', 'stdev'], 'streak'],
    ['corelaton', ['correlation'], 'correlation'],
    ['xyz', ['IWM', 'SPY'], null],
    ['a', ['b'], null],
    ['', ['b'], null],
    ['IWM', [], null],
    ['x'.repeat(4000), ['x'.repeat(40)], null],
  ])('of %j among %j is %j', (name, candidates, expected) => {
    expect(nearest(name, candidates)).toBe(expected);
    expect(nearest(name, [...candidates].reverse())).toBe(expected);
  });
});

describe('beginning', () => {
  it.each([
    ['vol', ['volatility', 'votes'], 'volatility'],
    ['return', ['ret', 'ratio'], 'ret'],
    ['s', ['sma'], null],
    ['cross', ['crossover', 'crossunder'], null],
  ])('of %j among %j is %j', (name, candidates, expected) => {
    expect(beginning(name, candidates)).toBe(expected);
  });
});
