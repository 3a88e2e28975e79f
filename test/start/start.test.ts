import { describe, expect, it } from 'vitest';
import { alertToExplain, latestPeriod, sentOver } from '../../local/start/latest.ts';
import { start } from '../../local/start/start.ts';
import type { Alert } from '../../shared/alerts/alert.ts';
import { archiveOf, marketOf, priced } from '../support/archive-of.ts';
import { rulesOf } from '../support/rules-of.ts';
import { call } from '../cli/context.ts';
import { folderWith } from '../cli/folder.ts';

function shown(options: Parameters<typeof start>[0]): string {
  let text = '';
  start(options, {
    write: (part) => {
      text += part;
    },
    paint: (_style, part) => part,
  });
  return text;
}

const market = marketOf([priced('IWM')]);
const archive = archiveOf(market, '2026-01-02', { 'IWM.close': [100, 101, 102, 103, 104] });
const NAMES = ['a', 'b', 'c', 'd'];
const rising = (count: number, severity = 'notice') =>
  rulesOf(
    `rules:\n${NAMES.slice(0, count)
      .map(
        (id) =>
          `  - { id: ${id}, title: Rule ${id}, when: streak(ret(IWM) > 0) >= 2, severity: ${severity} }`,
      )
      .join('\n')}`,
    market,
  );

describe('the latest sessions', () => {
  it('end with the last stored value and are as many as asked for', () => {
    expect(latestPeriod(archive, 3)).toEqual({ from: '2026-01-06', to: '2026-01-08' });
    expect(latestPeriod(archive, 1)).toEqual({ from: '2026-01-08', to: '2026-01-08' });
  });

  it('are none where nothing is stored', () => {
    expect(latestPeriod(archiveOf(market, '2026-01-02', {}), 3)).toBeNull();
  });

  it('send up to three alerts of a session one by one', () => {
    const sent = sentOver(archive, rising(3), { from: '2026-01-02', to: '2026-01-08' }, {});
    expect(sent.map(({ session, alerts }) => [session, alerts.length])).toEqual([
      ['2026-01-06', 1],
      ['2026-01-06', 1],
      ['2026-01-06', 1],
    ]);
  });

  it('send four alerts of a session as one digest, and urgent ones alone besides', () => {
    const period = { from: '2026-01-02', to: '2026-01-08' };
    expect(sentOver(archive, rising(4), period, {}).map(({ alerts }) => alerts.length)).toEqual([4]);
    const urgent = sentOver(archive, rising(4, 'urgent'), period, {});
    expect(urgent.map(({ alerts }) => alerts.length)).toEqual([4, 1, 1, 1, 1]);
  });
});

describe('the alert that is explained', () => {
  const alert = (part: Partial<Alert>): Alert =>
    ({ rule: 'other', kind: 'fired', severity: 'notice', session: '2026-01-12', ...part }) as Alert;

  it('is the streak where it fired, whatever else is louder or later', () => {
    const streak = alert({ rule: 'small-cap-streak' });
    const alerts = [streak, alert({ severity: 'urgent' }), alert({ session: '2026-01-13' })];
    expect(alertToExplain(alerts)).toBe(streak);
  });

  it('is otherwise the loudest that fired on the latest session', () => {
    const loud = alert({ severity: 'urgent' });
    const resolved = alert({ kind: 'resolved', session: '2026-01-13' });
    expect(alertToExplain([alert({ session: '2026-01-09' }), alert({}), loud, resolved])).toBe(loud);
  });

  it('is otherwise the last one, and none where there is none', () => {
    const last = alert({ kind: 'resolved' });
    expect(alertToExplain([alert({ kind: 'updated' }), last])).toBe(last);
    expect(alertToExplain([])).toBeUndefined();
  });
});

describe("the start on data of one's own", () => {
  it('shows no mark of sample data, and suggests commands on that folder', () => {
    const text = shown({ archive, rules: rising(1), folder: 'closes' });
    expect(text).not.toMatch(/sample/i);
    expect(text).toContain('One alert, as it would have arrived on Tuesday 6 January 2026');
    expect(text).toContain('npx tidemark backtest a --data closes');
  });

  it('says so where there is no data, and suggests nothing that needs some', () => {
    const text = shown({ archive: archiveOf(market, '2026-01-02', {}), rules: rising(1), folder: 'closes' });
    expect(text).toContain('There is no data to look at.');
    expect(text).not.toContain('npx tidemark');
  });

  it('explains the latest that fired within the year where none did of late', () => {
    const closes = [100, 101, 102, ...Array.from({ length: 30 }, (_, step) => 103 + step)];
    const long = archiveOf(market, '2025-12-01', { 'IWM.close': closes });
    const text = shown({ archive: long, rules: rising(1), folder: 'closes' });
    expect(text).toContain('One alert, as it would have arrived on Wednesday 3 December 2025');
    expect(text).not.toContain('What else was sent');
  });

  it('says so where no rule spoke', () => {
    const text = shown({
      archive,
      rules: rulesOf('rules: [{ id: a, when: ret(IWM) > 90% }]', market),
      folder: 'closes',
    });
    expect(text).toContain('No alert');
  });
});

describe('the start on the sample', { timeout: 60_000 }, () => {
  const SUGGESTED = /^ {4}npx tidemark (\w+.*)$/gm;

  it('explains the streak of 12 January first, marks every message, and suggests commands that run', async () => {
    const folder = folderWith({});
    const { code, out, err } = await call(['start', '--once'], { folder });
    expect([code, err]).toEqual([0, '']);
    expect(out).toMatch(/^Tidemark .*\nSAMPLE DATA, not the market/);
    expect(out.indexOf('Small caps are beating large caps: 7 sessions')).toBeLessThan(
      out.indexOf('What else was sent'),
    );
    expect(out).toContain('One alert, as it would have arrived on Monday 12 January 2026');
    for (const [, subject] of out.matchAll(/(?:Subject: |e-mail {2})(.*)/g))
      expect(subject).toMatch(/^SAMPLE DATA - /);
    expect(out).toContain('Leadership is changing from mega caps to the rest');
    const commands = [...out.matchAll(SUGGESTED)].map(([, command = '']) => command);
    expect(commands.length).toBeGreaterThanOrEqual(3);
    for (const command of commands) {
      const words = (command.match(/"[^"]*"|\S+/g) ?? []).map((word) => word.replaceAll('"', ''));
      const called = await call(words, { folder });
      expect([command, called.code]).toEqual([command, 0]);
      expect(called.out + called.err).toMatch(/sample data/i);
    }
  });
});
