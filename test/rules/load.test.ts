import { describe, expect, it } from 'vitest';
import type { Finding } from '../../shared/rules/finding.ts';
import { inDependencyOrder, type LoadedRules, loadRuleFiles, loadRules } from '../../shared/rules/load.ts';
import type { Rule } from '../../shared/rules/rule.ts';
import { sampleMarket } from './market.ts';

const market = sampleMarket();

function load(text: string): LoadedRules {
  return loadRuleFiles([{ file: 'r.yaml', text }], market);
}

/** Findings as `line:column code`. */
function brief(findings: readonly Finding[]): readonly string[] {
  return findings.map(({ line, column, code }) => `${line}:${column} ${code}`);
}

/** The one rule of a body written under `- id: x`. */
function ruleOf(...lines: readonly string[]): Rule {
  const { rules, findings } = load(`rules:\n  - id: x\n    ${lines.join('\n    ')}\n`);
  expect(findings.filter(({ severity }) => severity === 'error')).toEqual([]);
  const [rule] = rules;
  if (rule === undefined) throw new Error('no rule');
  return rule;
}

/** Codes found in a body written under `- id: x`. */
function codesOf(...lines: readonly string[]): readonly string[] {
  return load(`rules:\n  - id: x\n    ${lines.join('\n    ')}\n`).findings.map(({ code }) => code);
}

describe('a rule', () => {
  it('gets its defaults where only id and when are given', () => {
    expect(ruleOf('when: streak(ret(IWM) > ret(SPY)) >= 7')).toMatchObject({
      title: 'x',
      resolveWhen: { text: 'not streak(ret(IWM) > ret(SPY)) >= 7' },
      hold: 1,
      keepFiring: 0,
      severity: 'notice',
      update: { kind: 'never' },
      tags: [],
      measure: { text: 'streak(ret(IWM) > ret(SPY))', type: { kind: 'number', unit: 'sessions' } },
      threshold: { text: '7' },
      direction: 'up',
      outcome: [],
      evidence: [],
      note: '',
      dependsOn: [],
    });
  });

  it('reads every key', () => {
    const rule = ruleOf(
      'title: A title',
      'when: ret(IWM) > 1% and ret(SPY) < 0',
      'resolve_when: ret(IWM) < 0',
      'hold: 2',
      'keep_firing: 3',
      'severity: urgent',
      'update: every 5 sessions',
      'tags: [a, b]',
      'measure: ret(IWM)',
      'threshold: 1%',
      'direction: up',
      'outcome: [ret(IWM), ret(IWM) - 0.5 * ret(SPY)]',
      'note: >-',
      '  Two',
      '  lines.',
    );
    expect(rule).toMatchObject({
      title: 'A title',
      hold: 2,
      keepFiring: 3,
      severity: 'urgent',
      update: { kind: 'every', sessions: 5 },
      tags: ['a', 'b'],
      threshold: { text: '1%' },
      outcome: [{ text: 'ret(IWM)' }, { text: 'ret(IWM) - 0.5 * ret(SPY)' }],
      note: 'Two lines.',
    });
  });
});

