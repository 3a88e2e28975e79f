/**
 * Today's evaluation in a fresh process, as the service does it each evening. Run with `today` or `history` it is that
 * process: it loads data and rules, then prints the milliseconds to plan and decide, the first and only time.
 */
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { scopeOf, snapshotOf } from './data/snapshot.ts';
import { createUniverse } from './data/universe.ts';
import { type Comparison, median, quartiles } from './rounds.ts';
import { checked, engineOver } from './tasks/engine.ts';
import { SEVEN } from './tasks/rules.ts';

type Extent = 'today' | 'history';

const FILE = fileURLToPath(import.meta.url);

function evaluate(extent: Extent): number {
  const universe = createUniverse('full');
  const snapshot = snapshotOf(universe);
  const scope = scopeOf(snapshot);
  // The data is there before: laying it out is not what is measured.
  for (const symbol of ['SPY', 'IWM', ...universe.members]) snapshot.canonical(`${symbol}.close`);
  snapshot.membership('SP500_MEMBERS');
  for (const id of ['SP600.forward_pe', 'SP500.forward_pe']) snapshot.canonical(id);
  const range =
    extent === 'today'
      ? { from: snapshot.length - 1, to: snapshot.length }
      : { from: 0, to: snapshot.length };
  const rules = SEVEN.map((text) => checked(text, scope).expression);
  const start = performance.now();
  const engine = engineOver(snapshot);
  const decided = rules.map((rule) => engine.conditions(rule, range).at(-1));
  const ms = performance.now() - start;
  if (decided.includes(0)) throw new Error('a rule has no verdict');
  return ms;
}

function inFreshProcess(extent: Extent): number {
  return Number(execFileSync(process.execPath, [FILE, extent], { encoding: 'utf8' }));
}

/** How many times faster today's evaluation is than the first run over the full history. */
export async function measureToday(rounds: number): Promise<Comparison> {
  const pairs = Array.from({ length: rounds }, () => ({
    ms: inFreshProcess('today'),
    againstMs: inFreshProcess('history'),
  }));
  const ratios = pairs.map(({ ms, againstMs }) => againstMs / ms);
  const ms = median(pairs.map((pair) => pair.ms));
  const againstMs = median(pairs.map((pair) => pair.againstMs));
  return {
    task: 'today',
    against: 'off',
    ratio: median(ratios),
    low: Math.min(...ratios),
    high: Math.max(...ratios),
    quartiles: quartiles(ratios),
    ms,
    againstMs,
    firstMs: ms,
    firstAgainstMs: againstMs,
    note: 'against the first run over the full history, each in a process of its own',
  };
}

const [, main, extent] = process.argv;
if (main === FILE && (extent === 'today' || extent === 'history')) console.log(evaluate(extent));
