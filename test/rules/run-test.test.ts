import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createCalendar } from '../../shared/calendar/xnys.ts';
import { loadRuleTests, type RuleTestFile } from '../../shared/rules/load-tests.ts';
import { loadRuleFiles } from '../../shared/rules/load.ts';
import { type RuleTestResult, runRuleTest, type TestGround } from '../../shared/rules/run-test.ts';
import { replay } from '../../shared/workflows/replay.ts';
import { states } from '../../shared/workflows/states.ts';
import { sampleMarket } from './market.ts';

const calendar = createCalendar([]);
const market = sampleMarket();

const RULES = `rules:
  - id: small-cap-streak
    when: streak(ret(IWM) > ret(SPY)) >= 7
    resolve_when: streak(ret(IWM) > ret(SPY)) == 0
    update: on record
  - id: easing
    when: streak(FOMC.change_bp < 0) >= 2
  - id: broad
    when: count(MANY, ret(member) > 0) >= 3
`;

function load(text: string): RuleTestFile {
  return loadRuleTests(text, 'r.test.yaml', calendar);
}

function run(text: string): readonly RuleTestResult[] {
  const universes = new Map([
    ...market.universes,
    ['MANY', { id: 'MANY', name: 'many', members: null, coverage: 0.95 }],
  ]);
  const withMany = { ...market, universes };
  const { rules, findings } = loadRuleFiles([{ file: 'r.yaml', text: RULES }], withMany);
  expect(findings).toEqual([]);
  const tests = load(text);
  expect(tests.findings).toEqual([]);
  const underTest = new Set(rules.map(({ id }) => id));
  const ground: TestGround = { market: withMany, calendar, rules, underTest, replay, states };
  return tests.tests.flatMap((test) => runRuleTest(test, ground));
}

/** A test of the streak: seven sessions ahead from 5 January 2026, then one behind. */
function streakTest(...expectation: readonly string[]): string {
  return `tests:
  - name: a streak
    rule: small-cap-streak
    from: 2026-01-02
    series:
      IWM: 100 +1%x7 -1%
      SPY: 100x8
    expect:
      ${expectation.join('\n      ')}
`;
}

