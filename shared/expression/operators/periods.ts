import type { Snapshot } from '../../series/snapshot.ts';

/**
 * First sessions of consecutive periods, as indexes of a snapshot, ascending: the first is that of the period of
 * index 0, negative where it lies before the snapshot; the last lies at its end or after it.
 */
export type Starts = Int32Array;

/** What the calendar says of each session. */
export interface PerSession {
  /** year × 12 + month − 1. */
  readonly monthKey: Int32Array;
  /** 1 on the last session of a calendar month. */
  readonly lastOfMonth: Uint8Array;
  /** Sessions from the first of the year, which is 1. */
  readonly ofYear: Int32Array;
}

/** Which year, quarter and month each session lies in; each made when it is first asked for. */
export interface Periods {
  readonly years: Starts;
  readonly quarters: Starts;
  readonly months: Starts;
  readonly perSession: PerSession;
}

export type PeriodKind = 'years' | 'quarters' | 'months';
const MONTHS: Readonly<Record<PeriodKind, number>> = { years: 12, quarters: 3, months: 1 };

/** Lays out the periods of a snapshot's sessions. */
export function periodsOf(snapshot: Snapshot): Periods {
  const made: { -readonly [Kind in keyof Periods]?: Periods[Kind] } = {};
  return {
    get years() {
      return (made.years ??= startsOf(snapshot, MONTHS.years));
    },
    get quarters() {
      return (made.quarters ??= startsOf(snapshot, MONTHS.quarters));
    },
    get months() {
      return (made.months ??= startsOf(snapshot, MONTHS.months));
    },
    get perSession() {
      return (made.perSession ??= perSessionOf(snapshot));
    },
  };
}

/** The position of the last start at or before an index. The latest sessions are asked for most. */
export function periodAt(starts: Starts, index: number): number {
  let low = 0;
  let high = starts.length - 1;
  if (high > 0 && starts[high - 1]! <= index) return high - 1;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (starts[middle]! <= index) low = middle;
    else high = middle;
  }
  return low;
}

/** The first session of the period that a session lies in, without laying out any other. */
export function startBefore(
  { calendar, origin, sessions }: Snapshot,
  kind: PeriodKind,
  session: number,
): number {
  const date = firstDay(monthKeyOf(sessions[session] ?? ''), MONTHS[kind]);
  return (calendar.covers(date) ? calendar.onOrAfter(date) : 0) - origin;
}

/** The first day of the period of so many months, counted from January, that a month lies in. */
function firstDay(monthKey: number, months: number): string {
  const key = Math.floor(monthKey / months) * months;
  return `${Math.floor(key / 12)}-${String((key % 12) + 1).padStart(2, '0')}-01`;
}

/** Periods of so many months, counted from January. */
function startsOf({ calendar, origin, length, sessions }: Snapshot, months: number): Starts {
  const first = sessions[0];
  if (first === undefined) return Int32Array.of(0, 0);
  const starts: number[] = [];
  for (let key = monthKeyOf(first); ; key += months) {
    const date = firstDay(key, months);
    const start = calendar.covers(date) ? calendar.onOrAfter(date) - origin : length;
    starts.push(start);
    if (start >= length) return Int32Array.from(starts);
  }
}

function perSessionOf(snapshot: Snapshot): PerSession {
  const { length, sessions } = snapshot;
  const periods: PerSession = {
    monthKey: new Int32Array(length),
    lastOfMonth: new Uint8Array(length),
    ofYear: new Int32Array(length),
  };
  const months = startsOf(snapshot, 1);
  const key = monthKeyOf(sessions[0] ?? '');
  for (let month = 0; month + 1 < months.length; month += 1) {
    periods.monthKey.fill(key + month, Math.max(0, months[month]!), Math.min(length, months[month + 1]!));
    if (months[month + 1]! <= length) periods.lastOfMonth[months[month + 1]! - 1] = 1;
  }
  const years = startsOf(snapshot, 12);
  for (let index = 0; index < length; index += 1) {
    periods.ofYear[index] = index - years[periodAt(years, index)]! + 1;
  }
  const following = snapshot.calendar.sessions[snapshot.origin + length];
  const last = sessions[length - 1];
  if (last !== undefined && (following === undefined || monthKeyOf(following) !== monthKeyOf(last))) {
    periods.lastOfMonth[length - 1] = 1;
  }
  return periods;
}

function monthKeyOf(session: string): number {
  return Number(session.slice(0, 4)) * 12 + Number(session.slice(5, 7)) - 1;
}
