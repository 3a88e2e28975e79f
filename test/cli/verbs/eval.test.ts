import { describe, expect, it } from 'vitest';
import { call } from '../context.ts';
import { closesFrom, folderWith, smallFolder } from '../folder.ts';

describe('eval of one expression', () => {
  it('prints every session from the first loaded value to the last', async () => {
    const called = await call(['eval', 'change(AAA)', '--data', 'closes', '--json'], {
      folder: smallFolder(),
    });
    expect(called.code).toBe(0);
    expect(called.json).toEqual([
      { session: '2026-01-05', value: null },
      { session: '2026-01-06', value: 1 },
      { session: '2026-01-07', value: 2 },
      { session: '2026-01-08', value: 1 },
      { session: '2026-01-09', value: -1 },
      { session: '2026-01-12', value: -1 },
    ]);
  });

  it('rounds to 12 significant digits', async () => {
    const called = await call(['eval', '1/3', '--json'], { folder: smallFolder() });
    expect(called.out).toBe('{"session":null,"value":0.333333333333}\n');
  });

  it('prints conditions as true, false or null', async () => {
    const called = await call(['eval', 'ret(AAA) > 0', '--data', 'closes', '--json'], {
      folder: smallFolder(),
    });
    expect(called.json.map(({ value }) => value)).toEqual([null, true, true, true, false, false]);
  });

  it('prints null for sessions asked for outside the loaded values', async () => {
    const argv = [
      'eval',
      'AAA + 0 * BBB',
      '--data',
      'closes',
      '--json',
      '--from',
      '2026-01-01',
      '--to',
      '2026-01-06',
    ];
    expect((await call(argv, { folder: smallFolder() })).json).toEqual([
      { session: '2026-01-02', value: null },
      { session: '2026-01-05', value: 100 },
      { session: '2026-01-06', value: 101 },
    ]);
    const later = await call(['eval', 'AAA', '--data', 'closes', '--json', '--at', '2026-01-13'], {
      folder: smallFolder(),
    });
    expect(later.json).toEqual([{ session: '2026-01-13', value: null }]);
  });

  it('computes from everything loaded, whatever is printed', async () => {
    const argv = ['eval', 'streak(ret(AAA) > 0)', '--data', 'closes', '--json', '--from', '2026-01-08'];
    const called = await call(argv, { folder: smallFolder() });
    expect(called.json.map(({ value }) => value)).toEqual([3, 0, 0]);
  });

  it('takes an expression that starts with a minus', async () => {
    const folder = smallFolder();
    expect((await call(['eval', '-1', '--json'], { folder })).json).toEqual([{ session: null, value: -1 }]);
    const argv = ['eval', '-change(AAA)', '--data', 'closes', '--at', '2026-01-07', '--json'];
    expect((await call(argv, { folder })).json).toEqual([{ session: '2026-01-07', value: -2 }]);
    expect((await call(['eval', '--json', '--', '--1'], { folder })).json).toEqual([
      { session: null, value: 1 },
    ]);
  });

  it('evaluates without data what needs no session, and nothing else', async () => {
    const folder = smallFolder();
    const value = async (expr: string) =>
      (await call(['eval', expr, '--json'], { folder })).json[0]?.['value'];
    expect(await value('2 + 30%')).toBe(2.3);
    expect(await value('max(1, log(1))')).toBe(1);
    expect(await value('1 < 2')).toBe(true);
    expect(await value('1 / 0')).toBe(null);
    expect(await value('AAA > 3')).toBe(null);
    expect(await value('1 < 2 or ret(AAA) > 0')).toBe(true);
    expect(await value('1 > 2 or rising(AAA, 3)')).toBe(null);
    expect(await value('votes(1 < 2, firing("ahead"))')).toBe(1);
    expect(await value('month()')).toBe(null);
    expect(await value('streak(1 < 2)')).toBe(null);
  });

  it('knows the rules that firing names', async () => {
    const argv = ['eval', 'firing("ahead")', '--data', 'closes', '--json'];
    const called = await call(argv, { folder: smallFolder() });
    expect(called.json.map(({ value }) => value)).toEqual([null, false, true, true, false, false]);
  });

  it('tells all errors and exits with 3', async () => {
    const folder = smallFolder();
    const text = await call(['eval', 'retr(AAA) + nope'], { folder });
    expect(text.code).toBe(3);
    expect(text.out).toBe('');
    expect(text.err).toContain('retr(AAA) + nope\n^^^^');
    const json = await call(['eval', 'retr(AAA) + nope', '--json'], { folder });
    expect(json.code).toBe(3);
    expect(json.json).toHaveLength(1);
    expect(Object.keys(json.json[0] ?? {})).toEqual(['expr', 'errors']);
    const errors = json.json[0]?.['errors'] as Record<string, unknown>[];
    expect(errors.length).toBeGreaterThan(1);
    expect(Object.keys(errors[0] ?? {})).toEqual(['code', 'line', 'column', 'message', 'fix']);
  });

  it('refuses what is no date, no session or outside the calendar', async () => {
    const folder = smallFolder();
    const refused = async (...argv: string[]) => {
      const called = await call(['eval', '1', '--data', 'closes', ...argv], { folder });
      expect(called.code).toBe(2);
      expect(called.out).toBe('');
      return called.err;
    };
    expect(await refused('--from', '2026-02-30')).toContain('2026-02-30');
    expect(await refused('--at', '2026-01-10')).toContain('2026-01-09 and 2026-01-12');
    expect(await refused('--from', '1979-12-31')).toContain('1980-01-01 to 2027-12-31');
    expect(await refused('--to', '2028-01-01')).toContain('1980-01-01 to 2027-12-31');
    expect(await refused('--from', '2026-01-09', '--to', '2026-01-08')).toContain('is after');
    expect(await refused('--at', '2026-01-09', '--from', '2026-01-08')).toContain('cannot be used');
  });

  it('refuses a folder or a market that is not there', async () => {
    const folder = smallFolder();
    expect((await call(['eval', '1', '--data', 'nope'], { folder })).code).toBe(2);
    expect((await call(['eval', '1', '--data', 'rules/ahead.yaml'], { folder })).code).toBe(2);
    expect((await call(['eval', '1', '--market', 'nope.yaml'], { folder })).code).toBe(2);
  });

  it('names refused cells and uses the rest', async () => {
    const bad = 'date,close\n2026-01-05,1\n2026-01-06,x\n2026-01-07,-3\n';
    const called = await call(['eval', 'CCC', '--data', 'closes', '--json', '--at', '2026-01-05'], {
      folder: smallFolder({ 'closes/CCC.csv': bad }),
    });
    expect(called.json).toEqual([{ session: '2026-01-05', value: 1 }]);
    expect(called.err).toContain('2 refusals');
    expect(called.err).toContain('CCC.csv:3');
  });

  it('names the breaks of what the expression reads, and no others', async () => {
    const folder = smallFolder({ 'closes/CCC.csv': closesFrom('2026-01-05', [100, 50, 51]) });
    const broken = await call(['eval', 'ret(CCC)', '--data', 'closes', '--json'], { folder });
    expect(broken.json[1]).toEqual({ session: '2026-01-06', value: null });
    expect(broken.err).toContain('CCC 2026-01-06: -50.0%');
    expect((await call(['eval', 'ret(AAA)', '--data', 'closes', '--json'], { folder })).err).toBe('');
  });

  it('tells problems of the market and exits with 3', async () => {
    const called = await call(['eval', '1'], { folder: folderWith({ 'rules/market.yaml': 'funds: {}\n' }) });
    expect(called.code).toBe(3);
    expect(called.err).toMatch(/rules\/market\.yaml:1:1: /);
  });

  it('draws many sessions and lists few', async () => {
    const folder = smallFolder();
    const few = await call(['eval', 'ret(AAA)', '--data', 'closes'], { folder });
    expect(few.out).toContain('2026-01-06  +1.00%');
    const many = await call(['eval', 'AAA', '--data', 'closes', '--from', '2025-11-03'], { folder });
    expect(many.out).toContain('┤');
    expect(many.out).toContain('the latest 10');
  });
});

