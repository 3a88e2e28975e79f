#!/usr/bin/env node
// The launcher of the `tidemark` command, in plain JavaScript so that any Node can read it. The sources are TypeScript:
// a Node that runs them as they are goes straight to main.ts, an older one starts one that can.

import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import module from 'node:module';
import { fileURLToPath } from 'node:url';

const main = new URL('./main.ts', import.meta.url);
const STRIP_TYPES = ['--experimental-strip-types', '--disable-warning=ExperimentalWarning'];

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
const runsTypeScript = major > 24 || (major === 24 && minor >= 3) || (major === 22 && minor >= 18);
const stripsWithFlag = major > 22 || (major === 22 && minor >= 12);
const lockedNode = fileURLToPath(
  new URL(`../node_modules/node-${process.platform}-${process.arch}/bin/node`, import.meta.url),
);

if (runsTypeScript || process.execArgv.includes(STRIP_TYPES[0])) {
  module.enableCompileCache?.();
  await run();
} else if (stripsWithFlag) {
  start(process.execPath, STRIP_TYPES);
} else if (existsSync(lockedNode)) {
  start(lockedNode, []);
} else {
  refuse(`it runs on ${process.versions.node}; install a newer one, or run npm ci here to get one on Linux`);
}

/** Runs the command from its bundle, or from the sources where it has none yet or its stack is to be told. */
async function run() {
  if (process.env.TIDEMARK_DEBUG !== undefined) {
    await import(main.href);
    return;
  }
  const { freshBundle, renewBundle } = await import('./bundle.mjs');
  const bundle = freshBundle();
  await import(bundle ?? main.href);
  if (bundle === null) await renewBundle();
}

/** Runs the launcher again under another Node and lets it speak, read, be signalled and end as this one would. */
function start(node, flags) {
  const launcher = fileURLToPath(import.meta.url);
  const child = spawn(node, [...flags, launcher, ...process.argv.slice(2)], { stdio: 'inherit' });
  const forward = (signal) => {
    // A terminal has already sent its interrupt to both.
    if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, forward);
  child.on('error', (error) => refuse(`${node} does not start: ${error.message}`));
  child.on('exit', (code, signal) => {
    if (signal === null) process.exit(code ?? 1);
    process.removeAllListeners(signal);
    process.kill(process.pid, signal);
  });
}

function refuse(reason) {
  process.stderr.write(`tidemark needs Node 22.12 or newer: ${reason}.\n`);
  process.exitCode = 1;
}
