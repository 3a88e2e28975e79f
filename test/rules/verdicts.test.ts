import { describe, expect, it } from 'vitest';
import { createEngine, type Engine } from '../../shared/expression/engine.ts';
import { lintOnHistory } from '../../shared/rules/lint.ts';
import { loadRuleFiles } from '../../shared/rules/load.ts';
import type { Rule } from '../../shared/rules/rule.ts';
import { verdictsOf } from '../../shared/rules/verdicts.ts';
import type { Market } from '../../shared/series/market.ts';
import { snapshotOf } from '../../shared/series/snapshot-of.ts';
import { archiveOf, marketOf, priced, withField } from '../support/archive-of.ts';

const NAMES = ['A', 'B', 'C', 'D'];
const market: Market = marketOf(
  [
    ...NAMES.map(priced),
    withField('PE', 'forward', { kind: 'level', unit: 'multiple', staleAfter: 2 }),
    withField('FOMC', 'change', { kind: 'event', unit: 'bp', staleAfter: null }),
  ],
  {
    universes: new Map([
      ['ALL', { id: 'ALL', name: 'all', members: NAMES, coverage: 0.75 }],
      ['NONE', { id: 'NONE', name: 'none', members: null, coverage: 0.75 }],
    ]),
  },
);

type Series = Readonly<Record<string, readonly (number | null)[]>>;

function engineOver(series: Series): Engine {
  return createEngine(snapshotOf(archiveOf(market, '2026-01-02', series), Number.POSITIVE_INFINITY), () => {
    throw new Error('no rule is named');
  });
}

function ruleOf(when: string, ...lines: readonly string[]): Rule {
  const text = ['rules:', '  - id: x', `    when: ${when}`, ...lines.map((line) => `    ${line}`)].join('\n');
  const { rules, findings } = loadRuleFiles([{ file: 'r.yaml', text }], market);
  const [rule] = rules;
  if (rule === undefined) throw new Error(JSON.stringify(findings));
  return rule;
}

/** Verdicts as letters: t true, f false, . no data, e excused. */
function verdicts(when: string, series: Series): string {
  const seen = verdictsOf(ruleOf(when), engineOver(series));
  return [...seen.when].map((code, index) => (seen.excused[index] === 1 ? 'e' : '.tf'[code])).join('');
}

describe('a verdict', () => {
  it('is that of the condition where all data is there', () => {
    expect(verdicts('A > B', { A: [], 'A.close': [1, 3, 2], 'B.close': [2, 2, 2] })).toBe('ftf');
  });

  it('is no data where a price it reads is missing, though the other side decides', () => {
    const series = { 'A.close': [1, 3, 3], 'B.close': [2, null, 2] };
    expect(verdicts('A > 2 or B > 5', series)).toBe('f.t');
  });

  it('is no data where a price is missing that a streak would skip', () => {
    expect(verdicts('streak(A > 1) >= 2', { 'A.close': [2, 2, null, 2], 'B.close': [1, 1, 1, 1] })).toBe(
      'ft.t',
    );
  });

  it('does not miss a price that is read under lag only', () => {
    expect(verdicts('B > lag(A, 1)', { 'A.close': [1, 1, null], 'B.close': [2, 2, 2] })).toBe('.tt');
  });

  it('carries a level, until it is stale', () => {
    const series = { 'PE.forward': [20, null, null, null], 'A.close': [1, 1, 1, 1] };
    expect(verdicts('PE.forward > 10', series)).toBe('ttt.');
  });

  it('is excused where only an event has no value', () => {
    const series = { 'FOMC.change': [-25, null, -25], 'A.close': [1, 1, null] };
    expect(verdicts('FOMC.change < 0', series)).toBe('tet');
    expect(verdicts('FOMC.change < 0 and A > 2', series)).toBe('ff.');
    expect(verdicts('FOMC.change < 0 and A > 0', series)).toBe('te.');
  });

  it('is not excused where a level is missing too', () => {
    const series = { 'FOMC.change': [null, null, -25], 'PE.forward': [null, 20, null], 'A.close': [1, 1, 1] };
    expect(verdicts('FOMC.change < 0 and PE.forward > 10', series)).toBe('.et');
  });

  it('is not excused where an event is read and the condition has a value', () => {
    expect(verdicts('FOMC.change < 0 or A > 0', { 'FOMC.change': [null, -25], 'A.close': [1, 1] })).toBe(
      'tt',
    );
  });

  it('needs the coverage of a universe, though any and all could be decided without', () => {
    const series = {
      'A.close': [5, 5, 5],
      'B.close': [1, 1, 1],
      'C.close': [1, 1, null],
      'D.close': [1, null, null],
    };
    expect(verdicts('any(ALL, member > 4)', series)).toBe('tt.');
  });

  it('is no data for a universe without members', () => {
    expect(verdicts('count(NONE, member > 4) >= 0', { 'A.close': [5, 5] })).toBe('..');
  });

  it('of a range is that of the whole, and no data outside', () => {
    const series = { 'A.close': [1, 2, null, 4, 3], 'B.close': [1, 1, 1, 1, 1], 'C.close': [1, 1, 1, 1, 1] };
    for (const when of ['A > B', 'streak(A > B) >= 2', 'share(ALL, member > 1) >= 10%']) {
      const rule = ruleOf(when);
      const whole = verdictsOf(rule, engineOver(series));
      for (let index = 0; index < 5; index += 1) {
        const one = verdictsOf(rule, engineOver(series), { from: index, to: index + 1 });
        expect(one.when[index]).toBe(whole.when[index]);
        expect(one.resolve[index]).toBe(whole.resolve[index]);
        expect(one.when.every((code, at) => at === index || code === 0)).toBe(true);
      }
    }
  });

  it('keeps the columns of the engine as they are', () => {
    const engine = engineOver({ 'A.close': [3, 3, 3], 'B.close': [1, null, 1] });
    const rule = ruleOf('A > 2 or B > 5');
    const before = [...engine.conditions(rule.when.expression)];
    verdictsOf(rule, engine);
    expect([...engine.conditions(rule.when.expression)]).toEqual(before);
  });
});

