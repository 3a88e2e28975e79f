import { describe, expect, it } from 'vitest';
import { call } from '../context.ts';
import { closesFrom, smallFolder } from '../folder.ts';

describe('import', () => {
  it('counts what is new, changed and the same', async () => {
    const folder = smallFolder({ 'later/AAA.csv': closesFrom('2026-01-05', [100, 101.5, 103]) });
    const first = await call(['import', 'closes', '--json'], { folder });
    expect(first.code).toBe(0);
    expect(first.out).toBe('{"accepted":12,"revised":0,"unchanged":0,"refused":[]}\n');
    const again = await call(['import', 'closes', '--json'], { folder });
    expect(again.json).toEqual([{ accepted: 0, revised: 0, unchanged: 12, refused: [] }]);
    const revised = await call(['import', 'later', '--json'], { folder });
    expect(revised.json).toEqual([{ accepted: 0, revised: 1, unchanged: 2, refused: [] }]);
  });

  it('refuses cells one by one, keeps the good ones and exits with 3', async () => {
    const folder = smallFolder({ 'dirty/AAA.csv': 'date,close,volume\n2026-01-05,x,7\n2026-01-10,5,\n' });
    const called = await call(['import', 'dirty', '--data-dir', 'store', '--json'], { folder });
    expect(called.code).toBe(3);
    const [report] = called.json;
    expect(report).toMatchObject({ accepted: 1, revised: 0, unchanged: 0 });
    const refused = report?.['refused'] as Record<string, unknown>[];
    expect(refused.map(({ line, column }) => [line, column])).toEqual([
      [2, 'close'],
      [3, 'close'],
    ]);
    for (const one of refused) expect(Object.keys(one)).toEqual(['file', 'line', 'column', 'reason']);
    const text = await call(['import', 'dirty', '--data-dir', 'store'], { folder });
    expect(text.out).toContain('AAA.csv:2: close: ');
  });

  it('refuses a folder that is not there', async () => {
    expect((await call(['import', 'nope'], { folder: smallFolder() })).code).toBe(2);
  });

  it('refuses an empty path, and a file where observations would be stored', async () => {
    const folder = smallFolder({ note: 'a file' });
    for (const argv of [
      ['import', ''],
      ['import', 'closes', '--data-dir', ''],
      ['eval', 'AAA', '--data', ''],
    ]) {
      expect(await call(argv, { folder })).toMatchObject({ code: 2, out: '' });
    }
    const called = await call(['import', 'closes', '--data-dir', 'note'], { folder });
    expect(called).toMatchObject({ code: 2, out: '' });
    expect(called.err).toContain('note is no folder');
  });
});
