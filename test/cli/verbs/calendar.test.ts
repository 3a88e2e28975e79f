import { describe, expect, it } from 'vitest';
import { call } from '../context.ts';
import { folderWith } from '../folder.ts';

const folder = (): string => folderWith({ 'rules/market.yaml': 'closures: [2026-03-03]\n' });
const calendar = (...argv: string[]) => call(['calendar', ...argv], { folder: folder() });

describe('calendar', () => {
  it('prints sessions with their instants, summer time and early closes included', async () => {
    const called = await calendar('--from', '2025-11-26', '--to', '2025-11-28', '--json');
    expect(called.code).toBe(0);
    expect(called.out).toBe(
      '{"session":"2025-11-26","open":"2025-11-26T14:30:00Z","close":"2025-11-26T21:00:00Z","early":false}\n' +
        '{"session":"2025-11-28","open":"2025-11-28T14:30:00Z","close":"2025-11-28T18:00:00Z","early":true}\n',
    );
  });

  it('leaves out the closures that the market declares', async () => {
    const called = await calendar('--from', '2026-03-02', '--to', '2026-03-04', '--json');
    expect(called.json.map(({ session }) => session)).toEqual(['2026-03-02', '2026-03-04']);
  });

  it('prints nothing for a stretch without a session', async () => {
    expect(await calendar('--from', '2026-01-10', '--to', '2026-01-11', '--json')).toMatchObject({
      code: 0,
      out: '',
    });
  });

  it('refuses what is outside its horizon, backwards, no date or missing', async () => {
    const outside = await calendar('--from', '2027-12-01', '--to', '2028-01-03');
    expect(outside).toMatchObject({ code: 2, out: '' });
    expect(outside.err).toContain('1980-01-01 to 2027-12-31');
    expect((await calendar('--from', '2026-02-01', '--to', '2026-01-01')).code).toBe(2);
    expect((await calendar('--from', '2026-1-1', '--to', '2026-01-05')).code).toBe(2);
    expect((await calendar('--from', '2026-01-01')).code).toBe(2);
  });
});