describe('stored history', () => {
  const series = {
    'A.close': [10, 11, 12, 11, 12, 13, 14, 15, 16, 17, 18],
    'B.close': [10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10],
  };
  const lints = (when: string, ...lines: readonly string[]): readonly string[] => {
    const rule = ruleOf(when, ...lines);
    const engine = engineOver(series);
    const place = { file: 'r.yaml', line: 3, column: 11 };
    return lintOnHistory(rule, place, engine, verdictsOf(rule, engine)).map(({ code }) => code);
  };

  it.each([
    ['A > 0.5 * B', ['always-true', 'fires-often']],
    ['A < 0.5 * B', ['never-true']],
    ['ret(A, 50) > 0', ['short-history']],
    ['ret(A) > 0 and ret(A, 50) > 0', ['never-true', 'short-history']],
    ['ret(A) > 0', ['fires-often']],
    ['ret(A) < 0', []],
  ])('says of %s: %j', (when, codes) => {
    expect(lints(when).toSorted()).toEqual(codes.toSorted());
  });

  it('counts the sessions on which when and resolve_when are both true, where their form does not tell', () => {
    const many = Array.from({ length: 12 }, (_, n) => `A > ${n + 1.5} * B`).join(' or ');
    const codes = ['fires-often', 'resolve-overlap'];
    expect(lints(many, 'resolve_when: ret(A) > 0').toSorted()).toEqual(codes);
    expect(lints(many, 'resolve_when: ret(A) < 0')).toEqual(['fires-often']);
  });

  it('is silent on what the rule expects', () => {
    expect(lints('ret(A) > 0', 'expect: {fires-often: It is meant to.}')).toEqual([]);
  });

  it('names series of which nothing is stored', () => {
    const rule = ruleOf('ret(C) > 0 and ret(A) > 0');
    const engine = engineOver(series);
    const [lint] = lintOnHistory(rule, { file: 'r', line: 1, column: 1 }, engine, verdictsOf(rule, engine));
    expect(lint).toMatchObject({ code: 'short-history', message: expect.stringContaining('C.close') });
  });

  it('says where, and is a warning', () => {
    const rule = ruleOf('A < 0.5 * B');
    const engine = engineOver(series);
    const place = { file: 'r.yaml', line: 3, column: 11 };
    expect(lintOnHistory(rule, place, engine, verdictsOf(rule, engine))).toMatchObject([
      { ...place, rule: 'x', severity: 'warning', fix: null },
    ]);
  });
});
