/**
 * The engine beside what one would use instead: `npm run bench`, `-- --task g,h`, `-- --json`, `-- --against tuned,c`,
 * `-- --rounds N`, `-- --data full|gaps`, `-- --batch N` (how many of g's rules DuckDB is asked in a query). A contestant that is
 * not installed is named in one line and skipped, and so is a task that one is not asked, with the reason.
 */
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { scopeOf, snapshotOf } from './data/snapshot.ts';
import { createUniverse, type Quality, type Universe } from './data/universe.ts';
import { openDuckDb } from './peers/duckdb.ts';
import * as indicators from './peers/indicators.ts';
import { startC, startPandas } from './peers/outside.ts';
import { plainContestant } from './peers/plain.ts';
import { openPolars } from './peers/polars.ts';
import { cel, jsonRulesEngine } from './peers/rule-engines.ts';
import { workerContestant } from './peers/worker.ts';
import { measureBacktest } from './peers/promtool.ts';
import { compare, type Comparison, type Disagreement } from './rounds.ts';
import { measureSharing } from './sharing.ts';
import { type Contestant, ONE_PAIR, type Skipped } from './tasks/contestant.ts';
import { engineContestant } from './tasks/engine.ts';
import { TASKS, type Task, textsOf } from './tasks/rules.ts';
import { measureToday } from './today.ts';
import { tunedContestant } from './tuned/contestant.ts';

const { values: options } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    task: { type: 'string', default: [...TASKS, 'sharing', 'today', 'start'].join(',') },
    against: { type: 'string' },
    rounds: { type: 'string', default: '9' },
    data: { type: 'string', default: 'full' },
    batch: { type: 'string', default: '1' },
  },
});
const quality: Quality = options.data === 'gaps' ? 'gaps' : 'full';
const rounds = Number(options.rounds);
const tasks = options.task.split(',');
const wanted = options.against?.split(',');
const universe = createUniverse(quality);
const snapshot = snapshotOf(universe);
const scope = scopeOf(snapshot);

/** Makes contestants of one kind, given a task, or says why it is not asked. */
type Maker = (task: Task) => Contestant | Skipped;

const FUNCTIONS_ONLY = 'asked for f alone, the task made of the functions that such libraries have';
const DECISIONS_ONLY = 'asked for a alone: it decides on facts it is given and computes none from series';

/** How each kind is opened; what throws is not installed. */
const KINDS: Readonly<Record<string, (universe: Universe) => Promise<Maker> | Maker>> = {
  tuned: (all) => (task) => tunedContestant(task, all),
  c: (all) => ofWorker('c', startC(all)),
  plain: (all) => (task) => plainContestant(task, all),
  polars: openPolars,
  duckdb: (all) => openDuckDb(all, Number(options.batch)),
  pandas: (all) => ofWorker('pandas', startPandas(all)),
  ixjb94: (all) => only('f', indicators.ixjb94(all), FUNCTIONS_ONLY),
  technicalindicators: (all) => only('f', indicators.technicalIndicators(all), FUNCTIONS_ONLY),
  indicatorts: (all) => only('f', indicators.indicatorTs(all), FUNCTIONS_ONLY),
  'trading-signals': (all) => only('f', indicators.tradingSignals(all), FUNCTIONS_ONLY),
  'json-rules-engine': () => only('a', jsonRulesEngine(snapshot, scope), DECISIONS_ONLY),
  cel: () => only('a', cel(snapshot, scope), DECISIONS_ONLY),
};
const INSTALLED_BY_HAND: ReadonlySet<string> = new Set(['c', 'pandas']);
const stops: (() => void)[] = [];

function ofWorker(name: string, worker: ReturnType<typeof startC>): Maker {
  stops.push(worker.stop);
  return (task) => (task === 'b' ? ONE_PAIR : workerContestant(name, worker, task));
}

async function only(task: Task, contestant: Promise<Contestant>, skipped: string): Promise<Maker> {
  const made = await contestant;
  return (asked) => (asked === task ? made : { skipped });
}

let isWrong = false;

function tell(result: Comparison | Disagreement): void {
  if (!('ratio' in result)) {
    isWrong = true;
    console.error(
      `${result.task} ${result.against}: does not agree: ${JSON.stringify(result.engine)} and ${JSON.stringify(result.other)}`,
    );
    return;
  }
  const { task, against, ratio, low, high, ms, againstMs, firstMs, firstAgainstMs, note } = result;
  if (options.json) {
    console.log(JSON.stringify({ task, against, ratio, low, high, ms, againstMs }));
    return;
  }
  const direction = against === 'tuned' || against === 'c' ? 'slower' : 'faster';
  const cells = [
    task.padEnd(8),
    against.padEnd(20),
    `${ratio.toFixed(2)}x ${direction}`.padStart(16),
    `[${low.toFixed(2)} to ${high.toFixed(2)}]`.padStart(22),
    `${ms.toFixed(3)} ms`.padStart(14),
    `${againstMs.toFixed(3)} ms`.padStart(14),
    `first ${firstMs.toFixed(1)} and ${firstAgainstMs.toFixed(1)} ms`.padStart(30),
  ];
  console.log(`${cells.join(' ')}${note === '' ? '' : `  (${note})`}`);
}

async function runKind(kind: string, open: (universe: Universe) => Promise<Maker> | Maker): Promise<void> {
  let make: Maker;
  try {
    make = await open(universe);
  } catch (error) {
    const how = INSTALLED_BY_HAND.has(kind) ? 'install it by hand' : 'npm run bench:peers installs it';
    console.error(`${kind}: skipped, not installed here; ${how} (${String(error).split('\n')[0]})`);
    return;
  }
  const reasons = new Map<string, Task[]>();
  for (const task of TASKS) {
    if (!tasks.includes(task)) continue;
    const other = make(task);
    if ('skipped' in other) {
      reasons.set(other.skipped, [...(reasons.get(other.skipped) ?? []), task]);
      continue;
    }
    const engine = engineContestant(task, textsOf(task, universe), snapshot, scope);
    tell(await compare(task, engine, other, rounds));
  }
  for (const [reason, of] of reasons) console.error(`${kind}: ${of.join(', ')} skipped, ${reason}`);
}

for (const [kind, open] of Object.entries(KINDS)) {
  if (wanted !== undefined && !wanted.includes(kind)) continue;
  await runKind(kind, open);
}
if (tasks.includes('a') && (wanted === undefined || wanted.includes('promtool'))) {
  const result = measureBacktest(universe, Math.min(rounds, 7));
  if (typeof result === 'string') console.error(result);
  else tell(result);
}
if (wanted === undefined || wanted.includes('off')) {
  if (tasks.includes('sharing')) tell(await measureSharing(universe, snapshot, scope));
  if (tasks.includes('today')) tell(await measureToday(7));
}
for (const stop of stops) stop();
if (tasks.includes('start') && (wanted === undefined || wanted.includes('plain'))) {
  const start = fileURLToPath(new URL('start.ts', import.meta.url));
  execFileSync(process.execPath, [start, ...(options.json ? ['--json'] : [])], { stdio: 'inherit' });
}
process.exitCode = isWrong ? 1 : 0;
