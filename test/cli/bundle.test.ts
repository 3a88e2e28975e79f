import { spawnSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Says where it is, in two modules, and whether it runs from a bundle. */
const MAIN = `
import { answer } from './answer.ts';
const isBundled: boolean = new Error('where').stack?.includes('.cache') === true;
const { late } = await import('./late.ts');
process.stdout.write(JSON.stringify([import.meta.url, answer, late, isBundled]));
process.exitCode = 3;
`;

describe('the bundle of the command', () => {
  let folder = '';
  const at = (...path: string[]): string => join(folder, ...path);

  /** Writes a source as if it had rested for a minute. */
  function write(name: string, text: string): void {
    writeFileSync(at('cli', name), text);
    const then = Date.now() / 1000 - 60;
    utimesSync(at('cli', name), then, then);
  }

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'tidemark-bundle-'));
    mkdirSync(at('cli'));
    mkdirSync(at('node_modules'));
    for (const name of ['tidemark.mjs', 'bundle.mjs']) copyFileSync(join(root, 'cli', name), at('cli', name));
    write('main.ts', MAIN);
    write('answer.ts', 'export const answer: number = 42;');
    write('late.ts', 'export const late: string = import.meta.filename;');
    writeFileSync(at('package.json'), '{ "type": "module" }');
    utimesSync(at('package.json'), 1, 1);
    for (const name of ['esbuild', '@esbuild']) {
      symlinkSync(join(root, 'node_modules', name), at('node_modules', name));
    }
  });

  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  function run(environment: NodeJS.ProcessEnv = {}): unknown {
    const { status, stdout, stderr } = spawnSync(process.execPath, [at('cli/tidemark.mjs')], {
      encoding: 'utf8',
      env: { ...process.env, ...environment },
    });
    expect([status, stderr]).toEqual([3, '']);
    return JSON.parse(stdout);
  }

  const said = (answer: number, isBundled: boolean): unknown => [
    pathToFileURL(at('cli/main.ts')).href,
    answer,
    at('cli/late.ts'),
    isBundled,
  ];

  it('is made after the first run, used by the next ones, and says the same', () => {
    expect(run()).toEqual(said(42, false));
    expect(run()).toEqual(said(42, true));
    expect(run()).toEqual(said(42, true));
  });

  it('is not used once a source has changed, and made anew when the change has rested', () => {
    run();
    writeFileSync(at('cli/answer.ts'), 'export const answer: number = 43;');
    expect(run()).toEqual(said(43, false));
    expect(run()).toEqual(said(43, false));
    write('answer.ts', 'export const answer: number = 44;');
    expect(run()).toEqual(said(44, false));
    expect(run()).toEqual(said(44, true));
  });

  it('is not used where the folder was copied from elsewhere, or a stack is to be told', () => {
    run();
    expect(run({ TIDEMARK_DEBUG: '1' })).toEqual(said(42, false));
    const before = folder;
    folder = `${before}-moved`;
    spawnSync('cp', ['-a', before, folder]);
    expect(run()).toEqual(said(42, false));
    rmSync(before, { recursive: true });
  });

  it('is done without where it cannot be made, quietly', () => {
    rmSync(at('node_modules/esbuild'));
    expect([run(), run()]).toEqual([said(42, false), said(42, false)]);
    rmSync(at('node_modules/.cache'), { recursive: true });
    writeFileSync(at('node_modules/.cache'), 'in its place');
    expect([run(), run()]).toEqual([said(42, false), said(42, false)]);
  });

  it('leaves nothing behind where a source does not parse', () => {
    write('late.ts', 'export const late = ;');
    const { status } = spawnSync(process.execPath, [at('cli/tidemark.mjs')]);
    expect(status).toBe(1);
    write('unread.ts', 'export const unread = ;');
    write('main.ts', `${MAIN}\nexport const load = () => import('./unread.ts');`);
    write('late.ts', 'export const late: string = import.meta.filename;');
    expect(run()).toEqual(said(42, false));
    expect(existsSync(at('node_modules/.cache/tidemark'))).toBe(true);
    expect(readdirSync(at('node_modules/.cache/tidemark'))).toEqual([]);
  });
});
