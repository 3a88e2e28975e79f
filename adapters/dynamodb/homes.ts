import type { Day } from '../../shared/calendar/date.ts';
import { type GrowingRows, growRows, type Rows, type SeriesRows } from '../../shared/series/rows.ts';
import type { SeriesId } from '../../shared/series/snapshot.ts';
import { dayKey, firstDayOf, type Key, yearKey, yearOf } from './keys.ts';

/** Rows for one item. In a day item they are keyed by the number of their series, in a year item by their day. */
export interface Home {
  readonly kind: 'day' | 'year';
  readonly key: Key;
  /** The number of the series of a year item; of a day item, which has many, -1. */
  readonly number: number;
  /** What the item's keys count from. */
  readonly origin: number;
  readonly rows: Rows;
}

/** All rows of a series together, whatever portions they came in. */
export function bySeries(series: readonly SeriesRows[]): ReadonlyMap<SeriesId, Rows> {
  const found = new Map<SeriesId, Rows>();
  for (const { instrument, field, rows } of series) {
    const id = `${instrument}.${field}`;
    const before = found.get(id);
    if (rows.length > 0) found.set(id, before === undefined ? rows : joined(before, rows));
  }
  return found;
}

function joined(first: Rows, second: Rows): Rows {
  const rows = growRows();
  for (const part of [first, second]) {
    for (let index = 0; index < part.length; index++) {
      rows.append(part.day(index), part.value(index), part.known(index));
    }
  }
  return rows;
}

/** Which items rows belong to: those of open years to a day, those of closed ones to a series and a year. */
export function homesOf(
  series: ReadonlyMap<SeriesId, Rows>,
  numbers: ReadonlyMap<SeriesId, number>,
  openFrom: number,
): readonly Home[] {
  const firstOpen = firstDayOf(openFrom);
  const days = new Map<Day, GrowingRows>();
  const homes: Home[] = [];
  // By number, so that the rows of a day ascend.
  const ordered = [...series].toSorted(([a], [b]) => (numbers.get(a) ?? 0) - (numbers.get(b) ?? 0));
  for (const [id, rows] of ordered) {
    const years = new Map<number, GrowingRows>();
    const yearAt = yearsByDay();
    for (let index = 0; index < rows.length; index++) {
      const day = rows.day(index);
      if (day >= firstOpen)
        rowsIn(days, day).append(numbers.get(id) ?? 0, rows.value(index), rows.known(index));
      else rowsIn(years, yearAt(day)).append(day, rows.value(index), rows.known(index));
    }
    for (const [year, portion] of years) {
      const number = numbers.get(id) ?? 0;
      homes.push({ kind: 'year', key: yearKey(id, year), number, origin: firstDayOf(year), rows: portion });
    }
  }
  for (const [day, rows] of days) homes.push({ kind: 'day', key: dayKey(day), number: -1, origin: 0, rows });
  return homes;
}

function rowsIn(portions: Map<number, GrowingRows>, key: number): GrowingRows {
  const there = portions.get(key);
  if (there !== undefined) return there;
  const rows = growRows();
  portions.set(key, rows);
  return rows;
}

/** Tells the year of a day; neighbours share the answer, so millions of days cost little. */
function yearsByDay(): (day: Day) => number {
  let year = 0;
  let [first, after] = [0, 0];
  return (day) => {
    if (day < first || day >= after) {
      year = yearOf(day);
      [first, after] = [firstDayOf(year), firstDayOf(year + 1)];
    }
    return year;
  };
}
