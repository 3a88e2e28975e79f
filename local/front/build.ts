import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { promises } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { failure, type Result, success } from '../../shared/result.ts';
import { textOf } from '../../shared/service/report.ts';
import { BUILDS, sourcesDigest } from './sources.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const PROGRAM = fileURLToPath(new URL('build-console.ts', import.meta.url));
/** Builds that are kept: an older process may still serve the one it began with. */
const KEPT = 3;

/**
 * The folder of the built console, built where its sources have changed since; an error is why there is none. A build
 * lies in a folder named by the digest of its sources and comes there whole, so that of two processes that build at the
 * same time either may be first. It is made by a process of its own, which keeps nobody here waiting.
 */
export async function builtConsole(root: string = ROOT): Promise<Result<string, string>> {
  try {
    const builds = join(root, 'console', BUILDS);
    const folder = join(builds, await sourcesDigest(root));
    if (await isThere(join(folder, 'index.html'))) return success(folder);
    await promises.mkdir(builds, { recursive: true });
    await build(builds, folder);
    await prune(builds, folder);
    return success(folder);
  } catch (error) {
    return failure(textOf(error));
  }
}

async function build(builds: string, folder: string): Promise<void> {
  const making = await promises.mkdtemp(join(builds, '.making-'));
  try {
    await run(making);
    await promises.rename(making, folder).catch(async (error: unknown) => {
      if (!(await isThere(join(folder, 'index.html')))) throw error;
    });
  } finally {
    await promises.rm(making, { recursive: true, force: true });
  }
}

async function run(folder: string): Promise<void> {
  const env = { ...process.env, NODE_ENV: 'production' };
  const child = spawn(process.execPath, [...process.execArgv, PROGRAM, folder], {
    env,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0) throw new Error(said.trim().split('\n')[0] || `the build ended with ${code ?? 'a signal'}`);
}

async function prune(builds: string, folder: string): Promise<void> {
  const names = (await promises.readdir(builds)).filter((name) => !name.startsWith('.'));
  const dated = await Promise.all(
    names.map(async (name) => ({ name, at: (await promises.stat(join(builds, name))).mtimeMs })),
  );
  for (const { name } of dated.toSorted((a, b) => b.at - a.at).slice(KEPT)) {
    const old = join(builds, name);
    if (old !== folder) await promises.rm(old, { recursive: true, force: true });
  }
}

async function isThere(path: string): Promise<boolean> {
  return await promises.access(path).then(
    () => true,
    () => false,
  );
}
