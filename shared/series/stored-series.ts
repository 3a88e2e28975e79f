import type { Instant } from '../calendar/calendar.ts';
import type { Days } from './days.ts';
import type { Field } from './market.ts';
import type { Rows } from './rows.ts';

/** One series as stored: the first value of every key, and what revised it later. Not to be written to. */
export interface StoredSeries {
  readonly instrument: string;
  readonly field: string;
  readonly definition: Field;
  /** Dates as days since 1970, ascending; a price's are sessions. */
  readonly days: Int32Array;
  /** Ordinal of the session each date belongs to. */
  readonly ordinals: Int32Array;
  /** First values, percent and bp already divided. */
  readonly values: Float64Array;
  /** Revisions by key, then by when they became known. */
  readonly revisions: Revisions;
}

/** Revisions side by side: `keys[i]` is the index in `days` of what revision i replaces. */
export interface Revisions {
  readonly keys: Int32Array;
  readonly values: Float64Array;
  readonly known: Float64Array;
}

/** Where a series belongs and how it is read. */
interface SeriesHead {
  readonly instrument: string;
  readonly field: string;
  readonly definition: Field;
}

const NO_REVISIONS: Revisions = {
  keys: new Int32Array(0),
  values: new Float64Array(0),
  known: new Float64Array(0),
};

/**
 * Resolves rows in any order into first values and revisions (decision 2): the first row of a key is the one that does
 * not say when it became known, else the earliest; the others are revisions, those that do not say known from `now`. A
 * row that repeats the value in force vanishes. Where two rows say the same of when, the one read later counts as later.
 */
export function storeRows(head: SeriesHead, rows: Rows, days: Days, now: Instant): StoredSeries {
  if (rows.plain) return storePlain(head, rows, days);
  const divisor = divisorOf(head.definition);
  const order = orderOf(rows, now);
  const dates: number[] = [];
  const values: number[] = [];
  const revisions: { keys: number[]; values: number[]; known: number[] } = {
    keys: [],
    values: [],
    known: [],
  };
  let inForce = Number.NaN;
  let firstKnown = Number.NaN;
  for (const index of order) {
    const day = rows.day(index);
    const value = rows.value(index) / divisor;
    const key = dates.length - 1;
    if (day !== dates[key]) {
      dates.push(day);
      values.push(value);
      firstKnown = days.known(day);
    } else if (value === inForce) {
      continue;
    } else if (knownOf(rows, index, now) <= firstKnown) {
      values[key] = value;
    } else {
      revisions.keys.push(key);
      revisions.values.push(value);
      revisions.known.push(knownOf(rows, index, now));
    }
    inForce = value;
  }
  const stored = Int32Array.from(dates);
  return {
    ...head,
    days: stored,
    ordinals: ordinalsOf(stored, days),
    values: Float64Array.from(values),
    revisions: {
      keys: Int32Array.from(revisions.keys),
      values: Float64Array.from(revisions.values),
      known: Float64Array.from(revisions.known),
    },
  };
}

function storePlain(head: SeriesHead, rows: Rows, days: Days): StoredSeries {
  const said = rows.columns();
  const dates = owned(said.days);
  const divisor = divisorOf(head.definition);
  const values = divisor === 1 ? owned(said.values) : said.values.slice();
  if (divisor !== 1) for (let index = 0; index < values.length; index++) values[index]! /= divisor;
  return { ...head, days: dates, ordinals: ordinalsOf(dates, days), values, revisions: NO_REVISIONS };
}

/** Numbers as they are, unless they are a small part of something that they would keep in memory. */
function owned<Numbers extends Int32Array | Float64Array>(numbers: Numbers): Numbers {
  return numbers.byteLength === numbers.buffer.byteLength ? numbers : (numbers.slice() as Numbers);
}

/** The values as known at an instant, one per key. */
export function valuesAt(series: StoredSeries, asOf: Instant): Float64Array {
  const { keys, values, known } = series.revisions;
  if (keys.length === 0) return series.values;
  const current = series.values.slice();
  for (let index = 0; index < keys.length; index++) {
    if ((known[index] ?? Number.NaN) <= asOf) current[keys[index] ?? 0] = values[index] ?? Number.NaN;
  }
  return current;
}

function ordinalsOf(dates: Int32Array, days: Days): Int32Array {
  const ordinals = new Int32Array(dates.length);
  for (let key = 0; key < dates.length; key++) ordinals[key] = days.ordinal(dates[key]!);
  return ordinals;
}

function divisorOf(definition: Field): number {
  if (definition.unit === 'percent') return 100;
  return definition.unit === 'bp' ? 10_000 : 1;
}

/** When a row that is not the first of its key became known. */
function knownOf(rows: Rows, index: number, now: Instant): Instant {
  const known = rows.known(index);
  return Number.isNaN(known) ? now : known;
}

/** Indexes of rows by day; within a day the first row, then the others by when they became known. */
function orderOf(rows: Rows, now: Instant): number[] {
  const order = Array.from({ length: rows.length }, (_, index) => index);
  // Rows that do not say when come first, so that the first of them heads its key.
  const rank = (index: number): number => {
    const known = rows.known(index);
    return Number.isNaN(known) ? Number.NEGATIVE_INFINITY : known;
  };
  order.sort((a, b) => rows.day(a) - rows.day(b) || compare(rank(a), rank(b)) || a - b);
  let start = 0;
  while (start < order.length) {
    let end = start + 1;
    const day = rows.day(order[start] ?? 0);
    while (end < order.length && rows.day(order[end] ?? 0) === day) end++;
    if (end - start > 2) sortRevisions(order, { start: start + 1, end, rows, now });
    start = end;
  }
  return order;
}

interface Stretch {
  readonly start: number;
  readonly end: number;
  readonly rows: Rows;
  readonly now: Instant;
}

function sortRevisions(order: number[], { start, end, rows, now }: Stretch): void {
  const revisions = order.slice(start, end);
  revisions.sort((a, b) => compare(knownOf(rows, a, now), knownOf(rows, b, now)) || a - b);
  for (let index = 0; index < revisions.length; index++) order[start + index] = revisions[index] ?? 0;
}

/** Subtraction would make NaN of two equal infinities. */
function compare(a: number, b: number): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
