import type { Session } from '../../shared/calendar/calendar.ts';
import { type Day, dayOf } from '../../shared/calendar/date.ts';
import type { SeriesId } from '../../shared/series/snapshot.ts';

/** Where an item lies. */
export interface Key {
  readonly pk: string;
  readonly sk: string;
}

/** Keys of one partition, both ends inclusive, by sort key. */
export interface KeyRange {
  readonly pk: string;
  readonly from: string;
  readonly to: string;
}

const MILLISECONDS_PER_DAY = 86_400_000;
/** Sorts after every other character, as ` ` before all that a name begins with. */
const LAST = '\u{10FFFF}';

export const CATALOG = 'CATALOG';
export const SERIES_KEY: Key = { pk: CATALOG, sk: 'SERIES' };
export const STATE_KEY: Key = { pk: CATALOG, sk: 'STATE' };
export const ACCEPTED_KEY: Key = { pk: CATALOG, sk: 'ACCEPTED' };
const MEMBERS = 'MEMBERS#';
const YEAR = 'YEAR#';
const PACK = 'PACK#';

export function membersKey(universe: string): Key {
  return { pk: CATALOG, sk: MEMBERS + universe };
}

/** The universe of a membership item; null for the catalog's other items. */
export function universeOf(sk: string): string | null {
  return sk.startsWith(MEMBERS) ? sk.slice(MEMBERS.length) : null;
}

/** Observations of one date. Half-years keep a partition within one page of a query. */
export function dayKey(day: Day): Key {
  const date = dateOf(day);
  return { pk: halfOf(date), sk: date };
}

/** The ranges that hold the days from one to another, both inclusive. */
export function dayRanges(from: Day, to: Day): readonly KeyRange[] {
  const ranges: KeyRange[] = [];
  for (let year = yearOf(from); year <= yearOf(to); year++) {
    for (const [first, last] of [
      [`${year}-01-01`, `${year}-06-30`],
      [`${year}-07-01`, `${year}-12-31`],
    ] as const) {
      const [start, end] = [Math.max(from, dayOf(first)), Math.min(to, dayOf(last))];
      if (start <= end) ranges.push({ pk: halfOf(first), from: dateOf(start), to: dateOf(end) });
    }
  }
  return ranges;
}

function halfOf(date: string): string {
  return `DAY#${date.slice(0, 4)}${date.slice(5, 7) <= '06' ? 'H1' : 'H2'}`;
}

/** A closed year of one series. */
export function yearKey(id: SeriesId, year: number): Key {
  return { pk: YEAR + id, sk: String(year) };
}

/** The series of a year item's partition. */
export function seriesOfYear(pk: string): SeriesId {
  return pk.slice(YEAR.length);
}

/** Series whose closed years are packed together, by number; their number over all is a block's. */
const BLOCK = 64;

/** The block of a series, by the series' number. */
export function blockOf(number: number): number {
  return Math.floor(number / BLOCK);
}

/** The numbers of a block's series, from and below. */
export function numbersOf(block: number): { readonly from: number; readonly below: number } {
  return { from: block * BLOCK, below: (block + 1) * BLOCK };
}

/** A closed year of a whole block: a copy of year items, for who reads many of them. */
export function packKey(block: number, year: number): Key {
  return { pk: `${PACK}${block}`, sk: String(year) };
}

/** All records lie in one partition, so that a prefix can be listed. */
const RECORDS = 'RECORD';

export function recordKey(name: string): Key {
  return { pk: RECORDS, sk: name };
}

export function recordRange(prefix: string): KeyRange {
  return { pk: RECORDS, from: prefix || ' ', to: prefix + LAST };
}

/** An alert's id ends with its session, so its place follows from its id. */
export function alertKey(id: string): Key {
  const session = id.slice(id.lastIndexOf('/') + 1);
  return { pk: alertPartition(session.slice(0, 4)), sk: `${session}#${id}` };
}

/** The alerts of the sessions of one year, from and to inclusive. */
export function alertRange(year: number, from: Session, to: Session): KeyRange {
  return { pk: alertPartition(String(year)), from, to: to + LAST };
}

function alertPartition(year: string): string {
  return `ALERT#${year}`;
}

/** The one partition of the index `due`. */
export const DUE = 'DUE';

/** The `YYYY-MM-DD` label of a day. */
export function dateOf(day: Day): string {
  return new Date(day * MILLISECONDS_PER_DAY).toISOString().slice(0, 10);
}

export function yearOf(day: Day): number {
  return new Date(day * MILLISECONDS_PER_DAY).getUTCFullYear();
}

/** The first day of a year: what the keys of a year item count from. */
export function firstDayOf(year: number): Day {
  return dayOf(`${String(year).padStart(4, '0')}-01-01`);
}

/** The day an instant lies on, in UTC. */
export function dayAt(instant: number): Day {
  return Math.floor(instant / MILLISECONDS_PER_DAY);
}
