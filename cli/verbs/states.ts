import type { Context } from '../context.ts';
import { type Period, requirePeriod } from '../dates.ts';
import { EXIT, type ExitCode } from '../exit.ts';
import { followingWork, loadAll } from '../load/all.ts';
import { whileWorking } from '../progress.ts';
import { NONE } from '../output/figures.ts';
import { jsonLine } from '../output/json.ts';
import { tellSample } from '../output/sample.ts';
import { table } from '../output/table.ts';
import { states as statesOf, type StateRow } from '../../shared/workflows/states.ts';

export interface StatesOptions extends Period {
  readonly data: string;
  readonly rules?: string;
  readonly market?: string;
  readonly json?: true;
}

/** Prints what was decided for every rule on every session of the period, with what was known then. */
export function states(context: Context, options: StatesOptions): ExitCode {
  const loaded = loadAll(context, options);
  if (!loaded) return EXIT.findings;
  requirePeriod(loaded.calendar, options);
  const work = followingWork(loaded);
  const all = whileWorking(context, work, () => statesOf(loaded.archive, loaded.rules, options));
  const rows = all.filter(({ rule }) => loaded.asked.has(rule));
  tellSample(options.json ? context.err : context.out, loaded.sample);
  if (options.json) for (const row of rows) context.out.write(stateLine(row));
  else printTable(context, rows);
  return EXIT.fine;
}

function stateLine({ rule, session, when, state }: StateRow): string {
  return jsonLine({ rule, session, when, state });
}

function printTable({ out }: Context, rows: readonly StateRow[]): void {
  const columns = [
    { title: 'rule', align: 'left' },
    { title: 'session', align: 'left' },
    { title: 'when', align: 'left' },
    { title: 'state', align: 'left' },
  ] as const;
  const cells = rows.map(({ rule, session, when, state }) => [
    rule,
    session,
    when === null ? NONE : String(when),
    state ?? NONE,
  ]);
  for (const line of table(columns, cells)) out.write(`${line}\n`);
}
