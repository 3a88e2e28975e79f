import type { Instant } from '../../shared/calendar/calendar.ts';
import { growRows, type Rows } from '../../shared/series/rows.ts';
import {
  changeState,
  type ClosingYear,
  MOST_CONFLICTS,
  readState,
  type SeriesList,
  seriesListOf,
  tooManyConflicts,
} from './catalog.ts';
import { type Item, numberOf } from './items.ts';
import { blockOf, dayAt, dayRanges, firstDayOf, SERIES_KEY, yearKey, yearOf } from './keys.ts';
import { rowsByNumber } from './day-rows.ts';
import { joinRows, sameRows } from './join-rows.ts';
import { marked } from './pack.ts';
import {
  asRead,
  byKey,
  type Connection,
  DATA,
  getItem,
  getItems,
  inParallel,
  keyText,
  putItem,
  queryAll,
} from './table.ts';
import { observationsItem, rowsOfItem } from './write-home.ts';

/**
 * Moves the days of a year that is over, and of any before it, to year items. May be interrupted anywhere and repeated:
 * first the state says that these years are written by series from now on, then their days are joined into the year
 * items, then the state says that this is done. A `RangeError` where the year is not over.
 */
export async function compactYear(connection: Connection, year: number, now: Instant): Promise<void> {
  if (year >= yearOf(dayAt(now)))
    throw new RangeError(`${year} is not over: only a year that is can be compacted`);
  const state = await changeState(connection, await readState(connection, year), (current) => {
    // A store without a state has nothing to move.
    if (current.revision === 0 || current.openFrom > year) return null;
    const years = Array.from({ length: year + 1 - current.openFrom }, (_, index) => current.openFrom + index);
    const closing = [...current.closing, ...years.map((one) => ({ year: one, since: now }))];
    return { ...current, openFrom: year + 1, closing };
  });
  if (state.closing.length === 0) return;
  const list = seriesListOf(await getItem(connection, SERIES_KEY));
  for (const closing of state.closing) await finishClosing(connection, closing, { list, now });
}

/** Joins the days of a year into its year items and takes it off the list of those being closed. */
export async function finishClosing(
  connection: Connection,
  { year, since }: ClosingYear,
  { list, now }: { list: SeriesList; now: Instant },
): Promise<void> {
  const days = await readDays(connection, year);
  const numbers = [...days.keys()].filter((number) => list.ids[number] !== undefined);
  const keys = numbers.map((number) => yearKey(list.ids[number] ?? '', year));
  const items = byKey(await getItems(connection, keys, 'strong'));
  const written = await inParallel(numbers, async (number) => {
    const key = yearKey(list.ids[number] ?? '', year);
    const joining = { key, item: items.get(keyText(key)), rows: days.get(number), year, since };
    return (await joinInto(connection, joining)) ? [blockOf(number)] : [];
  });
  const blocks = new Set(written.flat());
  await changeState(connection, await readState(connection, year + 1), (current) => {
    const closing = current.closing.filter((one) => one.year !== year);
    if (closing.length === current.closing.length) {
      // Somebody was faster, and the year may be packed since.
      return blocks.size === 0 ? null : marked(current, blocks, now);
    }
    return { ...current, closing, yearsWrittenAt: Math.max(current.yearsWrittenAt, now) };
  });
}

/** Rows of every series in the day items of a year, by number. */
async function readDays(connection: Connection, year: number): Promise<ReadonlyMap<number, Rows>> {
  const ranges = dayRanges(firstDayOf(year), firstDayOf(year + 1) - 1);
  const items = await inParallel(ranges, (range) => queryAll(connection, range, DATA));
  return rowsByNumber(items.flat());
}

interface Joining extends ClosingYear {
  readonly key: ReturnType<typeof yearKey>;
  readonly item: Item | undefined;
  readonly rows: Rows | undefined;
}

/** Joins rows into a year item; false where that says them already. */
async function joinInto(connection: Connection, { key, item, rows, year, since }: Joining): Promise<boolean> {
  const origin = firstDayOf(year);
  let current = item;
  for (let attempt = 0; attempt < MOST_CONFLICTS; attempt++) {
    const before = rowsOfItem(current, origin);
    const joined = joinRows(rows ?? growRows(), before, since);
    if (sameRows(joined, before)) return false;
    const revision = numberOf(current, 'revision');
    const changedAt = numberOf(current, 'changedAt');
    const next = observationsItem(key, revision + 1, {
      rows: joined,
      origin,
      changedAt,
      source: 'compacted',
    });
    if ((await putItem(connection, next, asRead(revision))) === 'written') return true;
    current = await getItem(connection, key);
  }
  throw tooManyConflicts(`the observations under ${key.pk} ${key.sk}`);
}