describe('a rule test', () => {
  it('of the documentation holds', () => {
    const docs = readFileSync(new URL('../../docs/rule-tests.md', import.meta.url), 'utf8');
    const example = /```yaml\n(# yaml-language-server[^`]*)```/.exec(docs)?.[1] ?? '';
    expect(run(example)).toMatchObject([{ ok: true, session: null, expected: [], got: [] }]);
  });

  it('holds where every named session is as expected', () => {
    const results = run(
      streakTest(
        '- { session: 2026-01-13, alerts: [{ kind: fired, value: 7 }], states: { small-cap-streak: firing } }',
        '- { session: 2026-01-12, alerts: [] }',
      ),
    );
    expect(results).toEqual([
      { file: 'r.test.yaml', name: 'a streak', ok: true, session: null, expected: [], got: [] },
    ]);
  });

  it('shows both sides of each session that differs, in order', () => {
    const results = run(
      streakTest(
        '- { session: 2026-01-14, alerts: [] }',
        '- { session: 2026-01-13, alerts: [{ kind: fired, value: 8, rank: 2 }] }',
        '- { session: 2026-01-12, alerts: [{ kind: fired }], states: { small-cap-streak: firing } }',
      ),
    );
    expect(results.map(({ ok, session, expected, got }) => ({ ok, session, expected, got }))).toEqual([
      {
        ok: false,
        session: '2026-01-12',
        expected: ['small-cap-streak fired', 'small-cap-streak is firing'],
        got: ['no alert', 'small-cap-streak is inactive'],
      },
      {
        ok: false,
        session: '2026-01-13',
        expected: ['small-cap-streak fired, value 8, rank 2'],
        got: ['small-cap-streak fired, value 7, rank 1'],
      },
      {
        ok: false,
        session: '2026-01-14',
        expected: ['no alert'],
        got: ['small-cap-streak resolved, value 0'],
      },
    ]);
  });

  it('notices an alert on a session it does not name where it wants silence', () => {
    const silent = `${streakTest('- { session: 2026-01-13, alerts: [{ kind: fired }] }')}    otherwise: silent\n`;
    expect(run(silent)).toMatchObject([{ ok: false, session: '2026-01-14', expected: ['no alert'] }]);
  });

  it('takes events by date', () => {
    const results = run(`tests:
  - name: two cuts in a row
    from: 2025-12-01
    series:
      FOMC.change_bp: { 2025-12-03: 0, 2025-12-10: -25, 2025-12-17: -25 }
      SPY: 100x15
    expect:
      - { session: 2025-12-10, states: { easing: inactive } }
      - { session: 2025-12-17, alerts: [{ rule: easing, kind: fired, value: 2 }] }
`);
    expect(results).toMatchObject([{ ok: true }]);
  });

  it('takes dated members, many by one name', () => {
    const results = run(`tests:
  - name: three of four members are up
    rule: broad
    from: 2026-01-02
    series: { "M{1..3}": 100 +1%x4, M4: 100x4 }
    members: { MANY: { M1: {}, "M{2..3}": {}, M4: { to: 2026-01-06 }, M5: { from: 2026-02-02 } } }
    expect:
      - { session: 2026-01-02, states: { broad: inactive } }
      - { session: 2026-01-05, alerts: [{ kind: fired, value: 3 }] }
`);
    expect(results).toMatchObject([{ ok: true }]);
  });

  it.each([
    ['a rule that is not there', 'rule: nobody', 'SPY: 100x8', 'a rule nobody in the files under test'],
    ['a field that is not declared', 'rule: easing', 'FOMC.oops: 1', 'series that fit the market'],
    ['a price on no session', 'rule: easing', 'SPY: { 2026-01-03: 100 }', 'series that fit the market'],
    ['a price of zero', 'rule: easing', 'SPY: 0', 'series that fit the market'],
  ])('that names %s fails with the reason', (_, rule, series, expected) => {
    const results = run(`tests:
  - { name: odd, ${rule}, from: 2026-01-02, series: { ${series} }, expect: [{ session: 2026-01-02, alerts: [] }] }
`);
    expect(results).toMatchObject([{ ok: false, session: null, expected: [expected] }]);
  });
});

describe('a file of rule tests', () => {
  const head = 'tests:\n  - name: x\n    from: 2026-01-02\n    ';
  const tail = 'expect: [{ session: 2026-01-05, alerts: [] }]\n';

  it('may name its rules and its market', () => {
    const file = load(`rules: [a.yaml]\nmarket: m.yaml\n${head}series: { IWM: 1 }\n    ${tail}`);
    expect(file).toMatchObject({ rules: ['a.yaml'], market: 'm.yaml', findings: [], tests: [{ name: 'x' }] });
  });

  it.each([
    ['', '1:1 empty-file'],
    ['rules: [a]\n', '1:1 missing-key'],
    ['tests: []\n', '1:8 wrong-value'],
    [`${head}serie: { IWM: 1 }\n    ${tail}`, '2:5 missing-key'],
    [`${head}series: { IWM: 1 2x }\n    ${tail}`, '4:22 series-notation'],
    [`${head}series: { IWM: { 2026-13-01: 1 } }\n    ${tail}`, '4:34 wrong-value'],
    [`${head}series: { IWM: 1 }\n    expect: [{ session: 2026-01-03, alerts: [] }]\n`, '5:25 wrong-value'],
    [`${head}series: { IWM: 1 }\n    expect: [{ session: 2026-01-05 }]\n`, '5:14 wrong-value'],
    [
      `${head}series: { IWM: 1 }\n    expect: [{ session: 2026-01-05, alerts: [{ kind: fired }] }]\n`,
      '5:46 wrong-value',
    ],
    [
      `${head}series: { IWM: 1 }\n    expect: [{ session: 2026-01-05, alerts: [{ rule: a, kind: fird }] }]\n`,
      '5:63 wrong-value',
    ],
    [
      `${head}series: { IWM: 1 }\n    expect: [{ session: 2026-01-05, alerts: [{ rule: a, kind: fired, valu: 1 }] }]\n`,
      '5:70 unknown-key',
    ],
    [`tests:\n  - name: x\n    from: 2026-01-01\n    series: { IWM: 1 }\n    ${tail}`, '3:11 wrong-value'],
  ])('with a mistake has no tests and tells its place: %j', (text, expected) => {
    const { tests, findings } = load(text);
    expect(tests).toEqual([]);
    expect(findings.map(({ line, column, code }) => `${line}:${column} ${code}`)).toContain(expected);
  });
});
