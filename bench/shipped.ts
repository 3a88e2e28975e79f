/**
 * The rules that ship over the sample that ships, beside task h and without peers: `node bench/shipped.ts [ROUNDS]`.
 * Started with `today` or `history` it is one fresh process: data and rules are loaded and laid out, then it prints the
 * milliseconds to see the last session's verdicts, or those of all history with courses, and of the latter once more when
 * everything is compiled.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { createCalendar } from '../shared/calendar/xnys.ts';
import { loadRuleFiles } from '../shared/rules/load.ts';
import { verdictsOf } from '../shared/rules/verdicts.ts';
import { createArchiveBuilder } from '../shared/series/archive.ts';
import { parseMarket } from '../shared/series/parse-market.ts';
import { snapshotOf } from '../shared/series/snapshot-of.ts';
import { openContext } from '../shared/workflows/evaluation-context.ts';
import { ruleFiles } from './data/rule-files.ts';
import { median } from './rounds.ts';
import { MARKET, readSample } from './start/store.ts';

type Extent = 'today' | 'history';

const FILE = fileURLToPath(import.meta.url);
const WARM_RUNS = 41;

/** Loads data and rules, and gives what sees the verdicts and says how many milliseconds that took. */
function load(): (extent: Extent) => number {
  const parsed = parseMarket(readFileSync(MARKET, 'utf8'), 'market.yaml');
  if (!parsed.ok) throw new Error(parsed.errors[0]?.message);
  const calendar = createCalendar(parsed.value.closures);
  const { market, series, memberships } = readSample(parsed.value, calendar);
  const builder = createArchiveBuilder({ market, calendar, now: Number.POSITIVE_INFINITY });
  for (const { instrument, field, rows } of series) builder.addRows(instrument, field, rows);
  for (const span of memberships) builder.addMembership(span);
  const snapshot = snapshotOf(builder.build(), Number.POSITIVE_INFINITY);
  const { rules, findings } = loadRuleFiles(ruleFiles(), market);
  if (rules.length === 0) throw new Error(JSON.stringify(findings));
  const byId = new Map(rules.map((rule) => [rule.id, rule]));
  const { length } = snapshot;
  for (const { instrument, field } of series) snapshot.latest(`${instrument}.${field}`);
  for (const universe of market.universes.keys()) snapshot.membership(universe);
  return (extent) => {
    const start = performance.now();
    const context = openContext(snapshot, { rules: byId, length });
    for (const rule of rules) {
      if (extent === 'history') context.view(rule);
      else verdictsOf(rule, context.engine, { from: length - 1, to: length });
    }
    return performance.now() - start;
  };
}

function inFreshProcess(extent: Extent): readonly number[] {
  return JSON.parse(execFileSync(process.execPath, [FILE, extent], { encoding: 'utf8' })) as number[];
}

const [argument] = process.argv.slice(2);
if (argument === 'today' || argument === 'history') {
  const see = load();
  const first = see(argument);
  const warm = Array.from({ length: WARM_RUNS }, () => see(argument));
  console.log(JSON.stringify([first, median(warm.slice(WARM_RUNS >> 1))]));
} else {
  const rounds = Array.from({ length: Number(argument ?? 7) }, () => ({
    today: inFreshProcess('today'),
    history: inFreshProcess('history'),
  }));
  const told = (values: readonly number[]): string =>
    `${median(values).toFixed(2)} [${Math.min(...values).toFixed(2)} to ${Math.max(...values).toFixed(2)}]`;
  const all = (which: Extent, run: 0 | 1): number[] => rounds.map((round) => round[which][run] ?? Number.NaN);
  console.log(`all history, first run in its process, ms: ${told(all('history', 0))}`);
  console.log(`all history, compiled, ms:                 ${told(all('history', 1))}`);
  console.log(`today, first run in its process, ms:       ${told(all('today', 0))}`);
  console.log(`today, compiled, ms:                       ${told(all('today', 1))}`);
  console.log(
    `first runs, history over today:            ${told(rounds.map(({ today, history }) => (history[0] ?? 0) / (today[0] ?? 1)))}`,
  );
}
