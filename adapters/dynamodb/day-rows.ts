import type { Day } from '../../shared/calendar/date.ts';
import { type GrowingRows, growRows, plainRows, type Rows } from '../../shared/series/rows.ts';
import type { Item } from './items.ts';
import { dayAt } from './keys.ts';
import type { KeyMemory } from './packed-rows.ts';
import { rowsOfItem } from './write-home.ts';

/** What one day item says: rows whose `day` is the number of a series. */
interface DayRows {
  readonly day: Day;
  readonly rows: Rows;
}

/** Rows of every series in day items, by number of the series, in the order of the items. */
export function rowsByNumber(items: readonly Item[]): ReadonlyMap<number, Rows> {
  const memory: KeyMemory = new Map();
  const days = items.map((item) => ({
    day: dayAt(Date.parse(item['sk']?.S ?? '')),
    rows: rowsOfItem(item, 0, memory),
  }));
  const isPlain = days.every(
    ({ day, rows }, index) => rows.plain && day > (days[index - 1]?.day ?? -Infinity),
  );
  return isPlain ? transposed(days) : gathered(days);
}

/** Many days of many series at once: counted first, so that all rows lie in two columns and a series is a part of them. */
function transposed(days: readonly DayRows[]): ReadonlyMap<number, Rows> {
  const columns = days.map(({ day, rows }) => ({ day, ...rows.columns() }));
  const most = columns.reduce((number, one) => Math.max(number, one.days.at(-1) ?? -1), -1);
  const ends = new Int32Array(most + 2);
  for (const { days: numbers } of columns) {
    for (let index = 0; index < numbers.length; index++) ends[numbers[index]! + 1]!++;
  }
  for (let number = 0; number <= most; number++) ends[number + 1]! += ends[number]!;
  const starts = ends.slice();
  const dates = new Int32Array(ends[most + 1] ?? 0);
  const values = new Float64Array(dates.length);
  for (const one of columns) {
    for (let index = 0; index < one.days.length; index++) {
      const at = starts[one.days[index]!]!++;
      dates[at] = one.day;
      values[at] = one.values[index]!;
    }
  }
  const found = new Map<number, Rows>();
  for (let number = 0; number <= most; number++) {
    const [start = 0, end = 0] = [ends[number], ends[number + 1]];
    if (start < end) found.set(number, plainRows(dates.subarray(start, end), values.subarray(start, end)));
  }
  return found;
}

function gathered(days: readonly DayRows[]): ReadonlyMap<number, Rows> {
  const found = new Map<number, GrowingRows>();
  for (const { day, rows } of days) {
    for (let index = 0; index < rows.length; index++) {
      const number = rows.day(index);
      const there = found.get(number) ?? growRows();
      found.set(number, there);
      there.append(day, rows.value(index), rows.known(index));
    }
  }
  return found;
}
