import { describe, expect, it } from 'vitest';
import { call } from '../context.ts';
import { smallFolder } from '../folder.ts';

const FIGURES = ['n', 'mean', 'median', 'positive', 'worst'];

describe('backtest', () => {
  it('prints episodes and base rates, keys as documented', async () => {
    const called = await call(['backtest', 'ahead', '--data', 'closes', '--json'], { folder: smallFolder() });
    expect(called.code).toBe(0);
    const [line] = called.json;
    expect(called.json).toHaveLength(1);
    expect(Object.keys(line ?? {})).toEqual(['rule', 'sessions', 'episodes', 'baseRate']);
    expect(line).toMatchObject({
      rule: 'ahead',
      sessions: 6,
      episodes: [{ start: '2026-01-07', end: '2026-01-09', sessions: 2, peak: 3 }],
    });
    const rates = line?.['baseRate'] as Record<string, unknown>[];
    expect(rates.map(({ horizon }) => horizon)).toEqual([5, 21, 63, 126, 252]);
    for (const rate of rates) {
      expect(Object.keys(rate)).toEqual(['outcome', 'horizon', ...FIGURES, 'all']);
      expect(Object.keys(rate['all'] as object)).toEqual(FIGURES);
    }
    expect(rates[0]).toMatchObject({ n: 0, mean: null, all: { n: 1, mean: 0.02 } });
  });

  it('draws the measure with its episodes for a reader', async () => {
    const { out, code } = await call(['backtest', 'ahead', '--data', 'closes'], { folder: smallFolder() });
    expect(code).toBe(0);
    expect(out).toContain('firing on 2 sessions in 1 episode');
    expect(out).toContain('▀');
    expect(out).toMatch(/2026-01-07 {2}2026-01-09 +2 +3/);
    expect(out).toContain('too few to rely on');
  });

  it('names the rules there are when asked for another', async () => {
    const called = await call(['backtest', 'behind', '--data', 'closes'], { folder: smallFolder() });
    expect(called).toMatchObject({ code: 2, out: '' });
    expect(called.err).toContain('ahead');
  });
});

describe('states', () => {
  it('prints one line per rule and session, null outside the loaded values', async () => {
    const argv = ['states', '--data', 'closes', '--json', '--from', '2026-01-02', '--to', '2026-01-08'];
    expect((await call(argv, { folder: smallFolder() })).json).toEqual([
      { rule: 'ahead', session: '2026-01-02', when: null, state: null },
      { rule: 'ahead', session: '2026-01-05', when: null, state: 'inactive' },
      { rule: 'ahead', session: '2026-01-06', when: false, state: 'inactive' },
      { rule: 'ahead', session: '2026-01-07', when: true, state: 'firing' },
      { rule: 'ahead', session: '2026-01-08', when: true, state: 'firing' },
    ]);
  });

  it('needs data', async () => {
    expect((await call(['states'], { folder: smallFolder() })).code).toBe(2);
  });
});
