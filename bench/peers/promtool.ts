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
 * rules` on the same returns; or the line that says why it is skipped.
 */
export function measureBacktest(universe: Universe, rounds: number): Comparison | string {
  if (spawnSync('promtool', ['--version']).error !== undefined) {
    return 'promtool: skipped, not installed here; install it by hand';
  }
  const folder = scratch();
  const rule = writeOurs(folder, universe);
  const test = writeTheirs(folder, universe);
  const ours = (): number =>
    lasting(process.execPath, [COMMAND, 'backtest', 'streak', '--rules', rule, '--data', folder, '--json']);
  const theirs = (): number => lasting('promtool', ['test', 'rules', test]);
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
    const lines = Array.from(values, (close, t) => `${calendar.sessions[origin + t]},${close}`);
    writeFileSync(join(folder, `${symbol}.csv`), `date,close\n${lines.join('\n')}\n`);
  }
  const rule = join(folder, 'rules.yaml');
  const text = `rules:\n  - id: streak\n    title: A streak\n    when: streak(ret(IWM) > ret(SPY)) >= 7\n`;
  writeFileSync(rule, text);
  return rule;
}

/** The test expects the alert at the last session exactly when it fires there, so that the rule is evaluated and checked. */
function writeTheirs(folder: string, universe: Universe): string {
  const series = ['IWM', 'SPY'].map((symbol) => {
    const { values } = universe.closes(symbol);
    const moves = Array.from(values, (close, t) => (t === 0 ? '_' : String(close / values[t - 1]! - 1)));
    return `      - series: ret_${symbol}\n        values: '${moves.join(' ')}'`;
  });
  writeFileSync(
    join(folder, 'prometheus.rules.yml'),
    'groups:\n  - name: streak\n    interval: 1d\n    rules:\n      - alert: Streak\n        expr: ret_IWM > ret_SPY\n        for: 6d\n',
  );
  const test = join(folder, 'prometheus.test.yml');
  const fires = lastRun(universe) >= 7;
  const expected = fires ? '[{ exp_labels: {}, exp_annotations: {} }]' : '[]';
  writeFileSync(
    test,
    `rule_files: [prometheus.rules.yml]\nevaluation_interval: 1d\ntests:\n  - interval: 1d\n    input_series:\n${series.join('\n')}\n    alert_rule_test:\n      - eval_time: ${SESSIONS - 1}d\n        alertname: Streak\n        exp_alerts: ${expected}\n`,
  );
  return test;
}

function lastRun(universe: Universe): number {
  const [a, b] = [universe.closes('IWM').values, universe.closes('SPY').values];
  let run = 0;
  for (let t = 1; t < SESSIONS; t++) {
    const [u, v] = [(a[t]! - a[t - 1]!) / a[t - 1]!, (b[t]! - b[t - 1]!) / b[t - 1]!];
    run = u > v ? run + 1 : 0;
  }
  return run;
}
