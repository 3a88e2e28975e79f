import type { Instant } from '../../shared/calendar/calendar.ts';
import type { ObservationStore } from '../../shared/ports/observations.ts';
import type { AcceptedBreak } from '../../shared/series/archive.ts';
import { changeState, readState, seriesListOf, storeStateOf } from './catalog.ts';
import { compactYear } from './compact.ts';
import { dateOf, dayAt, SERIES_KEY, STATE_KEY, yearOf } from './keys.ts';
import { loadObservations } from './load-observations.ts';
import { writeAcceptance } from './memberships.ts';
import { packClosedYears } from './pack.ts';
import { recordObservations } from './record-observations.ts';
import { byKey, type Connection, getItems, keyText } from './table.ts';

/** Observations in the table, with the upkeep that only this store needs. */
export interface DynamoObservationStore extends ObservationStore {
  /** Moves the days of a year that is over to year items, which are cheaper to read; may be repeated. */
  compact(year: number, now: Instant): Promise<void>;
  /** Copies closed years of many series into few items, a part of them a call; may be repeated. */
  pack(now: Instant): Promise<void>;
  /** Compacts the years before the one that `now` lies in, and packs: what every run does, nothing where it is done. */
  keepUp(now: Instant): Promise<void>;
}

/** Keeps observations in the table: open years by day, closed ones by series and year. */
export function createDynamoObservations(connection: Connection): DynamoObservationStore {
  return {
    record: (batch, now) => recordObservations(connection, batch, now),
    load: (need) => loadObservations(connection, need),
    catalog: () => listSeries(connection),
    changedAt: async () => (await readState(connection, 0)).changedAt,
    accept: (acceptance) => accept(connection, acceptance),
    compact: (year, now) => compactYear(connection, year, now),
    pack: (now) => packClosedYears(connection, now),
    keepUp: async (now) => {
      await compactYear(connection, yearOf(dayAt(now)) - 1, now);
      await packClosedYears(connection, now);
    },
  };
}

async function listSeries(connection: Connection): ReturnType<ObservationStore['catalog']> {
  const found = byKey(await getItems(connection, [SERIES_KEY, STATE_KEY], 'strong'));
  const { ids } = seriesListOf(found.get(keyText(SERIES_KEY)));
  const { ranges } = storeStateOf(found.get(keyText(STATE_KEY)), 0);
  const listed = ids.flatMap((id, number) => {
    const range = ranges[number];
    return range === undefined ? [] : [{ id, first: dateOf(range.first), last: dateOf(range.last) }];
  });
  return listed.toSorted((a, b) => (a.id < b.id ? -1 : 1));
}

async function accept(connection: Connection, acceptance: AcceptedBreak): Promise<void> {
  const changedAt = await writeAcceptance(connection, acceptance);
  const state = await readState(connection, yearOf(dayAt(acceptance.known)));
  await changeState(connection, state, (current) => {
    return changedAt <= current.changedAt ? null : { ...current, changedAt };
  });
}
