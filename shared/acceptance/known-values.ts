import type { Instant } from '../calendar/calendar.ts';
import type { Days } from '../series/days.ts';
import type { SeriesRows } from '../series/rows.ts';
import type { SeriesId } from '../series/snapshot.ts';
import { storeRows, valuesAt } from '../series/stored-series.ts';

/** A value with the date it is of. */
export interface Dated {
  readonly date: string;
  readonly value: number;
}

/** Values in force by series and date, in the unit the field is written in. */
export interface KnownValues {
  at(series: SeriesId, date: string): number | undefined;
  /** The last value before a date, and the first one after it. */
  before(series: SeriesId, date: string): Dated | undefined;
  after(series: SeriesId, date: string): Dated | undefined;
  /** Values after one date up to and including another. */
  between(series: SeriesId, after: string, to: string): readonly Dated[];
}

/** Values that grow while candidates are accepted one after the other. */
export interface GrowingValues extends KnownValues {
  set(series: SeriesId, date: string, value: number): void;
}

interface Line {
  readonly dates: string[];
  readonly values: number[];
}

/** The values in force now of what is stored. */
export function knownValues(stored: readonly SeriesRows[], days: Days, now: Instant): GrowingValues {
  const lines = new Map<SeriesId, Line>();
  for (const { instrument, field, rows } of stored) {
    // The unit of a plain number: what comes from providers is not yet divided either.
    const definition = { kind: 'price', unit: 'number', staleAfter: null } as const;
    const series = storeRows({ instrument, field, definition }, rows, days, now);
    lines.set(`${instrument}.${field}`, {
      dates: Array.from(series.days, (day) => days.date(day)),
      values: Array.from(valuesAt(series, now)),
    });
  }
  return growing(lines);
}

function growing(lines: Map<SeriesId, Line>): GrowingValues {
  const lineOf = (series: SeriesId): Line => lines.get(series) ?? { dates: [], values: [] };
  return {
    at(series, date) {
      const { dates, values } = lineOf(series);
      const index = onOrAfter(dates, date);
      return dates[index] === date ? values[index] : undefined;
    },
    before: (series, date) => dated(lineOf(series), onOrAfter(lineOf(series).dates, date) - 1),
    after(series, date) {
      const line = lineOf(series);
      const index = onOrAfter(line.dates, date);
      return dated(line, line.dates[index] === date ? index + 1 : index);
    },
    between(series, after, to) {
      const line = lineOf(series);
      const found: Dated[] = [];
      for (let index = onOrAfter(line.dates, after); index < line.dates.length; index += 1) {
        const one = dated(line, index);
        if (one === undefined || one.date > to) break;
        if (one.date > after) found.push(one);
      }
      return found;
    },
    set(series, date, value) {
      const line = lineOf(series);
      lines.set(series, line);
      const index = onOrAfter(line.dates, date);
      const replaced = line.dates[index] === date ? 1 : 0;
      line.dates.splice(index, replaced, date);
      line.values.splice(index, replaced, value);
    },
  };
}

function dated({ dates, values }: Line, index: number): Dated | undefined {
  const [date, value] = [dates[index], values[index]];
  return date === undefined || value === undefined ? undefined : { date, value };
}

/** Index of the first date on or after one; candidates mostly come in order, so the end is looked at first. */
function onOrAfter(dates: readonly string[], date: string): number {
  if ((dates.at(-1) ?? '') < date) return dates.length;
  let low = 0;
  let high = dates.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((dates[middle] ?? '') < date) low = middle + 1;
    else high = middle;
  }
  return low;
}
