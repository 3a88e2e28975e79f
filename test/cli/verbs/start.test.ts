import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { run } from '../../../cli/run.ts';
import { call, collectingOutput, contextWith } from '../context.ts';
import { closesFrom, folderWith, smallFolder } from '../folder.ts';

describe('start', { timeout: 120_000 }, () => {
  it('lives through the sample, delivers into the outbox, stays until interrupted, and repeats nothing', async () => {
    // Without rules of its own the folder gets those that ship.
    const folder = folderWith({});
    const outbox = join(folder, '.tidemark/outbox');
    const first = await call(['start'], { folder });
    expect(first).toMatchObject({ code: 0, err: '' });
    expect(first.out).toMatch(/SAMPLE DATA[^]*The service[^]*Ready\. Ctrl-C[^]*Ended\./);
    const messages = readdirSync(outbox);
    expect(messages.some((name) => /small-cap-streak_.*fired_2026-01-12.*--email-.*\.eml$/.test(name))).toBe(
      true,
    );
    expect(messages.some((name) => name.endsWith('.txt'))).toBe(true);
    const again = await call(['start', '--once'], { folder });
    expect(again).toMatchObject({ code: 0, err: '' });
    expect(again.out).toContain('One alert, as it would have arrived on Monday 12 January 2026');
    expect(again.out).not.toContain('Ready.');
    const published = (text: string) => /\d+ alerts recorded, \d+ messages published/.exec(text)?.[0];
    expect(published(again.out)).toBe(published(first.out));
    expect(readdirSync(outbox)).toEqual(messages);
  });

  it('prints the alerts of the sample for scripts, marked as such, and keeps it for the commands it suggests', async () => {
    const folder = folderWith({});
    const called = await call(['start', '--json'], { folder });
    expect(called).toMatchObject({ code: 0, err: '' });
    for (const { subject } of called.json) expect(subject).toMatch(/^SAMPLE DATA/);
    expect(existsSync(join(folder, '.tidemark/table'))).toBe(false);
    const data = ['--data', '.tidemark/sample'];
    const evaluated = await call(['eval', 'ytd(IWM)', ...data, '--at', '2026-01-12'], { folder });
    expect(evaluated.out).toMatch(/^SAMPLE DATA/);
    const replayed = await call(['replay', ...data, '--from', '2026-01-12', '--json'], { folder });
    expect(replayed.json.length).toBeGreaterThan(0);
    for (const { subject } of replayed.json) expect(subject).toMatch(/^SAMPLE DATA/);
  });

  it('still shows the alerts where the sample cannot be kept', async () => {
    const folder = folderWith({ '.tidemark': 'a file' });
    const called = await call(['start', '--json'], { folder });
    expect(called.code).toBe(0);
    expect(called.json.length).toBeGreaterThan(0);
    expect(called.err).toContain('the sample was not kept');
  });

  it('shows a folder of one\u2019s own, not marked, with a store of its own that a later start goes on from', async () => {
    const folder = smallFolder();
    const called = await call(['start', '--data', 'closes'], { folder });
    expect(called).toMatchObject({ code: 0, err: '' });
    expect(called.out).toContain('The first fund is ahead');
    expect(called.out).not.toContain('SAMPLE');
    expect(called.out).toContain('Next run    Mon 2 Feb 2026, 17:20 New York');
    expect(readdirSync(join(folder, '.tidemark'))).toEqual(['data']);
    const again = await call(['start', '--data', 'closes', '--once'], { folder });
    expect(again).toMatchObject({ code: 0, err: '' });
  });

  it('serves its status page while it stays, at the address that it says, and no longer', async () => {
    const folder = smallFolder();
    const out = collectingOutput();
    let page = '';
    const address = (): string => /Console {5}(http:\/\/127\.0\.0\.1:\d+)/.exec(out.text())?.[1] ?? '';
    const interrupted = async (): Promise<void> => {
      while (!out.text().includes('Ready.')) await pause(5);
      page = await (await fetch(`${address()}/status`)).text();
    };
    const code = await run(['start', '--data', 'closes', '--port', '0'], {
      ...contextWith({ folder, out, interrupted }),
    });
    expect(code).toBe(0);
    expect(page).toContain('Rules, on 12 Jan 2026');
    expect(page).toContain('The first fund is ahead');
    await expect(fetch(address())).rejects.toThrow();
  });

  it('suggests to read an old alert again on its own date', async () => {
    const later = closesFrom('2026-01-05', [100, 101, 103, ...Array.from({ length: 14 }, () => 103)]);
    const other = closesFrom('2026-01-05', [100, 100, 100, ...Array.from({ length: 14 }, () => 100)]);
    const folder = smallFolder({ 'later/AAA.csv': later, 'later/BBB.csv': other });
    const called = await call(['start', '--data', 'later', '--once'], { folder });
    const shown = /replay --data later --from (\S+) --to (\S+) --full/.exec(called.out);
    expect([shown?.[1], called.code]).toEqual([shown?.[2], 0]);
    expect(called.out).toContain('That alert again');
  });

  it('takes rules that name instruments only the folder brings, and stays with its store without the folder', async () => {
    const folder = smallFolder({
      'closes/CCC.csv': closesFrom('2026-01-05', [10, 11]),
      'rules/ccc.yaml': 'rules: [{ id: ccc, title: CCC, when: ret(CCC) > 1% }]\n',
    });
    const called = await call(['start', '--data', 'closes', '--once'], { folder });
    expect(called).toMatchObject({ code: 0, err: '' });
    expect(called.out).toContain('Rules       2 rules, live from the next session to finish');
    const [place = ''] = readdirSync(join(folder, '.tidemark/data'));
    const there = ['--data-dir', join('.tidemark/data', place)];
    const again = await call(['start', '--once', ...there], { folder });
    expect(again).toMatchObject({ code: 0, err: '' });
    expect(again.out).toContain('Data as of  12 Jan 2026');
    const rules = await call(['rules', 'list', '--json', ...there], { folder });
    expect(rules.json.map(({ id }) => id)).toEqual(['ahead', 'ccc']);
  });

  it('begins without rules that have errors, says which, and evaluates the others', async () => {
    const broken = 'rules: [{ id: odd, title: Odd, when: ret(AAA) > 30 }]\n';
    const folder = smallFolder({ 'rules/odd.yaml': broken });
    const called = await call(['start', '--data', 'closes', '--once'], { folder });
    expect(called.code).toBe(0);
    expect(called.err).toContain('odd.yaml:1');
    expect(called.out).toContain('Rules       1 rule,');
  });
});
