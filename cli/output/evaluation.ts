import { FALSE, TRUE, type ValueType } from '../../shared/expression/types.ts';
import type { Output } from '../context.ts';
import { counted, inUnit } from './figures.ts';
import { plotLines } from './plot.ts';
import { stripLines } from './strip.ts';
import { table } from './table.ts';

/** Values of one expression on the sessions to print. */
export interface Evaluated {
  readonly text: string;
  readonly type: ValueType;
  readonly sessions: readonly string[];
  readonly values: readonly (number | boolean | null)[];
}

const FEW = 30;
const LATEST = 10;

/** Prints values for a reader: all of them where they are few, else a plot and the latest ones. */
export function printEvaluated(out: Output, evaluated: Evaluated): void {
  const { text, type, sessions, values } = evaluated;
  const some = sessions.length > FEW;
  const head = `${text}  ${counted(sessions.length, 'session')}`;
  if (sessions.length > 1) out.write(`${out.paint('bold', head)}\n`);
  if (some) for (const line of picture(out, evaluated)) out.write(`${line}\n`);
  const from = some ? sessions.length - LATEST : 0;
  const rows = sessions
    .slice(from)
    .map((session, index) => [session, inUnit(values[from + index] ?? null, type)]);
  const columns = [
    { title: 'session', align: 'left' },
    { title: 'value', align: 'right' },
  ] as const;
  const [heading = '', ...lines] = table(columns, rows);
  if (sessions.length > 0) out.write(`${out.paint('dim', heading)}\n${lines.join('\n')}\n`);
  if (some) out.write(`${out.paint('dim', `the latest ${LATEST}; --json prints all`)}\n`);
}

function picture(out: Output, { type, sessions, values }: Evaluated): string[] {
  if (type.kind === 'condition') {
    const codes = values.map((value) => (value === null ? 0 : value === true ? TRUE : FALSE));
    return stripLines({ sessions, codes }, out);
  }
  return plotLines(
    {
      sessions,
      values: values.map((value) => (typeof value === 'number' ? value : Number.NaN)),
      threshold: null,
      format: (value) => inUnit(value, type),
      marked: null,
    },
    out,
  );
}
