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

  it('tells a date that is no session once, and how a header has to say date', async () => {
    const rows = 'date,close\n2026-01-09,5\n2026-01-10,5\n';
    const download = 'Date,Close\n2026-01-09,5\n';
    const folder = smallFolder({ 'dirty/AAA.csv': rows, 'dirty/BBB.csv': rows, 'dirty/CCC.csv': download });
    const called = await call(['import', 'dirty'], { folder });
    expect(called.out).toContain('3 refused:');
    expect(called.out).toContain('2026-01-10 is no session: 2 cells in 2 files, the first at AAA.csv:3\n');
    expect(called.out).toContain('in the header write date instead of Date, since names are case-sensitive');
    const evaluated = await call(['eval', 'AAA', '--data', 'dirty'], { folder });
    expect(evaluated.err).toContain('2026-01-10 is no session: 2 cells in 2 files');
    const many = Array.from({ length: 50 }, (_, index) => `2026-01-09,x${index}`).join('\n');
    const long = smallFolder({ 'dirty/AAA.csv': `date,close\n${many}\n` });
    expect((await call(['import', 'dirty'], { folder: long })).out).toContain(
      '  and 10 more: --json lists them all\n',
    );
    expect((await call(['eval', 'AAA', '--data', 'dirty'], { folder: long })).err).toContain(
      '  and 45 more: tidemark import dirty --json lists them all\n',
    );
  });

  it('keeps the sample and closes of one\u2019s own apart, whichever comes first', async () => {
    const folder = smallFolder({
      'sample/AAA.csv': closesFrom('2026-01-05', [100, 101]),
      'sample/SAMPLE.txt': 'made up\n',
    });
    const well = await call(['import', 'sample', '--data-dir', 'made-up'], { folder });
    expect([well.code, well.out]).toEqual([0, expect.stringContaining('made up')]);
    for (const argv of [
      ['import', 'closes', '--data-dir', 'made-up'],
      ['observe', 'AAA', '2026-01-07', '5', '--source', 'x', '--data-dir', 'made-up'],
      ['start', '--live', '--once', '--data-dir', 'made-up'],
      ['start', '--data', 'closes', '--once', '--data-dir', 'made-up'],
    ]) {
      const called = await call(argv, { folder });
      expect([argv, called.code, called.out]).toEqual([argv, 2, '']);
      expect(called.err).toMatch(/^error: made-up holds the sample.*--data-dir.*--reset.*\n$/);
    }
    await call(['import', 'closes', '--data-dir', 'own'], { folder });
    for (const argv of [
      ['import', 'sample', '--data-dir', 'own'],
      ['ingest', '--data', 'sample', '--data-dir', 'own'],
      ['import', 'sample', '--stack', 'Tidemark'],
    ]) {
      const called = await call(argv, { folder });
      expect([argv, called.code, called.out]).toEqual([argv, 2, '']);
      expect(called.err).toContain('--data-dir');
    }
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