describe('measure, threshold and direction', () => {
  it.each([
    ['ret(IWM) > 1%', 'ret(IWM)', '1%', 'up'],
    ['1% <= ret(IWM)', 'ret(IWM)', '1%', 'up'],
    ['ret(IWM) <= -5%', 'ret(IWM)', '-5%', 'down'],
    ['-5% > ret(IWM)', 'ret(IWM)', '-5%', 'down'],
    ['ret(IWM) - ret(SPY) > ret(SPY)', 'ret(IWM) - ret(SPY)', 'ret(SPY)', 'up'],
    ['ret(SPY) < ret(IWM) - ret(SPY)', 'ret(IWM) - ret(SPY)', 'ret(SPY)', 'up'],
    ['ret(IWM) < ret(SPY)', 'ret(IWM)', 'ret(SPY)', 'down'],
    ['streak(ret(IWM) > 0) == 3', 'streak(ret(IWM) > 0)', '3', null],
  ])('come from %s', (when, measure, threshold, direction) => {
    expect(ruleOf(`when: ${when}`)).toMatchObject({
      measure: { text: measure },
      threshold: { text: threshold },
      direction,
    });
  });

  it('are asked for where when is not one comparison', () => {
    expect(codesOf('when: all(DUO, ytd(member) < 0)')).toEqual(['measure-missing']);
    expect(ruleOf('when: all(DUO, ytd(member) < 0)')).toMatchObject({
      measure: null,
      threshold: null,
      direction: null,
    });
  });

  it('take what is declared before what could be derived', () => {
    const rule = ruleOf('when: ret(IWM) > 1%', 'measure: ret(IWM, 5)', 'threshold: 0.02', 'direction: down');
    expect(rule).toMatchObject({
      measure: { text: 'ret(IWM, 5)' },
      threshold: { text: '0.02' },
      direction: 'down',
    });
  });

  it('leave a threshold of another unit than the declared measure out', () => {
    expect(ruleOf('when: streak(ret(IWM) > 0) >= 7', 'measure: ret(IWM)')).toMatchObject({ threshold: null });
  });

  it.each([
    [
      'a threshold without direction',
      ['when: ret(IWM) > 0 and ret(SPY) > 0', 'measure: ret(IWM)', 'threshold: 1%'],
      'direction-missing',
    ],
    [
      'a threshold of another unit',
      ['when: ret(IWM) > 0', 'measure: streak(ret(IWM) > 0)', 'threshold: 5%'],
      'threshold-unit',
    ],
    ['a threshold that forgot its %', ['when: ret(IWM) > 1%', 'threshold: 5'], 'threshold-unit'],
    ['a measure that is a condition', ['when: ret(IWM) > 0', 'measure: ret(IWM) > 0'], 'wrong-type'],
    [
      'updates on record without a measure',
      ['when: any(DUO, ytd(member) > 0)', 'update: on record', 'expect: {measure-missing: why not}'],
      'record-needs-measure',
    ],
    [
      'updates on record without a direction',
      ['when: month() == 1', 'update: on record'],
      'record-needs-measure',
    ],
  ])('refuse %s', (_, lines, code) => {
    expect(codesOf(...lines)).toEqual([code]);
  });
});

describe('an outcome', () => {
  it.each(['ret(IWM, 1)', '-ret(IWM)', '2 * (ret(IWM) - ret(SPY)) + 1%'])('may be %s', (outcome) => {
    expect(ruleOf('when: ret(IWM) > 0', `outcome: ["${outcome}"]`).outcome).toHaveLength(1);
  });
  it.each(['ret(IWM, 2)', 'ret(IWM) / 2', 'IWM', '1%', 'ytd(IWM)', 'max(ret(IWM), 0)'])(
    'is never %s',
    (outcome) => {
      expect(codesOf('when: ret(IWM) > 0', `outcome: ["${outcome}"]`)).toEqual(['outcome-form']);
    },
  );
});

describe('a wrong value', () => {
  it.each([
    ['when: [a]', 'wrong-value'],
    ['when: 7', 'wrong-value'],
    ['when: ret(IWM)', 'wrong-type'],
    ['when: ret(IWM) >', 'missing-operand'],
    ['when: ""', 'wrong-value'],
  ])('of when is refused: %s', (line, code) => {
    expect(codesOf(line)).toEqual([code]);
  });

  it.each([
    'title: 7',
    'title: ""',
    'hold: 0',
    'hold: 1.5',
    'hold: "2"',
    'hold: 5001',
    'keep_firing: -1',
    'keep_firing: 5001',
    'severity: loud',
    'update: daily',
    'update: every 0 sessions',
    'update: every 5001 sessions',
    'tags: rotation',
    'tags: [7]',
    'threshold: [1]',
    'threshold: ""',
    'threshold: .nan',
    'direction: sideways',
    'outcome: ret(IWM)',
    'evidence: [Not An Id]',
    'note: [x]',
    'expect: [x]',
    'expect: {always-true: 7}',
  ])('is refused with what was expected and found: %s', (line) => {
    const { findings, rules } = load(`rules:\n  - id: x\n    when: ret(IWM) > 1%\n    ${line}\n`);
    expect(findings.map(({ code }) => code)).toEqual(['wrong-value']);
    expect(findings[0]?.message).toMatch(/expected .*, found /);
    expect(findings[0]?.line).toBe(4);
    expect(rules).toEqual([]);
  });

  it('does not hide another, in this rule or the next', () => {
    const text = [
      'rules:',
      '  - id: Bad Id',
      '    whn: ret(IWM) > 3',
      '    hold: 0',
      '    measure: ret(QQQQQQ)',
      '  - id: also-bad',
      '    when: ret(IWM) > 30',
      '  - id: good',
      '    when: ret(IWM) > 3%',
    ];
    const { rules, findings } = load(text.join('\n'));
    expect(brief(findings)).toEqual([
      '2:5 missing-key',
      '2:9 wrong-value',
      '3:5 unknown-key',
      '4:11 wrong-value',
      '5:18 unknown-instrument',
      '7:22 percent-literal',
    ]);
    expect(findings[2]?.message).toContain('did you mean `when`?');
    expect(findings[5]).toMatchObject({ rule: 'also-bad', severity: 'error', fix: 'ret(IWM) > 30%' });
    expect(rules.map(({ id }) => id)).toEqual(['good']);
  });
});

