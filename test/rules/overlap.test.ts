import { describe, expect, it } from 'vitest';
import { analyze } from '../../shared/expression/analyze.ts';
import type { Expression } from '../../shared/expression/ast.ts';
import { canBothBeTrue } from '../../shared/rules/overlap.ts';
import { sampleMarket } from './market.ts';

const scope = { market: sampleMarket(), rules: new Set<string>() };

function parsed(source: string): Expression {
  const { expression, errors } = analyze(source, scope);
  if (expression === null) throw new Error(`${source}: ${errors[0]?.message}`);
  return expression;
}

describe('two conditions', () => {
  it.each([
    ['streak(ret(IWM) > ret(SPY)) >= 7', 'streak(ret(IWM) > ret(SPY)) == 0'],
    ['streak(ret(IWM) > ret(SPY)) > 6', 'streak(ret(IWM) > ret(SPY)) < 7'],
    ['streak(ret(IWM) > ret(SPY)) >= 7', 'ret(IWM) <= ret(SPY)'],
    ['streak(ret(IWM) > ret(SPY)) >= 7', 'not ret(SPY) < ret(IWM)'],
    ['ret(IWM) > 2%', 'ret(IWM) < 1%'],
    ['ret(IWM) >= 2%', '2% > ret(IWM)'],
    ['ret(IWM, 231) > ret(SPY, 231)', 'ret(IWM, 231) - ret(SPY, 231) < -2%'],
    ['ret(SPY) - ret(IWM) > 2%', 'ret(IWM) - ret(SPY) > -1%'],
    ['crossover(IWM, SPY)', 'IWM < SPY'],
    ['ret(IWM) > 0 and ret(SPY) > 0', 'ret(SPY) < 0'],
    ['all(DUO, ytd(member) < 0)', 'not all(DUO, ytd(member) < 0)'],
    ['ret(IWM) == 0', 'ret(IWM) != 0'],
  ])('exclude each other: %s; %s', (when, resolve) => {
    expect(canBothBeTrue(parsed(when), parsed(resolve))).toBe(false);
    expect(canBothBeTrue(parsed(resolve), parsed(when))).toBe(false);
  });

  it.each([
    ['ret(IWM) > 1%', 'ret(IWM) < 2%'],
    ['ret(IWM) >= 1%', 'ret(IWM) <= 1%'],
    ['ret(IWM) > 1%', 'ret(IWM) > 1%'],
    ['streak(ret(IWM) > 0) >= 7', 'streak(ret(IWM) > 0) < 8'],
    ['ret(IWM) > 0', 'ret(SPY) < 0'],
    ['ret(SPY) - ret(IWM) > 2%', 'ret(IWM) - ret(SPY) > -3%'],
    ['ret(IWM) > 0 or ret(SPY) > 0', 'ret(SPY) < 0'],
    ['all(DUO, ytd(member) < 0)', 'month() == 1'],
    ['ret(IWM) != 0', 'ret(IWM) != 1%'],
  ])('can both be true: %s; %s', (when, resolve) => {
    expect(canBothBeTrue(parsed(when), parsed(resolve))).toBe(true);
    expect(canBothBeTrue(parsed(resolve), parsed(when))).toBe(true);
  });

  it('of too many parts are left to history', () => {
    const many = Array.from({ length: 12 }, (_, n) => `ret(IWM, ${n + 1}) > 0`).join(' and ');
    expect(canBothBeTrue(parsed(many), parsed('ret(SPY) > 0'))).toBeNull();
  });
});
