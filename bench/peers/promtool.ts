import { execFileSync, spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createCalendar } from '../../shared/calendar/xnys.ts';
import { SESSIONS, type Universe } from '../data/universe.ts';
import { type Comparison, median, quartiles } from '../rounds.ts';
import { scratch } from './export.ts';

const COMMAND = fileURLToPath(new URL('../../cli/tidemark.mjs', import.meta.url));

/**
 * How many times faster a backtest of the streak is from the command line, with process start, than `promtool test
 * rules` on the same closes; or the line that says why it is skipped. Both start from closes in a file, and both find
 * the sessions on which the rule fires: our answer is what the test of theirs expects, and fails without.
 */
export function measureBacktest(universe: Universe, rounds: number): Comparison | string {
  if (spawnSync('promtool', ['--version']).error !== undefined) {
    return 'promtool: skipped, not installed here; install it by hand';
  }
  const folder = scratch();
  const rule = writeOurs(folder, universe);
  const call = [COMMAND, 'backtest', 'streak', '--rules', rule, '--data', folder, '--json'];
  const ours = (): number => lasting(process.execPath, call);
  const theirs = (): number => lasting('promtool', ['test', 'rules', test]);
  const test = writeTheirs(folder, universe, firingSessions(call));
  const [firstMs, firstAgainstMs] = [ours(), theirs()];
  const pairs = Array.from({ length: rounds }, () => ({ ms: ours(), againstMs: theirs() }));
  const ratios = pairs.map(({ ms, againstMs }) => againstMs / ms);
  return {
    task: 'a',
    against: 'promtool',
    ratio: median(ratios),
    low: Math.min(...ratios),
    high: Math.max(...ratios),
    quartiles: quartiles(ratios),
    ms: median(pairs.map(({ ms }) => ms)),
    againstMs: median(pairs.map(({ againstMs }) => againstMs)),
    firstMs,
    firstAgainstMs,
    note: 'backtest from the command line, processes started',
  };
}

function lasting(command: string, args: readonly string[]): number {
  const start = performance.now();
  execFileSync(command, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  return performance.now() - start;
}

function writeOurs(folder: string, universe: Universe): string {
  const calendar = createCalendar([]);
  const origin = calendar.onOrAfter('2001-01-02');
  for (const symbol of ['IWM', 'SPY']) {
    const { values } = universe.closes(symbol);
    const lines = Array.from(
      values,
      (close, t) => `${calendar.sessions[origin + t]},${Number.isNaN(close) ? '' : close}`,
    );
    writeFileSync(join(folder, `${symbol}.csv`), `date,close\n${lines.join('\n')}\n`);
  }
  const rule = join(folder, 'rules.yaml');
  const text = `rules:\n  - id: streak\n    title: A streak\n    when: streak(ret(IWM) > ret(SPY)) >= 7\n`;
  writeFileSync(rule, text);
  return rule;
}

/** On how many sessions the rule fires, by the command's answer. */
function firingSessions(call: readonly string[]): number {
  const answer = execFileSync(process.execPath, call, { encoding: 'utf8' });
  const { episodes } = JSON.parse(answer) as { episodes: readonly { sessions: number }[] };
  return episodes.reduce((sum, { sessions }) => sum + sessions, 0);
}

/** Firing where every close is there: true for six days more. */
const UNBROKEN = ['      - alert: Streak\n        expr: ret_IWM > ret_SPY\n        for: 6d'];

/** A missing sample would end what an alert waits for, and a streak keeps its value: so it is counted from its own last value. */
const WITH_GAPS = [
  `      - record: streak
        expr: >-
          (((streak offset 1d) or vector(0)) + 1 and on() (ret_IWM > ret_SPY))
          or on() (0 * (ret_IWM <= ret_SPY)) or on() (streak offset 1d)`,
  '      - alert: Streak\n        expr: streak >= 7',
];

/** Returns by recording rules, the streak, and the count of sessions it fires on. */
function writeTheirs(folder: string, universe: Universe, firing: number): string {
  const symbols = ['IWM', 'SPY'];
  const rules = [
    ...symbols.map(
      (symbol) => `      - record: ret_${symbol}\n        expr: ${symbol} / (${symbol} offset 1d) - 1`,
    ),
    ...(universe.quality === 'gaps' ? WITH_GAPS : UNBROKEN),
  ];
  writeFileSync(
    join(folder, 'prometheus.rules.yml'),
    `groups:\n  - name: streak\n    interval: 1d\n    rules:\n${rules.join('\n')}\n`,
  );
  const series = symbols.map(
    (symbol) =>
      `      - series: ${symbol}\n        values: '${Array.from(universe.closes(symbol).values, (close) => (Number.isNaN(close) ? '_' : close)).join(' ')}'`,
  );
  const test = join(folder, 'prometheus.test.yml');
  const counted = `sum(count_over_time(ALERTS{alertstate="firing"}[${SESSIONS}d]))`;
  const expected = `      - expr: ${counted}\n        eval_time: ${SESSIONS - 1}d\n        exp_samples: [{ value: ${firing} }]\n`;
  writeFileSync(
    test,
    `rule_files: [prometheus.rules.yml]\nevaluation_interval: 1d\ntests:\n  - interval: 1d\n    input_series:\n${series.join('\n')}\n    promql_expr_test:\n${expected}`,
  );
  return test;
}
