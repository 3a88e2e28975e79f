import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const LAUNCHER = fileURLToPath(new URL('../../cli/tidemark.mjs', import.meta.url));

/** The folder that all test files of one run share: the sample lived through once, to be copied. */
const SHARED = join(tmpdir(), `tidemark-lived-${process.pid}`);
const READY = join(SHARED, 'ready');
const FAILED = join(SHARED, 'failed');
const LOOK_AGAIN_MS = 100;

/**
 * A scratch folder of one's own that holds a data directory in which the service has lived through the sample's last
 * evenings. The first file of a run that asks makes it; the others wait for that and copy.
 */
export async function livedFolder(): Promise<string> {
  if (isFirst()) await live();
  while (!existsSync(READY)) {
    if (existsSync(FAILED)) throw new Error('the sample could not be lived through: see the first file');
    await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS));
  }
  const folder = mkdtempSync(join(tmpdir(), 'tidemark-console-'));
  cpSync(join(SHARED, 'lived'), folder, { recursive: true });
  return folder;
}

/** Removes what the files of this run shared. */
export function removeLived(): void {
  rmSync(SHARED, { recursive: true, force: true });
}

/** Runs the command in a folder to its end: what it printed; an exit that is not 0 is an error with what it said. */
export async function command(folder: string, ...args: readonly string[]): Promise<string> {
  const child = spawn(process.execPath, [LAUNCHER, ...args], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let out = '';
  let err = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => void (out += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => void (err += text));
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0) throw new Error(`tidemark ${args.join(' ')} ended with ${code}: ${err || out}`);
  return out;
}

/** The service of a folder while it stays. */
export interface Staying {
  /** `http://127.0.0.1:41234`. */
  readonly address: string;
  readonly end: () => Promise<void>;
}

/** Starts the service in a folder, on any free port, and waits until it says where it is and that it is ready. */
export async function stay(folder: string): Promise<Staying> {
  const child = spawn(process.execPath, [LAUNCHER, 'start', '--port', '0'], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const closed = once(child, 'close');
  let out = '';
  const address = await new Promise<string>((resolve, reject) => {
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      out += text;
      const found = /Console\s+(http:\/\/127\.0\.0\.1:\d+)[^]*Ready\./.exec(out)?.[1];
      if (found !== undefined) resolve(found);
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => void (out += text));
    child.once('close', () => reject(new Error(`the service ended before it was ready: ${out}`)));
  });
  return {
    address,
    async end() {
      child.kill('SIGINT');
      await closed;
    },
  };
}

function isFirst(): boolean {
  try {
    mkdirSync(SHARED);
    return true;
  } catch {
    return false;
  }
}

async function live(): Promise<void> {
  const lived = join(SHARED, 'lived');
  mkdirSync(lived);
  try {
    await command(lived, 'start', '--once');
    writeFileSync(READY, '');
  } catch (error) {
    writeFileSync(FAILED, '');
    throw error;
  }
}
