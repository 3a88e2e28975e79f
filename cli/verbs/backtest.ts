import { FALSE, TRUE } from '../../shared/expression/types.ts';
import { FIRING } from '../../shared/rules/lifecycle.ts';
import type { Rule } from '../../shared/rules/rule.ts';
import { type Backtest, backtest as backtestOf } from '../../shared/workflows/backtest.ts';
import type { Context } from '../context.ts';
import { EXIT, type ExitCode, refuse } from '../exit.ts';
import { loadAll, type LoadedAll } from '../load/all.ts';
import { rulesOver } from '../load/states.ts';
import { baseRateKeys } from '../output/alert-keys.ts';
import { baseRateLines } from '../output/base-rates.ts';
import { counted, inUnit } from '../output/figures.ts';
import { jsonLine } from '../output/json.ts';
import { plotLines } from '../output/plot.ts';
import { tellSample } from '../output/sample.ts';
import { stripLines } from '../output/strip.ts';
import { table } from '../output/table.ts';

export interface BacktestOptions {
  readonly data: string;
  readonly rules?: string;
  readonly market?: string;
  readonly json?: true;
}

const LATEST = 20;

/** Runs one rule over all history: its episodes, and what followed them beside what followed any session. */
export function backtest(context: Context, id: string, options: BacktestOptions): ExitCode {
  const loaded = loadAll(context, options);
  if (!loaded) return EXIT.findings;
  const rule = loaded.rules.find((one) => one.id === id);
  if (!rule)
    return refuse(`there is no rule ${id}; there are ${loaded.rules.map((one) => one.id).join(', ')}.`);
  const result = backtestOf(loaded.archive, rule, loaded.rules);
  tellSample(options.json ? context.err : context.out, loaded.sample);
  if (options.json) context.out.write(backtestLine(result));
  else printBacktest(context, rule, result, loaded);
  return EXIT.fine;
}

function backtestLine({ rule, sessions, episodes, baseRate }: Backtest): string {
  return jsonLine({
    rule,
    sessions,
    episodes: episodes.map(({ start, end, sessions: firing, peak }) => ({
      start,
      end,
      sessions: firing,
      peak,
    })),
    baseRate: baseRate.map(baseRateKeys),
  });
}

function printBacktest({ out }: Context, rule: Rule, result: Backtest, loaded: LoadedAll): void {
  const { sessions: all } = loaded.snapshot;
  const firing = result.episodes.reduce((sum, episode) => sum + episode.sessions, 0);
  const lines = [
    out.paint('bold', `${rule.id}: ${rule.title}`),
    rule.when.text,
    all.length === 0
      ? 'no data'
      : `${counted(result.sessions, 'session')} from ${all[0]} to ${all.at(-1)}, ` +
        `firing on ${counted(firing, 'session')} in ${counted(result.episodes.length, 'episode')}`,
    '',
    ...picture(out, rule, loaded),
    '',
    ...episodeLines(out, rule, result),
    ...baseRateLines(out, result.baseRate),
  ];
  out.write(`${lines.join('\n')}\n`);
}

/** The measure with its threshold, or where there is none when the condition is true; episodes marked below. */
function picture(out: Context['out'], rule: Rule, { rules, snapshot }: LoadedAll): string[] {
  const { sessions } = snapshot;
  const { course, figures } = rulesOver(rules, snapshot).view(rule);
  const { measure, threshold } = rule;
  if (measure === null || measure.type.kind === 'condition') {
    return stripLines(
      { sessions, codes: Array.from(course.states, (state) => (state === FIRING ? TRUE : FALSE)) },
      out,
    );
  }
  const literal = threshold?.expression.kind === 'number' ? threshold.expression.value : null;
  return plotLines(
    {
      sessions,
      values: Float64Array.from(
        { length: sessions.length },
        (_, index) => figures.value(index) ?? Number.NaN,
      ),
      threshold: literal,
      format: (value) => inUnit(value, measure.type),
      marked: (index) => course.states[index] === FIRING,
    },
    out,
  );
}

function episodeLines(out: Context['out'], rule: Rule, { episodes }: Backtest): string[] {
  if (episodes.length === 0) return ['It never fired.'];
  const columns = [
    { title: 'fired', align: 'left' },
    { title: 'resolved', align: 'left' },
    { title: 'sessions', align: 'right' },
    { title: 'peak', align: 'right' },
  ] as const;
  const type = rule.measure?.type ?? { kind: 'condition' };
  const rows = episodes
    .slice(-LATEST)
    .map(({ start, end, sessions, peak }) => [start, end ?? 'firing', String(sessions), inUnit(peak, type)]);
  const [head = '', ...lines] = table(columns, rows);
  const earlier = episodes.length - LATEST;
  const more =
    earlier > 0 ? [out.paint('dim', `and ${counted(earlier, 'earlier episode')}; --json prints all`)] : [];
  return [out.paint('dim', head), ...lines, ...more];
}
