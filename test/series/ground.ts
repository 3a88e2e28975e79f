import { createCalendar } from '../../shared/calendar/xnys.ts';
import { type Archive, createArchiveBuilder, type Observation } from '../../shared/series/archive.ts';
import type { Market } from '../../shared/series/market.ts';
import { parseMarket } from '../../shared/series/parse-market.ts';

export const calendar = createCalendar([]);

/** An instant after everything the tests store. */
export const now = Date.UTC(2026, 5, 1);

/** The close of a session. */
export const closeOf = (session: string): number => calendar.close(session);

export function marketOf(text: string): Market {
  const parsed = parseMarket(text, 'market.yaml');
  if (!parsed.ok) throw new Error(parsed.errors.map(({ message }) => message).join('\n'));
  return parsed.value;
}

export const market = marketOf(`
instruments:
  A: {}
  B: { name: The second }
  RATE: { fields: { upper: { kind: level, unit: percent, stale_after: 2 }, open_end: { kind: level, unit: multiple } } }
  MEETING: { fields: { change_bp: { kind: event, unit: bp } } }
universes:
  BOTH: { members: [A, B] }
  DATED: { members: dated }
moves: [{ instrument: B, session: 2026-01-07 }]
`);

/** Observations of one series: date, value and perhaps when it became known. */
export function series(id: string, ...rows: readonly (readonly [string, number, number?])[]): Observation[] {
  const dot = id.lastIndexOf('.');
  return rows.map(([date, value, known]) => ({
    instrument: id.slice(0, dot),
    field: id.slice(dot + 1),
    date,
    value,
    ...(known === undefined ? {} : { known }),
  }));
}

export function archiveOf(...observations: readonly (readonly Observation[])[]): Archive {
  const builder = createArchiveBuilder({ market, calendar, now });
  for (const observation of observations.flat()) builder.add(observation);
  return builder.build();
}
