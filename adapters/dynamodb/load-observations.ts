import type { Day } from '../../shared/calendar/date.ts';
import { dayOf } from '../../shared/calendar/date.ts';
import type { KnownObservations, ObservationNeed } from '../../shared/ports/observations.ts';
import type { AcceptedBreak, MembershipSpan } from '../../shared/series/archive.ts';
import { chained, growRows, type Rows, rowsFrom, type SeriesRows } from '../../shared/series/rows.ts';
import type { SeriesId } from '../../shared/series/snapshot.ts';
import { type SeriesList, seriesListOf, type StoreState, storeStateOf } from './catalog.ts';
import { rowsByNumber } from './day-rows.ts';
import { joinRows } from './join-rows.ts';
import { ACCEPTED_KEY, CATALOG, dayRanges, firstDayOf, SERIES_KEY, STATE_KEY, universeOf } from './keys.ts';
import { acceptancesOf, membershipsOf } from './memberships.ts';
import { type ClosedYears, closedYearsOf, readClosedYears, type Wanted } from './read-years.ts';
import { byKey, type Connection, DATA, inParallel, keyText, queryAll } from './table.ts';

/** Of a year without an item. */
const NOTHING: Rows = growRows();
/** Year items and packs may be read the cheap way once their last write is this long past: replicas have it by then. */
const SETTLED_AFTER_MS = 60_000;

interface Catalog {
  readonly list: SeriesList;
  readonly state: StoreState;
  readonly memberships: readonly MembershipSpan[];
  readonly acceptances: readonly AcceptedBreak[];
}

/** Loads what is wanted: one query for the catalog, then closed years by key and open ones by day, at once. */
export async function loadObservations(
  connection: Connection,
  need: ObservationNeed,
): Promise<KnownObservations> {
  const { list, state, memberships, acceptances } = await readCatalog(connection);
  const wanted = wantedOf(need, list, state);
  const settled = state.writtenAt - state.yearsWrittenAt >= SETTLED_AFTER_MS;
  const [years, days] = await Promise.all([
    readClosedYears(connection, wanted, { list, state, consistency: settled ? 'eventual' : 'strong' }),
    readDays(connection, wanted, state),
  ]);
  const found = { years, days, state };
  return { series: wanted.map((one) => assemble(one, found)), memberships, acceptances };
}

async function readCatalog(connection: Connection): Promise<Catalog> {
  const items = await queryAll(connection, { pk: CATALOG, from: ' ', to: '\u{10FFFF}' });
  const found = byKey(items);
  const accepted = found.get(keyText(ACCEPTED_KEY));
  return {
    list: seriesListOf(found.get(keyText(SERIES_KEY))),
    state: storeStateOf(found.get(keyText(STATE_KEY)), 0),
    acceptances: accepted === undefined ? [] : acceptancesOf(accepted),
    memberships: items.flatMap((item) => {
      const universe = universeOf(item['sk']?.S ?? '');
      return universe === null ? [] : membershipsOf(universe, item);
    }),
  };
}

/** The wanted series that are stored, each once and from the earliest date asked for. */
function wantedOf({ series }: ObservationNeed, list: SeriesList, { ranges }: StoreState): readonly Wanted[] {
  const from = new Map<SeriesId, Day>();
  for (const one of series) {
    const day = dayOf(one.from);
    from.set(one.id, Math.min(day, from.get(one.id) ?? day));
  }
  return [...from].flatMap(([id, day]) => {
    const number = list.numbers.get(id);
    const range = number === undefined ? undefined : ranges[number];
    if (number === undefined || range === undefined) return [];
    return [{ id, number, from: Math.max(day, range.first), to: range.last }];
  });
}

/** Rows of the days that are kept by day, by number of the series. */
async function readDays(
  connection: Connection,
  wanted: readonly Wanted[],
  { openFrom, closing }: StoreState,
): Promise<ReadonlyMap<number, Rows>> {
  const byDayFrom = firstDayOf(Math.min(openFrom, ...closing.map(({ year }) => year)));
  const first = Math.max(
    byDayFrom,
    wanted.reduce((day, { from }) => Math.min(day, from), Number.MAX_SAFE_INTEGER),
  );
  const last = wanted.reduce((day, { to }) => Math.max(day, to), Number.MIN_SAFE_INTEGER);
  if (wanted.length === 0 || first > last) return new Map();
  const items = await inParallel(dayRanges(first, last), (range) => queryAll(connection, range, DATA));
  return rowsByNumber(items.flat());
}

interface Found {
  readonly years: ClosedYears;
  readonly days: ReadonlyMap<number, Rows>;
  readonly state: StoreState;
}

function assemble(one: Wanted, { years, days, state }: Found): SeriesRows {
  const byDay = days.get(one.number);
  const parts = closedYearsOf(one, state).map((year): Rows => {
    const stored = years.rowsOf(one.number, year) ?? NOTHING;
    const closing = state.closing.find((it) => it.year === year);
    if (closing === undefined) return stored;
    return joinRows(byDay === undefined ? growRows() : yearOfRows(byDay, year), stored, closing.since);
  });
  if (byDay !== undefined) parts.push(rowsFrom(byDay, firstDayOf(state.openFrom)));
  const dot = one.id.lastIndexOf('.');
  const rows = rowsFrom(chained(parts), one.from);
  return { instrument: one.id.slice(0, dot), field: one.id.slice(dot + 1), rows };
}

function yearOfRows(rows: Rows, year: number): Rows {
  const [first, after] = [firstDayOf(year), firstDayOf(year + 1)];
  const found = growRows();
  for (let index = 0; index < rows.length; index++) {
    if (rows.day(index) >= first && rows.day(index) < after) {
      found.append(rows.day(index), rows.value(index), rows.known(index));
    }
  }
  return found;
}
