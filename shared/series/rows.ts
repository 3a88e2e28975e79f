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
  /** All days and all values, side by side, as copies of their own. */
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
}

const FIRST_CAPACITY = 16;

/** Makes an empty list of rows. */
export function growRows(): GrowingRows {
  let days = new Int32Array(FIRST_CAPACITY);
  let values = new Float64Array(FIRST_CAPACITY);
  // Hardly any series says when its rows became known; those that do pay for the column.
  let instants: Float64Array | null = null;
  let length = 0;
  let ascending = true;
  const append = (day: Day, value: number, known: Instant): void => {
    if (length === days.length) {
      days = extended(days, new Int32Array(2 * length));
      values = extended(values, new Float64Array(2 * length));
      if (instants !== null) instants = extended(instants, new Float64Array(2 * length));
    }
    if (instants === null && !Number.isNaN(known)) {
      instants = new Float64Array(days.length).fill(Number.NaN, 0, length);
    }
    if (length > 0 && day <= (days[length - 1] ?? day)) ascending = false;
    days[length] = day;
    values[length] = value;
    if (instants !== null) instants[length] = known;
    length++;
  };
  return {
    append,
    get length() {
      return length;
    },
    get plain() {
      return ascending && instants === null;
    },
    columns: () => ({ days: days.slice(0, length), values: values.slice(0, length) }),
    day: (index) => days[index] ?? 0,
    value: (index) => values[index] ?? Number.NaN,
    known: (index) => instants?.[index] ?? Number.NaN,
  };
}

function extended<Numbers extends Int32Array | Float64Array>(from: Numbers, to: Numbers): Numbers {
  to.set(from);
  return to;
}
