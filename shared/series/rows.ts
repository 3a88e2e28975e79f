import type { Instant } from '../calendar/calendar.ts';
import type { Day } from '../calendar/date.ts';

/**
 * Rows of one series in the order they were read: millions of numbers side by side, no object each.
 * Two rows with one day are two statements about one observation.
 */
export interface Rows {
  readonly length: number;
  day(index: number): Day;
  value(index: number): number;
  /** When the row became known; NaN where it does not say. */
  known(index: number): Instant;
  /** Whether days ascend strictly and no row says when it became known: nothing to sort, nothing to resolve. */
  readonly plain: boolean;
  /** All days and all values, side by side; not to be written to. */
  columns(): { readonly days: Int32Array; readonly values: Float64Array };
}

/** Rows of one named series, in the unit the field is written in. */
export interface SeriesRows {
  readonly instrument: string;
  readonly field: string;
  readonly rows: Rows;
}

/** Rows that grow. */
export interface GrowingRows extends Rows {
  append(day: Day, value: number, known: Instant): void;
  /** Appends what other rows say from a day on. */
  appendFrom(rows: Rows, from: Day): void;
}

const FIRST_CAPACITY = 16;

/** Rows whose days ascend strictly and that do not say when they became known, as columns that are there already. */
export function plainRows(days: Int32Array, values: Float64Array): Rows {
  return {
    length: days.length,
    plain: true,
    columns: () => ({ days, values }),
    day: (index) => days[index] ?? 0,
    value: (index) => values[index] ?? Number.NaN,
    known: () => Number.NaN,
  };
}

/** Rows from a day on; the same rows where none lies before it. */
export function rowsFrom(rows: Rows, from: Day): Rows {
  if (rows.length === 0 || (rows.plain && rows.day(0) >= from)) return rows;
  if (rows.plain) {
    const { days, values } = columnsFrom(rows, from);
    return plainRows(days, values);
  }
  const later = growRows();
  later.appendFrom(rows, from);
  return later;
}

/** Rows of one series one after another; parts that are plain and follow each other are copied whole, once. */
export function chained(parts: readonly Rows[]): Rows {
  const filled = parts.filter(({ length }) => length > 0);
  const [first] = filled;
  if (first !== undefined && filled.length === 1) return first;
  let length = 0;
  let last = Number.NEGATIVE_INFINITY;
  for (const part of filled) {
    if (!part.plain || part.day(0) <= last) return appended(filled);
    last = part.day(part.length - 1);
    length += part.length;
  }
  const days = new Int32Array(length);
  const values = new Float64Array(length);
  let at = 0;
  for (const part of filled) {
    const columns = part.columns();
    days.set(columns.days, at);
    values.set(columns.values, at);
    at += part.length;
  }
  return plainRows(days, values);
}

function appended(parts: readonly Rows[]): Rows {
  const rows = growRows();
  for (const part of parts) rows.appendFrom(part, Number.NEGATIVE_INFINITY);
  return rows;
}

/** Columns with room to grow, of which the first `length` count. */
interface Growing {
  days: Int32Array;
  values: Float64Array;
  /** Hardly any series says when its rows became known; those that do pay for the column. */
  instants: Float64Array | null;
  length: number;
  ascending: boolean;
}

/** Makes an empty list of rows. */
export function growRows(): GrowingRows {
  const own: Growing = {
    days: new Int32Array(FIRST_CAPACITY),
    values: new Float64Array(FIRST_CAPACITY),
    instants: null,
    length: 0,
    ascending: true,
  };
  return {
    append: (day, value, known) => append(own, day, value, known),
    appendFrom(rows, from) {
      // Whole columns at once: a history is put together of many years that are nothing but days and values.
      if (rows.plain && own.instants === null) appendPlain(own, columnsFrom(rows, from));
      else {
        for (let index = 0; index < rows.length; index++) {
          if (rows.day(index) >= from) append(own, rows.day(index), rows.value(index), rows.known(index));
        }
      }
    },
    get length() {
      return own.length;
    },
    get plain() {
      return own.ascending && own.instants === null;
    },
    columns: () => ({ days: own.days.subarray(0, own.length), values: own.values.subarray(0, own.length) }),
    day: (index) => own.days[index] ?? 0,
    value: (index) => own.values[index] ?? Number.NaN,
    known: (index) => own.instants?.[index] ?? Number.NaN,
  };
}

function append(own: Growing, day: Day, value: number, known: Instant): void {
  const { length } = own;
  if (length === own.days.length) reserve(own, length + 1);
  if (own.instants === null && !Number.isNaN(known)) {
    own.instants = new Float64Array(own.days.length).fill(Number.NaN, 0, length);
  }
  if (length > 0 && day <= (own.days[length - 1] ?? day)) own.ascending = false;
  own.days[length] = day;
  own.values[length] = value;
  if (own.instants !== null) own.instants[length] = known;
  own.length = length + 1;
}

function appendPlain(own: Growing, { days, values }: ReturnType<Rows['columns']>): void {
  const first = days[0];
  if (first === undefined) return;
  reserve(own, own.length + days.length);
  if (own.length > 0 && first <= (own.days[own.length - 1] ?? first)) own.ascending = false;
  own.days.set(days, own.length);
  own.values.set(values, own.length);
  own.length += days.length;
}

function reserve(own: Growing, capacity: number): void {
  if (capacity <= own.days.length) return;
  const wider = Math.max(capacity, 2 * own.length);
  own.days = extended(own.days, new Int32Array(wider));
  own.values = extended(own.values, new Float64Array(wider));
  if (own.instants !== null) own.instants = extended(own.instants, new Float64Array(wider));
}

function columnsFrom(rows: Rows, from: Day): ReturnType<Rows['columns']> {
  const { days, values } = rows.columns();
  let start = 0;
  while (start < days.length && (days[start] ?? from) < from) start++;
  return start === 0 ? { days, values } : { days: days.subarray(start), values: values.subarray(start) };
}

function extended<Numbers extends Int32Array | Float64Array>(from: Numbers, to: Numbers): Numbers {
  to.set(from);
  return to;
}
