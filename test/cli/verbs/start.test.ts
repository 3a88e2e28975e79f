import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { call } from '../context.ts';
import { folderWith, smallFolder } from '../folder.ts';

describe('start', () => {
  it('shows alerts of the sample, marked as such, and keeps it for the commands it suggests', async () => {
    // Without rules of its own the folder gets those that ship.
    const folder = folderWith({});
    const called = await call(['start'], { folder });
    expect(called).toMatchObject({ code: 0, err: '' });
    expect(called.out).toContain('SAMPLE DATA');
    expect(called.out).toContain('npx tidemark');
    expect(existsSync(join(folder, '.tidemark/sample/IWM.csv'))).toBe(true);
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

  it('shows a folder of one\u2019s own, not marked', async () => {
    const called = await call(['start', '--data', 'closes'], { folder: smallFolder() });
    expect(called.code).toBe(0);
    expect(called.out).toContain('The first fund is ahead');
    expect(called.out).not.toContain('SAMPLE');
  });
});
