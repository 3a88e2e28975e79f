import type { Calendar, Session } from '../../shared/calendar/calendar.ts';
import type { Context } from '../context.ts';
import { requirePeriod } from '../dates.ts';
import { EXIT, type ExitCode } from '../exit.ts';
import { marketOrTell } from '../load/market.ts';
import { isoInstant, jsonLine } from '../output/json.ts';
import { table } from '../output/table.ts';

export interface CalendarOptions {
  readonly from: string;
  readonly to: string;
  readonly market?: string;
  readonly json?: true;
}

/** Prints the sessions from one date to another, both inclusive, with their opening and closing instants. */
export function listSessions(context: Context, options: CalendarOptions): ExitCode {
  const ground = marketOrTell(context, options);
  if (!ground) return EXIT.findings;
  const { calendar } = ground;
  requirePeriod(calendar, options);
  const sessions = calendar.range(options.from, options.to);
  if (options.json)
    for (const session of sessions) context.out.write(jsonLine(sessionLine(calendar, session)));
  else printTable(context, calendar, sessions);
  return EXIT.fine;
}

/** One line of the verb's output, keys as scripts read them. */
function sessionLine(calendar: Calendar, session: Session): Record<string, string | boolean> {
  return {
    session,
    open: isoInstant(calendar.open(session)),
    close: isoInstant(calendar.close(session)),
    early: calendar.early(session),
  };
}

function printTable(context: Context, calendar: Calendar, sessions: readonly Session[]): void {
  const columns = [
    { title: 'session', align: 'left' },
    { title: 'open', align: 'left' },
    { title: 'close', align: 'left' },
    { title: '', align: 'left' },
  ] as const;
  const rows = sessions.map((session) => [
    session,
    isoInstant(calendar.open(session)),
    isoInstant(calendar.close(session)),
    calendar.early(session) ? 'early close' : '',
  ]);
  for (const line of table(columns, rows)) context.out.write(`${line}\n`);
}
