import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { packageFolder } from './context.ts';
import { folderWith, smallFolder } from './folder.ts';

const launcher = join(packageFolder, 'cli', 'tidemark.mjs');

/** Runs the real command in a process of its own. */
function tidemark(argv: readonly string[], options: { cwd?: string; input?: string; env?: object } = {}) {
  const { cwd = packageFolder, input = '', env = {} } = options;
  const ran = spawnSync(process.execPath, [launcher, ...argv], {
    cwd,
    input,
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: undefined, FORCE_COLOR: undefined, ...env },
  });
  return { code: ran.status, out: ran.stdout, err: ran.stderr };
}

describe('the command', () => {
  it('prints its version and help on standard output', () => {
    const version = tidemark(['--version']);
    expect(version).toMatchObject({ code: 0, err: '' });
    expect(version.out).toMatch(/^\d+\.\d+\.\d+\n$/);
    const help = tidemark(['--help']);
    expect(help).toMatchObject({ code: 0, err: '' });
    expect(help.out).toContain('Exit codes');
  });

  it('exits with 2 on wrong usage, suggests the verb meant, and prints no result', () => {
    const mistyped = tidemark(['bactest', 'x']);
    expect(mistyped).toMatchObject({ code: 2, out: '' });
    expect(mistyped.err).toContain('Did you mean backtest?');
    expect(tidemark([])).toMatchObject({ code: 2, out: '' });
    expect(tidemark(['eval'])).toMatchObject({ code: 2, out: '' });
  });

  it('reads expressions from a pipe and answers in order', () => {
    const ran = tidemark(['eval', '-', '--data', 'closes', '--json'], {
      cwd: smallFolder(),
      input: 'AAA\n\n-AAA',
    });
    expect(ran.code).toBe(0);
    const answers = ran.out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { value?: number });
    expect(answers.map(({ value }) => value)).toEqual([102, undefined, -102]);
  });

  it('exits with 3 on findings', () => {
    expect(tidemark(['eval', '1 +'], { cwd: smallFolder() })).toMatchObject({ code: 3, out: '' });
  });

  it('exits with 1 and one line on the unexpected, with a stack only when asked', () => {
    // A data directory below a file.
    const cwd = smallFolder({ store: 'a file' });
    const plain = tidemark(['import', 'closes', '--data-dir', 'store/below'], { cwd });
    expect(plain).toMatchObject({ code: 1, out: '' });
    expect(plain.err).toMatch(/^error: unexpected: .+\n$/);
    const debugged = tidemark(['import', 'closes', '--data-dir', 'store/below'], {
      cwd,
      env: { TIDEMARK_DEBUG: '1' },
    });
    expect(debugged.err).toContain('    at ');
  });

  it('colours only where it is asked to or the reader is a terminal', () => {
    const cwd = smallFolder();
    const escape = '\u001B[';
    expect(tidemark(['eval', 'nope'], { cwd }).err).not.toContain(escape);
    expect(tidemark(['eval', 'nope'], { cwd, env: { FORCE_COLOR: '1' } }).err).toContain(escape);
    expect(tidemark(['eval', 'nope'], { cwd, env: { NO_COLOR: '1' } }).err).not.toContain(escape);
  });

  it('ends quietly when its reader has seen enough', async () => {
    const child = spawn(process.execPath, [
      launcher,
      'calendar',
      '--from',
      '1980-01-01',
      '--to',
      '2027-12-31',
      '--json',
    ]);
    let err = '';
    child.stderr.on('data', (piece: Buffer) => {
      err += piece.toString();
    });
    child.stdout.once('data', () => child.stdout.destroy());
    await once(child, 'close');
    expect(err).toBe('');
  });

  it('gives the same answers in every time zone', () => {
    const cwd = folderWith({ 'rules/market.yaml': 'closures: []\n' });
    const argv = ['calendar', '--from', '2025-10-30', '--to', '2025-11-04', '--json'];
    const [here, ...others] = ['America/New_York', 'Asia/Tokyo', 'UTC'].map(
      (zone) => tidemark(argv, { cwd, env: { TZ: zone } }).out,
    );
    expect(here).toContain('2025-11-03T14:30:00Z');
    for (const other of others) expect(other).toBe(here);
  });
});