describe('a place inside an expression', () => {
  const at = (...lines: readonly string[]): readonly string[] =>
    brief(load(`rules:\n  - id: x\n    ${lines.join('\n    ')}\n`).findings);
  it.each([
    ['plain', ['when: ret(IWM) > ret(XYZ)'], '3:26'],
    ['plain, over two lines', ['when: ret(IWM) >', '  ret(XYZ)'], '4:11'],
    ['single quotes', ['when: \'ret("IWM") > ret(XYZ)\''], '3:29'],
    ['double quotes with escapes', ['when: "ret(\\"IWM\\")\\t> ret(XYZ)"'], '3:32'],
    ['double quotes, continued', ['when: "ret(IWM) > \\', '  ret(XYZ)"'], '4:11'],
    ['a literal block', ['when: |', '  ret(IWM)', '    > ret(XYZ)'], '5:15'],
    ['a folded block', ['when: >-', '  ret(IWM)', '', '  > ret(XYZ)'], '6:13'],
    ['a list', ['when: ret(IWM) > 0', 'outcome:', '  - ret(IWM)', '  - ret(XYZ)'], '6:13'],
  ])('is told by line and column of the file: %s', (_, lines, place) => {
    expect(at(...lines)).toEqual([`${place} unknown-instrument`]);
  });

  it('counts characters, not bytes or halves of characters', () => {
    const { findings } = load('rules:\n  - {id: x, title: "\u{1F4C8}\u00e9", when: ret(XYZ) > 0}\n');
    expect(brief(findings)).toEqual(['2:36 unknown-instrument']);
  });

  it('survives Windows line ends', () => {
    expect(brief(load('rules:\r\n  - id: x\r\n    when: ret(XYZ) > 0\r\n').findings)).toEqual([
      '3:15 unknown-instrument',
    ]);
  });
});

describe('a text that others read', () => {
  const messageOf = (line: string) => {
    const { findings, rules } = load(`rules:\n  - id: x\n    when: ret(IWM) > 1%\n    ${line}\n`);
    return [rules.length, ...findings.map(({ code, message }) => `${code} ${message}`)];
  };

  it.each([
    ['title: "up \\u202E nwod"', '`title`: expected a title that can be seen, found U+202E'],
    ['title: "zero \\u200B width"', '`title`: expected a title that can be seen, found U+200B'],
    ['title: "line \\u2028 end"', '`title`: expected a title that can be seen, found U+2028'],
    ['title: "tag \\U000E0041"', '`title`: expected a title that can be seen, found U+E0041'],
    ['tags: ["a\\u2066"]', '`tags`: expected a tag that can be seen, found U+2066'],
    ['note: "why \\u202E yhw"', '`note`: expected text that can be seen, found U+202E'],
    ['note: "a bell \\u0007"', '`note`: expected text that can be seen, found U+0007'],
  ])('holds nothing that nobody can see: %s', (line, message) => {
    expect(messageOf(line)).toEqual([0, `wrong-value ${message}`]);
  });

  it('may be of any script, with signs, tabs and, in a note, lines', () => {
    expect(messageOf('title: "\u00dcber \u4e2d\u6587 \u05d0 \u26a0\ufe0f \u{1F4C8}"')).toEqual([1]);
    expect(messageOf('note: "one\\n\\ttwo\\r\\nthree"')).toEqual([1]);
  });
});