describe('eval of standard input', () => {
  const lines = async (input: string, ...argv: string[]) =>
    call(['eval', '-', '--json', ...argv], { folder: smallFolder(), input: [input] });

  it('gives every line one answer, in order, an empty one an error', async () => {
    const called = await lines('AAA\n\nret(AAA) > 0\nAAA <\n', '--data', 'closes');
    expect(called.code).toBe(0);
    expect(called.json.map((answer) => Object.keys(answer))).toEqual([
      ['expr', 'session', 'value'],
      ['expr', 'errors'],
      ['expr', 'session', 'value'],
      ['expr', 'errors'],
    ]);
    expect(called.json[0]).toEqual({ expr: 'AAA', session: '2026-01-12', value: 102 });
    expect(called.json[1]?.['expr']).toBe('');
    expect(called.json[2]).toEqual({ expr: 'ret(AAA) > 0', session: '2026-01-12', value: false });
  });

  it('computes the session asked for', async () => {
    const called = await lines('AAA\n', '--data', 'closes', '--at', '2026-01-07');
    expect(called.json).toEqual([{ expr: 'AAA', session: '2026-01-07', value: 103 }]);
  });

  it('has no session without data', async () => {
    const called = await lines('1 + 1\nAAA');
    expect(called.json).toEqual([
      { expr: '1 + 1', session: null, value: 2 },
      { expr: 'AAA', session: null, value: null },
    ]);
  });

  it('gives the same answers as one expression alone, however many lines come before', async () => {
    const many = Array.from({ length: 250 }, (_, index) => `streak(ret(AAA) > ret(BBB)) + ${index}`).join(
      '\n',
    );
    const called = await lines(many, '--data', 'closes', '--at', '2026-01-08');
    expect(called.json.map(({ value }) => value)).toEqual(
      Array.from({ length: 250 }, (_, index) => index + 3),
    );
  });

  it('refuses a period', async () => {
    expect((await lines('1\n', '--from', '2026-01-05')).code).toBe(2);
  });
});
