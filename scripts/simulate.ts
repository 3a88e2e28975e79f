import { startEmbeddedDynamoDb } from '../local/embedded-dynamodb.ts';
import { ensureTable } from '../local/embedded-table.ts';
import { Coverage, FAULTS, type FaultPlan } from '../test/service/simulation/faults.ts';
import { siteByCaller } from '../test/service/simulation/ports.ts';
import { unmetFunctions } from '../test/service/simulation/sites.ts';
import { type Simulated, simulate } from '../test/service/simulation/simulate.ts';

const USAGE =
  'usage: npm run simulate [-- [--adapters] SCHEDULES [FIRST_SEED]] | npm run simulate -- --trace SEED\n' +
  '--adapters: the adapters of DynamoDB and SNS over an embedded DynamoDB, a hundred times as slow\n';
const SCHEDULES = 10_000;
/** Schedules that find the sites before pairs of a site and a fault are aimed at one after the other. */
const SCOUTS = 60;
/** One seed in so many is run twice: the traces must be the same. */
const TWICE = 50;
const SHOWN_PROBLEMS = 20;

let tables = 0;
const words = process.argv.slice(2).filter((word) => word !== '--adapters');
const embedded = words.length < process.argv.length - 2 ? await startEmbeddedDynamoDb(null) : null;
const [first, second] = words;
if (first === '--trace') await printTrace(Number(second));
else if (first !== undefined && !(Number(first) > 0)) process.stderr.write(USAGE);
else process.exitCode = await runMany(Number(first ?? SCHEDULES), Number(second ?? 1));
await embedded?.end();

/** Runs one seed, over a table of its own where the adapters are asked for. */
async function run(seed: number, target: FaultPlan['target']): Promise<Simulated> {
  const options = { target, siteOf: siteByCaller };
  if (embedded === null) return await simulate(seed, options);
  const table = `table-${tables++}`;
  await ensureTable(embedded.client, table);
  return await simulate(seed, { ...options, table: { client: embedded.client, table } });
}

async function printTrace(seed: number): Promise<void> {
  const { trace, hash, problems } = await run(seed, null);
  process.stdout.write(`${trace.join('\n')}\n`);
  process.stderr.write(`${hash}, ${problems.length} problems\n${problems.join('\n')}\n`);
}

async function runMany(schedules: number, firstSeed: number): Promise<number> {
  const coverage = new Coverage();
  const problems: string[] = [];
  const totals = { alerts: 0, secondPublishes: 0, runs: 0, calls: 0, unlike: 0 };
  const started = performance.now();
  let told = started;
  for (let number = 0; number < schedules; number += 1) {
    const seed = firstSeed + number;
    const target = number < SCOUTS ? null : targetOf(coverage, number - SCOUTS);
    const one = await run(seed, target);
    coverage.merge(one.coverage);
    totals.alerts += one.alerts;
    totals.secondPublishes += one.secondPublishes;
    totals.runs += one.runs;
    totals.calls += one.trace.length;
    problems.push(...one.problems.map((problem) => `seed ${seed}: ${problem}`));
    if (number % TWICE === 0 && (await run(seed, target)).hash !== one.hash) {
      totals.unlike += 1;
      problems.push(`seed ${seed}: a second run took another course`);
    }
    if (performance.now() - told > 10_000) {
      told = performance.now();
      process.stderr.write(`${number + 1} of ${schedules} schedules, ${problems.length} problems\n`);
    }
  }
  printTable(coverage);
  const seconds = Math.round((performance.now() - started) / 1000);
  process.stdout.write(
    `\n${schedules} schedules from seed ${firstSeed} in ${seconds} s: ${totals.runs} runs, ${totals.calls} lines of trace, ` +
      `${totals.alerts} alerts\n0 is what these must be: ${problems.length} problems (lost, doubled or wrongly sent), ` +
      `${totals.unlike} seeds that took another course when run twice\n` +
      `second publishes, each after its lease had run out and counted: ${totals.secondPublishes}\n`,
  );
  for (const problem of problems.slice(0, SHOWN_PROBLEMS)) process.stdout.write(`${problem}\n`);
  return verdict(coverage, problems.length, schedules);
}

/** Pairs in turn, so that rare calls meet every fault too. */
function targetOf(coverage: Coverage, turn: number): FaultPlan['target'] {
  const sites = coverage.sites();
  const site = sites[turn % sites.length];
  const fault = FAULTS[Math.floor(turn / sites.length) % FAULTS.length];
  if (site === undefined || fault === undefined) return null;
  return { site, fault, after: Math.floor(turn / (sites.length * FAULTS.length)) % 4 };
}

function cell(text: string | number): string {
  return String(text).padStart(10);
}

function printTable(coverage: Coverage): void {
  const width = Math.max(...coverage.sites().map((site) => site.length));
  const heads = ['none', 'before', 'after', 'lost', 'late', 'throttle'].map((head) => cell(head)).join('');
  process.stdout.write(`${'call'.padEnd(width)}${heads}\n`);
  for (const site of coverage.sites()) {
    const counts = coverage.counts.get(site);
    const row = (['none', ...FAULTS] as const).map((fault) => cell(counts?.get(fault) ?? 0)).join('');
    process.stdout.write(`${site.padEnd(width)}${row}\n`);
  }
  process.stdout.write(
    'before: fails before the effect; after: fails after it; lost: times out without effect; late: times out with it\n',
  );
}

function verdict(coverage: Coverage, problems: number, schedules: number): number {
  const unmet = unmetFunctions(coverage.sites()).map((name) => `any call of ${name}`);
  const uncovered = [...coverage.uncovered(), ...unmet];
  for (const pair of uncovered) process.stdout.write(`never met: ${pair}\n`);
  // A handful of schedules cannot meet every pair.
  const full = schedules >= SCOUTS + coverage.sites().length * FAULTS.length * 2;
  return problems > 0 || (full && uncovered.length > 0) ? 1 : 0;
}