describe('rules together', () => {
  const files = (...texts: readonly string[]): LoadedRules =>
    loadRuleFiles(
      texts.map((text, index) => ({ file: `${index}.yaml`, text })),
      market,
    );

  it('have ids of their own over all files: the first keeps it', () => {
    const { rules, findings } = files(
      'rules: [{id: a, when: ret(IWM) > 0}]',
      'rules: [{id: a, when: ret(IWM) > 1%}, {id: b, when: ret(IWM) > 0}]',
    );
    expect(findings).toMatchObject([
      { file: '1.yaml', code: 'duplicate-rule', rule: 'a', line: 1, column: 14 },
    ]);
    expect(rules.map(({ id, when }) => `${id} ${when.text}`)).toEqual(['a ret(IWM) > 0', 'b ret(IWM) > 0']);
  });

  it('may name rules of other files, which come first in order of evaluation', () => {
    const { rules, findings } = files(
      `rules: [{id: a, when: 'votes(firing("b"), firing("c")) >= 2', evidence: [b]}]`,
      `rules: [{id: b, when: ret(IWM) > 0}, {id: c, when: ret(SPY) > 0}]`,
    );
    expect(findings).toEqual([]);
    expect(rules.map(({ id }) => id)).toEqual(['a', 'b', 'c']);
    expect(rules[0]).toMatchObject({ dependsOn: ['b', 'c'], evidence: ['b'] });
    expect(inDependencyOrder(rules).map(({ id }) => id)).toEqual(['b', 'c', 'a']);
  });

  it('are refused with those they need', () => {
    const expecting = 'expect: {measure-missing: fine}';
    const { rules, findings } = files(
      `rules:
  - {id: broken, when: ret(IWM) > 30}
  - {id: needs-broken, when: firing("broken"), ${expecting}}
  - {id: needs-that, when: firing("needs-broken"), ${expecting}}
  - {id: lists-it, when: ret(IWM) > 1%, evidence: [broken]}
`,
    );
    expect(findings.map(({ rule, code }) => `${rule} ${code}`)).toEqual([
      'broken percent-literal',
      'needs-broken broken-rule',
      'needs-that broken-rule',
    ]);
    expect(rules).toMatchObject([{ id: 'lists-it', evidence: [] }]);
  });

  it('must not wait for each other', () => {
    const expecting = 'expect: {measure-missing: fine}';
    const { rules, findings } = files(
      `rules:
  - {id: a, when: firing("b"), ${expecting}}
  - {id: b, when: firing("c"), ${expecting}}
  - {id: c, when: firing("a") and ret(IWM) > 0, ${expecting}}
  - {id: self, when: not firing("self"), ${expecting}}
  - {id: free, when: ret(IWM) > 0}
`,
    );
    expect(findings.map(({ rule, code }) => `${rule} ${code}`)).toEqual([
      'a firing-circle',
      'b firing-circle',
      'c firing-circle',
      'self firing-circle',
    ]);
    expect(findings[0]?.message).toContain('a → b → c → a');
    expect(rules.map(({ id }) => id)).toEqual(['free']);
  });

  it('may list as evidence only rules that exist, and not themselves', () => {
    const { findings } = load(
      'rules: [{id: small-caps, when: ret(IWM) > 0, evidence: [small-cap, small-caps]}]',
    );
    expect(findings.map(({ code }) => code)).toEqual(['unknown-rule', 'unknown-rule']);
    expect(findings[0]?.message).toContain('did you mean small-caps?');
  });

  it('may name rules of the scope they are loaded into', () => {
    const scope = { market, rules: new Set(['there']) };
    const text = `rules: [{id: x, when: 'votes(firing("there")) >= 1', evidence: [there]}]`;
    expect(loadRules(text, 'r.yaml', scope)).toMatchObject({
      findings: [],
      rules: [{ evidence: ['there'] }],
    });
  });
});

