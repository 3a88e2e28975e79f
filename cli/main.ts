import { readFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { run } from './run.ts';
import { bufferedOutput, directOutput } from './streams.ts';

// The composition root of the command: nothing below it asks for the time, the folder or a stream.

for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    // A reader that has seen enough (`| head`) is no failure.
    process.exit(error.code === 'EPIPE' ? 0 : 1);
  });
}

const packageFolder = fileURLToPath(new URL('..', import.meta.url));
const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
  version: string;
};

process.exitCode = await run(
  process.argv.slice(2),
  {
    out: bufferedOutput(process.stdout),
    err: directOutput(process.stderr),
    // Opened only by the verb that reads it.
    get input() {
      return process.stdin;
    },
    now: Date.now(),
    clock: () => Date.now(),
    ticks: () => performance.now(),
    interrupted,
    chance: () => Math.random(),
    secret: () => `${crypto.randomUUID()}${crypto.randomUUID()}`,
    pause: (milliseconds, signal) =>
      setTimeout(milliseconds, undefined, signal === undefined ? {} : { signal }).catch(() => {}),
    folder: process.cwd(),
    packageFolder,
    environment: process.env,
    version,
  },
  process.env['TIDEMARK_DEBUG'],
);

/**
 * The first signal asks the command to end; the next one ends it as usual. A script of npm ends with npm too: who ends npm
 * by a signal would else leave the command behind, since the shell in between passes none on.
 */
function interrupted(): Promise<void> {
  const parent = process.ppid;
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => resolve());
    if (process.env['npm_lifecycle_event'] === undefined) return;
    setInterval(() => {
      if (process.ppid !== parent) resolve();
    }, 500).unref();
  });
}
