import type * as z from 'zod/mini';
import { counted } from '../../../shared/alerts/message/numbers.ts';
import { shortDate } from '../../../shared/alerts/message/dates.ts';
import type { dataNow as dataNowShape } from '../../../shared/api/today.ts';
import type { Instant, Session } from '../../../shared/calendar/calendar.ts';
import { PRICED_FIELDS } from '../../../shared/series/declare.ts';
import type { ApiGround } from '../ground.ts';

/** Where the data stands, in one line with counts. */
export type DataNow = z.infer<typeof dataNowShape>;

/** Looks at where the data stands: as of which session, which one is over, and how many inputs are up to date. */
export async function dataNow(ground: ApiGround, now: Instant): Promise<DataNow> {
  const finished = ground.calendar.lastFinished(now) ?? null;
  const [asOf, { counts }] = await Promise.all([storedUpTo(ground, finished), ground.health()]);
  return { asOf, finished, counts, text: textOf({ asOf, finished, counts }) };
}

/** The last session that is over and has a price; null where none is stored. */
async function storedUpTo(
  { observations, calendar }: ApiGround,
  finished: Session | null,
): Promise<Session | null> {
  const stored = await observations.catalog();
  const priced = stored.filter(({ id }) => PRICED_FIELDS.has(id.slice(id.lastIndexOf('.') + 1)));
  const last = priced.reduce((latest, one) => (one.last > latest ? one.last : latest), '');
  if (last === '' || finished === null) return null;
  return last < finished ? (calendar.sessions[calendar.onOrBefore(last)] ?? null) : finished;
}

function textOf({ asOf, finished, counts }: Omit<DataNow, 'text'>): string {
  if (asOf === null) return 'Nothing is stored yet.';
  const { fresh, carried, stale, missing, held, heldValues } = counts;
  const all = fresh + carried + stale + missing + held;
  const troubles = [
    ...(missing > 0 ? [`${missing} missing`] : []),
    ...(stale > 0 ? [`${stale} stale`] : []),
    ...(held > 0 ? [`${held} held back`] : []),
  ];
  const waiting =
    heldValues === 0
      ? ''
      : `; ${counted(heldValues, 'value')} ${heldValues === 1 ? 'waits' : 'wait'} for a decision`;
  const behind = finished !== null && asOf < finished ? `, and ${shortDate(finished)} is over` : '';
  return `Data as of ${shortDate(asOf)}${behind}: ${inputsText(all, troubles)}${waiting}.`;
}

function inputsText(all: number, troubles: readonly string[]): string {
  if (all === 0) return 'no enabled rule reads anything yet';
  const inputs = counted(all, 'input');
  if (troubles.length > 0) return `of ${inputs} ${troubles.join(', ')}`;
  return all === 1 ? 'its one input is up to date' : `all ${inputs} up to date`;
}
