import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const source = fileURLToPath(new URL('../../cli/tidemark.mjs', import.meta.url));

/** Makes the running Node tell another version of itself, before the launcher looks. */
function posingAs(version: string): string[] {
  const versions = `{ ...process.versions, node: '${version}' }`;
  const program = `Object.defineProperty(process, 'versions', { value: ${versions} })`;
  return ['--import', `data:text/javascript,${encodeURIComponent(program)}`];
}

/** Says how it was started, echoes its input and ends as its first argument tells: a stand-in for the real command. */
const MAIN = `
const how: readonly string[] = process.execArgv;
const [ending = '0'] = process.argv.slice(2) as string[];
if (ending === 'wait') {
  process.on('SIGTERM', () => process.exit(7));
  process.stdout.write('waiting');
  setInterval(() => {}, 1000);
} else {
  for await (const chunk of process.stdin) process.stdout.write(chunk);
  process.stdout.write(JSON.stringify([how, process.argv.slice(2)]));
  process.exitCode = Number(ending);
}
`;

describe('the launcher', () => {
  let folder = '';
  let launcher = '';

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'tidemark-launcher-'));
    mkdirSync(join(folder, 'cli'));
    launcher = join(folder, 'cli/tidemark.mjs');
    copyFileSync(source, launcher);
    copyFileSync(new URL('../../cli/bundle.mjs', import.meta.url), join(folder, 'cli/bundle.mjs'));
    writeFileSync(join(folder, 'cli/main.ts'), MAIN);
    writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
  });

  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  function launch(version: string, ...args: string[]) {
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [...posingAs(version), launcher, ...args],
      {
        input: 'in ',
        encoding: 'utf8',
      },
    );
    return { status, stdout, stderr };
  }

  it.each(['22.18.0', '24.3.0', '26.0.0'])('runs the sources in place on Node %s', (version) => {
    expect(launch(version, '3', 'x y')).toEqual({
      status: 3,
      stdout: `in ${JSON.stringify([posingAs(version), ['3', 'x y']])}`,
      stderr: '',
    });
  });

  it.each(['22.12.0', '22.17.1', '23.5.0', '24.0.0'])('asks Node %s to strip types, quietly', (version) => {
    const flags = ['--experimental-strip-types', '--disable-warning=ExperimentalWarning'];
    expect(launch(version, '2', '--json')).toEqual({
      status: 2,
      stdout: `in ${JSON.stringify([flags, ['2', '--json']])}`,
      stderr: '',
    });
  });

  it.each(['18.20.0', '20.20.2', '22.11.0'])(
    'says what it needs on Node %s where no other is there',
    (version) => {
      expect(launch(version)).toEqual({
        status: 1,
        stdout: '',
        stderr: `tidemark needs Node 22.12 or newer: it runs on ${version}; install a newer one, or run npm ci here to get one on Linux.\n`,
      });
    },
  );

  it('starts the locked Node on an older one', () => {
    const bin = join(folder, `node_modules/node-${process.platform}-${process.arch}/bin`);
    mkdirSync(bin, { recursive: true });
    symlinkSync(process.execPath, join(bin, 'node'));
    const result = launch('20.20.2', '4');
    rmSync(join(folder, 'node_modules'), { recursive: true });
    expect(result).toEqual({ status: 4, stdout: `in ${JSON.stringify([[], ['4']])}`, stderr: '' });
  });

  it('hands signals on and ends with the code of what they end', async () => {
    const child = spawn(process.execPath, [...posingAs('22.12.0'), launcher, 'wait'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const ended = once(child, 'exit');
    await once(child.stdout, 'data');
    child.kill('SIGTERM');
    expect(await ended).toEqual([7, null]);
  });
});
