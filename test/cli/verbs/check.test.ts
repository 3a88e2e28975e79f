import { describe, expect, it } from 'vitest';
import { call } from '../context.ts';
import { SMALL_RULES, smallFolder } from '../folder.ts';

const BROKEN = SMALL_RULES.replace('>= 2', '>= two');
const DOUBTFUL = `rules:
  - id: always
    title: Always true
    when: ret(AAA) > -90%
`;

describe('check', () => {
  it('finds nothing in good rules and exits with 0', async () => {
    const called = await call(['check', '--json'], { folder: smallFolder() });
    expect(called).toMatchObject({ code: 0, out: '' });
  });

  it('prints one finding a line, keys as documented, and exits with 3', async () => {
    const folder = smallFolder({ 'rules/ahead.yaml': BROKEN });
    const called = await call(['check', '--json'], { folder });
    expect(called.code).toBe(3);
    expect(called.json).not.toEqual([]);
    for (const finding of called.json) {
      expect(Object.keys(finding)).toEqual([
        'file',
        'rule',
        'code',
        'severity',
        'line',
        'column',
        'message',
        'fix',
      ]);
    }
    expect(called.json[0]).toMatchObject({
      file: 'rules/ahead.yaml',
      rule: 'ahead',
      severity: 'error',
      line: 4,
    });
  });

  it('starts each finding with its place for a reader', async () => {
    const folder = smallFolder({ 'rules/ahead.yaml': BROKEN });
    expect((await call(['check', 'rules'], { folder })).out).toMatch(
      /^rules\/ahead\.yaml:4:\d+: error: ahead: /,
    );
  });

  it('lints on history only with data, and fails on warnings only with --strict', async () => {
    const folder = smallFolder({ 'rules/always.yaml': DOUBTFUL });
    expect((await call(['check', '--json'], { folder })).json).toEqual([]);
    const linted = await call(['check', 'rules/always.yaml', '--data', 'closes', '--json'], { folder });
    expect(linted.code).toBe(0);
    expect(linted.json.map(({ code }) => code)).toContain('always-true');
    expect(
      (await call(['check', 'rules/always.yaml', '--data', 'closes', '--strict'], { folder })).code,
    ).toBe(3);
  });

  it('reads neither the market nor rule tests of a folder as rules', async () => {
    const folder = smallFolder({ 'rules/ahead.test.yaml': 'no: rules\n', 'rules/notes.txt': 'x' });
    expect(await call(['check', 'rules', '--json'], { folder })).toMatchObject({ code: 0, out: '' });
  });

  it('checks each file a shell finds in a rules folder as what it is', async () => {
    const folder = smallFolder({ 'rules/ahead.test.yaml': 'tests: 3\n' });
    const files = ['rules/ahead.test.yaml', 'rules/ahead.yaml', 'rules/market.yaml'];
    const called = await call(['check', ...files, '--json'], { folder });
    expect(called.code).toBe(3);
    expect(new Set(called.json.map(({ file }) => file))).toEqual(new Set(['rules/ahead.test.yaml']));
  });

  it('lets a file name the rules of the files beside it, and reports nothing of those', async () => {
    const named = 'rules:\n  - id: both\n    title: Both\n    when: firing("ahead")\n    measure: ret(AAA)\n';
    const folder = smallFolder({ 'rules/both.yaml': named, 'rules/bad.yaml': 'nothing\n' });
    expect(await call(['check', 'rules/both.yaml', '--json'], { folder })).toMatchObject({
      code: 0,
      out: '',
    });
  });

  it('reports what is wrong with the market as findings', async () => {
    const folder = smallFolder({ 'rules/market.yaml': 'instruments: []\n' });
    const called = await call(['check', '--json'], { folder });
    expect(called.code).toBe(3);
    expect(called.json).toMatchObject([
      { file: 'rules/market.yaml', rule: null, severity: 'error', line: 1 },
    ]);
  });

  it('refuses a path that is not there', async () => {
    expect(await call(['check', 'nope'], { folder: smallFolder() })).toMatchObject({ code: 2, out: '' });
  });
});
