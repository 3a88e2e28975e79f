import { describe, expect, it } from 'vitest';
import { legsOf } from '../../shared/acceptance/legs.ts';
import { rulesOf } from '../support/rules-of.ts';
import { market } from './bench.ts';

function legs(when: string): Readonly<Record<string, readonly string[]>> {
  const rules = rulesOf(`rules:\n  - id: a\n    when: ${when}\n`, market);
  return Object.fromEntries([...legsOf(rules, market)].map(([id, others]) => [id, [...others].toSorted()]));
}

describe('legs', () => {
  it('are prices that one comparison or difference reads', () => {
    expect(legs('streak(ret(A) > ret(B)) >= 2')).toEqual({ 'A.close': ['B.close'], 'B.close': ['A.close'] });
    expect(legs('ret(A) - ret(C) > 2%')).toEqual({ 'A.close': ['C.close'], 'C.close': ['A.close'] });
    expect(legs('correlation(ret(A), ret(B), 20) > 0.5')).toMatchObject({ 'A.close': ['B.close'] });
  });

  it('are not those of conditions beside each other', () => {
    expect(legs('ret(A) > 0 and ret(B) > 0')).toEqual({});
    expect(legs('count(ret(A) > 0, 5) > 3')).toEqual({});
  });

  it('are no levels', () => {
    expect(legs('L.pe > 3 and ret(A) > 0')).toEqual({});
  });
});
