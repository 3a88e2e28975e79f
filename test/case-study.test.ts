import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { call, packageFolder } from './cli/context.ts';

const present = existsSync(join(packageFolder, '../shared/data/market'));
const text = readFileSync(join(packageFolder, 'docs/case-study-january-2026.md'), 'utf8');

/** The commands the case study gives, as arguments; what a shell does with their output is left to it. */
function commandsOf(page: string): readonly (readonly string[])[] {
  const lines = page.split('\n').filter((line) => line.startsWith('npx tidemark '));
  return lines.map((line) => {
    const words = line.replace(/ \| .*/, '').match(/"[^"]*"|\S+/g) ?? [];
    return words.slice(2).map((word) => word.replaceAll('"', ''));
  });
}

type Row = Record<string, unknown>;

const answers = new Map<string, Promise<readonly Row[]>>();

/** Rows of the case study's own command that starts with these arguments, run once. */
function answer(...start: readonly string[]): Promise<readonly Row[]> {
  const command = commandsOf(text).find((args) => start.every((word) => args.includes(word)));
  if (command === undefined) throw new Error(`the case study gives no command with ${start.join(' ')}`);
  const key = command.join(' ');
  const known = answers.get(key) ?? run(command);
  answers.set(key, known);
  return known;
}

async function run(command: readonly string[]): Promise<readonly Row[]> {
  const called = await call([...command, ...(command.includes('--json') ? [] : ['--json'])], {
    folder: packageFolder,
  });
  expect(called.code, called.err).toBe(0);
  return called.json;
}

const COUNT = 'streak(ret(IWM) > ret(SPY))';
const DISCOUNT = 'discount(SP600.forward_pe, SP500.forward_pe)';

async function valueAt(expression: string, session: string): Promise<unknown> {
  const rows = await answer('eval', expression);
  return rows.find((row) => row['session'] === session)?.['value'];
}

describe('the case study of January 2026', () => {
  it('needs the calendar to refuse fifteen sessions between 5 and 22 January', async () => {
    expect(await answer('calendar')).toHaveLength(13);
  });
});

describe.skipIf(!present)(
  'the case study (where ../shared/data/market is present)',
  { timeout: 60_000 },
  () => {
    it('counts fourteen sessions, none before 2 January and none after the 22nd', async () => {
      const rows = await answer('eval', COUNT, '--to');
      expect(rows.map(({ value }) => value)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 0]);
      expect(rows[6]).toEqual({ session: '2026-01-12', value: 7 });
    });

    it('says since when each count was the longest, and when that changed', async () => {
      const rows = await answer('replay', '2026-01-12');
      const streak = rows.filter(({ rule }) => rule === 'small-cap-streak');
      const claims = streak.map(({ kind, session, value, precedent }) => {
        const { atLeast, higher } = precedent as Row;
        return [kind, session, value, atLeast, higher];
      });
      expect(claims).toEqual([
        ['fired', '2026-01-12', 7, '2022-09-15', '2021-02-09'],
        ['updated', '2026-01-13', 8, '2021-02-09', '2013-10-01'],
        ['updated', '2026-01-14', 9, '2013-10-01', '2008-06-06'],
        ['updated', '2026-01-15', 10, '2008-06-06', '2008-06-06'],
        ['updated', '2026-01-22', 14, null, null],
      ]);
      expect(streak[0]?.['precedent']).toMatchObject({ dataSince: '2000-05-30' });
    });

    it('finds thirteen sessions in 2008, and seven of the funds in January 2019', async () => {
      const [backtest] = await answer('backtest');
      const episodes = backtest?.['episodes'] as Row[];
      expect(episodes.find(({ start }) => String(start).startsWith('2008-05'))?.['peak']).toBe(13);
      expect(episodes.find(({ start }) => String(start).startsWith('2019'))).toMatchObject({
        start: '2019-01-10',
        end: '2019-01-11',
        peak: 7,
      });
    });

    it('puts the closest call on 7 January', async () => {
      const closest = await valueAt('lowest(ret(IWM) - ret(SPY), 7)', '2026-01-12');
      expect(closest).toBeCloseTo(0.00088, 5);
      expect(await valueAt('ret(IWM) - ret(SPY)', '2026-01-07')).toBe(closest);
      const [fired] = (await answer('replay', '2026-01-12')).filter(
        ({ rule }) => rule === 'small-cap-streak',
      );
      expect(fired?.['margin']).toEqual({ value: closest, session: '2026-01-07' });
    });

    it('finds five of the seven down on 12 January, and all of them first on 13 February', async () => {
      expect(await valueAt('count(MAG7, ytd(member) < 0)', '2026-01-12')).toBe(5);
      const states = (await answer('states')).filter(({ rule }) => rule === 'mega-caps-down');
      const firing = states.filter(({ state }) => state === 'firing').map(({ session }) => session);
      expect(states[0]?.['session']).toBe('2026-01-02');
      expect(firing).toEqual(['2026-02-13']);
    });

    it('finds 341 members up on 12 January, with IWM 6.23% and SPY 1.94% up on the year', async () => {
      expect(await valueAt('count(SP500_MEMBERS, ytd(member) > 0)', '2026-01-12')).toBe(341);
      expect(await valueAt('ytd(IWM)', '2026-01-12')).toBeCloseTo(0.0623, 4);
      expect(await valueAt('ytd(SPY)', '2026-01-12')).toBeCloseTo(0.0194, 4);
      const states = await answer('states');
      const day = states.find(
        ({ rule, session }) => rule === 'breadth-broadening' && session === '2026-01-12',
      );
      expect(day?.['state']).toBe('firing');
    });

    it('finds the discount at 32.4% on 2 December and 31.0% on 31 December', async () => {
      const rows = [
        ...(await answer('eval', DISCOUNT, '2025-12-02')),
        ...(await answer('eval', DISCOUNT, '2025-12-31')),
      ];
      expect(rows.map(({ value }) => (100 * Number(value)).toFixed(1))).toEqual(['32.4', '31.0']);
    });

    it('finds the third cut on 10 December', async () => {
      expect(await valueAt('streak(FOMC.change_bp < 0)', '2025-12-10')).toBe(3);
    });

    it('has the discount and the policy fire on the days it names', async () => {
      const rows = await answer('replay', '2025-12-01');
      const fired = (rule: string) => rows.find((row) => row['rule'] === rule && row['kind'] === 'fired');
      expect(fired('valuation-discount')?.['session']).toBe('2025-12-02');
      expect(fired('policy-easing')?.['session']).toBe('2025-12-10');
      expect(fired('valuation-extreme')).toBeUndefined();
    });
  },
);
