import type { Day } from '../../shared/calendar/date.ts';
import { dayOf } from '../../shared/calendar/date.ts';
import type { KnownObservations, ObservationNeed } from '../../shared/ports/observations.ts';
import type { AcceptedBreak, MembershipSpan } from '../../shared/series/archive.ts';
import { chained, growRows, type Rows, rowsFrom, type SeriesRows } from '../../shared/series/rows.ts';
import type { SeriesId } from '../../shared/series/snapshot.ts';
import { type SeriesList, seriesListOf, type StoreState, storeStateOf } from './catalog.ts';
import { type Item, textOf } from './items.ts';
import { joinRows } from './join-rows.ts';
import { rowsByNumber } from './day-rows.ts';
import {
  ACCEPTED_KEY,
  CATALOG,
  dayRanges,
  firstDayOf,
  type Key,
  SERIES_KEY,
  STATE_KEY,
  universeOf,
  yearKey,
  yearOf,
} from './keys.ts';
import { acceptancesOf, membershipsOf } from './memberships.ts';
import type { KeyMemory } from './packed-rows.ts';
import {
  byKey,
  type Connection,
  type Consistency,
  DATA,
  inParallel,
  keyText,
  queryAll,
  takeItems,
} from './table.ts';
import { rowsOfItem } from './write-home.ts';

/** Of a year without an item. */
const NOTHING: Rows = growRows();
/** A year item may be read the cheap way once its last write is this long past: replicas have it by then. */
const SETTLED_AFTER_MS = 60_000;

/** One wanted series that is stored, with the days to load. */
interface Wanted {
  readonly id: SeriesId;
  readonly number: number;
  readonly from: Day;
  readonly to: Day;
}

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
  const yearKeys = wanted.flatMap((one) => yearsOf(one, state).map((year) => yearKey(one.id, year)));
  const settled = state.writtenAt - state.yearsWrittenAt >= SETTLED_AFTER_MS;
  const [years, days] = await Promise.all([
    readYears(connection, yearKeys, settled ? 'eventual' : 'strong'),
    readDays(connection, wanted, state),
  ]);
  const found = { years, days, state };
  return { series: wanted.map((one) => assemble(one, found)), memberships, acceptances };
}

/** Rows of year items, by the text of their key: unpacked as they come, while the others are on their way. */
async function readYears(
  connection: Connection,
  keys: readonly Key[],
  consistency: Consistency,
): Promise<ReadonlyMap<string, Rows>> {
  const found = new Map<string, Rows>();
  const memory: KeyMemory = new Map();
  const take = (items: readonly Item[]): void => {
    for (const item of items) {
      const [pk, sk] = [textOf(item, 'pk'), textOf(item, 'sk')];
      found.set(keyText({ pk, sk }), rowsOfItem(item, firstDayOf(Number(sk)), memory));
    }
  };
  await takeItems(connection, keys, { consistency, part: DATA, take });
  return found;
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

/** The closed years of a series that can have rows. */
function yearsOf({ from, to }: Wanted, { openFrom }: StoreState): readonly number[] {
  if (from > to) return [];
  const [first, last] = [yearOf(from), Math.min(yearOf(to), openFrom - 1)];
  return Array.from({ length: Math.max(0, last + 1 - first) }, (_, index) => first + index);
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
  readonly years: ReadonlyMap<string, Rows>;
  readonly days: ReadonlyMap<number, Rows>;
  readonly state: StoreState;
}

function assemble(one: Wanted, { years, days, state }: Found): SeriesRows {
  const byDay = days.get(one.number);
  const parts = yearsOf(one, state).map((year): Rows => {
    const stored = years.get(keyText(yearKey(one.id, year))) ?? NOTHING;
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
