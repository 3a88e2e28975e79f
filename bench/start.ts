/**
 * From process start to the decisions of the shipped rules over the embedded store, against one item for each series and
 * date read through the document client: `node bench/start.ts [--json] [--rounds N]`, at full speed and held to 0.29 of a
 * core, as a function of 512 MB is. Both are bundled as functions are, evaluate the same rules with the same code, and
 * must decide the same.
 */
import { spawn } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { build } from 'esbuild';
import { checkedRules, readRulesFolder } from '../cdk/rules.ts';
import { STAND_INS } from '../cdk/stand-ins.ts';
import { BUNDLE_FILE } from '../lambdas/bundled-rules.ts';
import { scratch } from './peers/export.ts';
import { median } from './rounds.ts';
import type { Decision } from './start/decide.ts';
import { prepareStore, RULES, type StartStore } from './start/store.ts';
import type { Hold } from './start/throttle.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const DOCUMENT_CLIENT = join(ROOT, 'bench/node_modules/@aws-sdk/lib-dynamodb');
/** Of a whole processor, which Lambda gives at 1,769 MB. */
const SHARE_OF_512_MB = 0.29;

interface Sample extends Decision {
  /** Milliseconds by the clock, from the start of the process to its answer. */
  readonly ms: number;
}

const { values: options } = parseArgs({
  options: { json: { type: 'boolean', default: false }, rounds: { type: 'string', default: '5' } },
});

/** Bundles both, with one SDK each, beside the rules as a deployment packs them. */
async function bundle(): Promise<string> {
  const outdir = scratch();
  await build({
    entryPoints: [join(ROOT, 'bench/start-ours.ts')],
    stdin: {
      contents: `import * as all from '@aws-sdk/lib-dynamodb'; import { decideFrom } from './start-plain.ts'; await decideFrom(all);`,
      resolveDir: join(ROOT, 'bench'),
    },
    ...{ outdir, outExtension: { '.js': '.mjs' }, logLevel: 'error' },
    ...{ bundle: true, minify: true, format: 'esm', platform: 'node', target: 'node24' },
    mainFields: ['module', 'main'],
    alias: {
      'node:http': join(ROOT, 'bench/start/node-http.ts'),
      '@aws-sdk/client-dynamodb': join(ROOT, 'node_modules/@aws-sdk/client-dynamodb'),
      ...Object.fromEntries(STAND_INS.map(([name, file]) => [name, join(ROOT, file)])),
    },
    banner: { js: "import{createRequire}from'node:module';const require=createRequire(import.meta.url);" },
  });
  const rules = checkedRules(readRulesFolder(fileURLToPath(RULES)));
  if (!rules.ok) throw new Error(rules.errors[0]);
  writeFileSync(join(outdir, BUNDLE_FILE), JSON.stringify(rules.value));
  return outdir;
}

/** Starts one process and waits for its decisions. */
function decideOnce(file: string, { endpoint, now }: StartStore, share: number): Promise<Sample> {
  return new Promise((resolve, reject) => {
    const start = performance.now();
    const child = spawn(process.execPath, [file, endpoint, String(now)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const data: Hold = { pid: child.pid ?? 0, share };
    const throttle = new URL('start/throttle.ts', import.meta.url);
    const worker = share < 1 ? new Worker(throttle, { workerData: data }) : null;
    const end = (): boolean => child.kill('SIGKILL');
    process.on('exit', end);
    let answer = '';
    let ms = 0;
    child.stdout.on('data', (chunk) => {
      ms ||= performance.now() - start;
      answer += String(chunk);
    });
    child.on('error', reject);
    child.on('close', () => {
      void worker?.terminate();
      process.off('exit', end);
      if (answer === '') reject(new Error(`${file} decided nothing`));
      else resolve({ ...(JSON.parse(answer) as Decision), ms });
    });
  });
}

/** The ratios of rounds, sorted so that median and range can be told. */
function told(ratios: readonly number[]): { ratio: number; low: number; high: number } {
  return { ratio: median(ratios), low: Math.min(...ratios), high: Math.max(...ratios) };
}

async function measure(store: StartStore, folder: string, share: number): Promise<void> {
  const rounds: { ours: Sample; plain: Sample }[] = [];
  for (let round = 0; round < Number(options.rounds); round++) {
    const ours = await decideOnce(join(folder, 'start-ours.mjs'), store, share);
    await store.restore();
    const plain = await decideOnce(join(folder, 'stdin.mjs'), store, share);
    await store.restore();
    if (ours.decided !== plain.decided) throw new Error('the two do not decide the same');
    rounds.push({ ours, plain });
  }
  const ms = median(rounds.map(({ ours }) => ours.ms));
  const againstMs = median(rounds.map(({ plain }) => plain.ms));
  const clock = told(rounds.map(({ ours, plain }) => plain.ms / ours.ms));
  const processor = told(rounds.map(({ ours, plain }) => plain.processor / ours.processor));
  const [{ ours, plain }] = rounds as [(typeof rounds)[number]];
  const units = ({ calls, read, written }: Sample) => ({ calls, read, written });
  if (options.json) {
    const line = { task: 'start', against: 'plain', ...clock, ms, againstMs, cores: share, processor };
    console.log(JSON.stringify({ ...line, units: units(ours), againstUnits: units(plain) }));
    return;
  }
  const range = ({ ratio, low, high }: typeof clock): string =>
    `${ratio.toFixed(1)}x [${low.toFixed(1)} to ${high.toFixed(1)}]`;
  const spent = (one: 'ours' | 'plain'): string =>
    `${median(rounds.map((round) => round[one].processor)).toFixed(0)} ms`;
  console.log(
    `${share} of a core: ${range(clock)} by the clock (${ms.toFixed(0)} and ${againstMs.toFixed(0)} ms), ` +
      `${range(processor)} in processor time (${spent('ours')} and ${spent('plain')})`,
  );
  console.log(`  ours:  ${JSON.stringify(units(ours))}\n  plain: ${JSON.stringify(units(plain))}`);
}

if (existsSync(DOCUMENT_CLIENT)) {
  const folder = await bundle();
  const store = await prepareStore();
  if (!options.json) console.log(`${store.values} values of ${store.series} series`);
  for (const share of [1, SHARE_OF_512_MB]) await measure(store, folder, share);
  await store.end();
} else {
  console.error('start: skipped, the document client is not installed here; npm run bench:peers installs it');
}