describe('a file that is no rules file', () => {
  it.each([
    ['', '1:1 empty-file'],
    ['# only a comment\n', '1:1 empty-file'],
    ['~', '1:1 empty-file'],
    ['- id: x', '1:1 not-a-rules-file'],
    ['seven', '1:1 not-a-rules-file'],
    ['rules:\n', '1:7 wrong-value'],
    ['rules: {}', '1:8 wrong-value'],
    ['rules: []\n---\nrules: []\n', '2:1 yaml-several-documents'],
    ['rules: []\nmore: 1\n', '2:1 unknown-key'],
    ['rules: []\nrules: []\n', '2:1 duplicate-key'],
    ['rules: &r []\n', '1:8 yaml-anchor'],
    ['rules: &r\n\n  []\n', '1:8 yaml-anchor'],
    ['rules: !!seq []\n', '1:8 yaml-tag'],
    ['%YAML 1.1\n---\nrules: []\n', '1:1 yaml-syntax'],
    ['rules: [', '1:9 yaml-syntax'],
    ['rules:\n\t- id: x', '2:1 yaml-syntax'],
    ['rules: [x]', '1:9 wrong-value'],
  ])('is one finding: %j', (text, expected) => {
    const { rules, findings } = load(text);
    expect(brief(findings)).toEqual([expected]);
    expect(findings[0]?.severity).toBe('error');
    expect(rules).toEqual([]);
  });

  it('judges the first value of a key given twice, at its own place', () => {
    const text = 'rules:\n  - id: a\n    severity: notice\n    when: ret(IWM) > 0\n    severity: bad\n';
    expect(brief(load(text).findings)).toEqual(['5:5 duplicate-key']);
  });

  it('may hold nothing', () => {
    expect(load('rules: []')).toMatchObject({ rules: [], findings: [] });
  });

  it('loses only the rule that has an anchor, an alias, a tag or a key twice', () => {
    const { rules, findings } = load(`rules:
  - {id: a, when: &w ret(IWM) > 0}
  - {id: b, when: *w}
  - {id: c, when: !!str ret(IWM) > 0}
  - {id: d, when: ret(IWM) > 0, when: ret(SPY) > 0}
  - {id: e, when: ret(IWM) > 0}
`);
    expect(findings.map(({ rule, code }) => `${rule} ${code}`)).toEqual([
      'a yaml-anchor',
      'b wrong-value',
      'b yaml-alias',
      'c yaml-tag',
      'd duplicate-key',
    ]);
    expect(rules.map(({ id }) => id)).toEqual(['e']);
  });

  it.each([
    [
      'a bomb of aliases',
      `a: &a [x]\n${'bcdefghi'
        .split('')
        .map((key, index) => `${key}: &${key} [${'*abcdefgh'[0]}${'abcdefgh'[index]},*${'abcdefgh'[index]}]`)
        .join('\n')}\n`,
    ],
    ['deep lists', `rules: ${'['.repeat(20_000)}`],
    ['deep closed lists', `rules: ${'['.repeat(60)}${']'.repeat(60)}`],
    ['deep maps', `${'{a: '.repeat(5_000)}1${'}'.repeat(5_000)}`],
    ['more than a million characters', 'a'.repeat(1_000_001)],
    ['a key that reaches a prototype', 'rules: [{__proto__: {id: x}, constructor: 1, when: ret(IWM) > 0}]'],
    ['keys that are maps', '? {a: 1}\n: 2\n? [b]\n: 3\n'],
    ['control characters', '\u0000\u0007'],
    [
      'many wrong keys',
      `rules:\n  - id: x\n${Array.from({ length: 3_000 }, (_, n) => `    k${n}: 1`).join('\n')}`,
    ],
  ])('is refused without a hang: %s', (_, text) => {
    const { rules, findings } = load(text);
    expect(rules).toEqual([]);
    expect(findings.length).toBeGreaterThan(0);
    expect(findings.length).toBeLessThan(100);
  });
});

describe('an expected lint', () => {
  it('is silent', () => {
    expect(codesOf('when: IWM > 250')).toEqual(['price-level']);
    expect(codesOf('when: IWM > 250', 'expect: {price-level: The fund is watched at 250.}')).toEqual([]);
  });
  it('never silences an error', () => {
    expect(codesOf('when: ret(IWM) > 30', 'expect: {percent-literal: no}')).toEqual([
      'percent-literal',
      'unknown-lint',
    ]);
  });
  it('must be a lint', () => {
    const { findings } = load('rules: [{id: x, when: ret(IWM) > 0, expect: {always-tru: x}}]');
    expect(findings).toMatchObject([{ code: 'unknown-lint', line: 1, column: 46 }]);
    expect(findings[0]?.message).toContain('did you mean always-true?');
  });
});

describe('a version', () => {
  const when = 'when: ret(IWM) > 1%';
  const version = (...lines: readonly string[]): string => ruleOf(...lines).version;
  it('is eight hex digits', () => {
    expect(version(when)).toMatch(/^[0-9a-f]{8}$/);
  });
  it.each([
    'title: other',
    'note: other',
    'tags: [other]',
    'severity: urgent',
    'update: every 2 sessions',
    'hold: 1',
    'resolve_when: not (ret(IWM) > 1%)',
    'threshold: 1%',
  ])('stays with an edit that decides nothing: %s', (line) => {
    expect(version(when, line)).toBe(version(when));
  });
  it.each([
    'hold: 2',
    'keep_firing: 1',
    'resolve_when: ret(IWM) < 0',
    'measure: ret(IWM, 5)',
    'threshold: 2%',
    'direction: down',
    'outcome: [ret(IWM)]',
  ])('changes with what decides verdicts and figures: %s', (line) => {
    expect(version(when, line)).not.toBe(version(when));
  });
  it('does not depend on how the condition is spaced', () => {
    expect(version('when: ret( IWM )>1%')).toBe(version(when));
  });
  it('changes with that of a rule it depends on, and with nothing else of it', () => {
    const rotation = (b: string): string | undefined =>
      load(`rules: [{id: a, when: 'votes(firing("b")) >= 1'}, {id: b, ${b}}]`).rules[0]?.version;
    expect(rotation('when: ret(IWM) > 0')).not.toBe(rotation('when: ret(IWM) > 1%'));
    expect(rotation('when: ret(IWM) > 0')).toBe(rotation('when: ret(IWM) > 0, note: other'));
  });
});
