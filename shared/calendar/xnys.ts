import type { Calendar, Instant, Session } from './calendar.ts';
import { civilDay, type Day, datesOf, dayOf, isDate, weekday } from './date.ts';
import { earlyCloses } from './early-closes.ts';
import { closedDays } from './holidays.ts';
import { newYorkClock } from './new-york-time.ts';

const FIRST_YEAR = 1980;
const LAST_YEAR = 2027;
const FIRST_DATE = `${FIRST_YEAR}-01-01`;
const LAST_DATE = `${LAST_YEAR}-12-31`;
const FIRST_DAY = dayOf(FIRST_DATE);
const LAST_DAY = dayOf(LAST_DATE);
const END_OF_HORIZON = newYorkClock(LAST_YEAR + 1)(LAST_DAY + 1, 0);

const USUAL_CLOSE = 16 * 60;
const OPEN = 9 * 60 + 30;
const OPEN_BEFORE_1985_09_30 = 10 * 60;
const EARLIER_OPEN_SINCE = dayOf('1985-09-30');

/** The sessions as parallel arrays by ordinal, and for every day of the horizon the first ordinal on or after it. */
interface Table {
  readonly sessions: Session[];
  readonly opens: Instant[];
  readonly closes: Instant[];
  readonly early: boolean[];
  /** By days since the start of the horizon. */
  readonly onOrAfter: Int32Array;
}

/**
 * The sessions of XNYS (the New York Stock Exchange) from 1980 to 2027, by the exchange's rules and its one-off closures.
 *
 * `closures` are further dates without a session (`YYYY-MM-DD`); those that would be none anyway change nothing.
 * Ordinals count without them. A late opening is not told: every session opens at the hour of its time. A date that is
 * none or lies outside the horizon throws a `RangeError`, and so does `open`, `close` or `early` of a date without a
 * session, and `lastFinished` of an instant after the horizon (but +Infinity, all time, gives the last session).
 */
export function createCalendar(closures: readonly string[]): Calendar {
  const key = closures.join(' ');
  if (newest?.key !== key) newest = { key, calendar: buildCalendar(closures) };
  return newest.calendar;
}

/** A calendar changes nothing and takes milliseconds to lay out, and a market asks for the same one as its reader. */
let newest: { readonly key: string; readonly calendar: Calendar } | undefined;

function buildCalendar(closures: readonly string[]): Calendar {
  const table = buildTable(new Set(closures));
  const { sessions, onOrAfter } = table;
  const firstFrom = (date: string): number => onOrAfter[offsetOf(date)] ?? sessions.length;
  const ordinal = (date: string): number | undefined => {
    const candidate = firstFrom(date);
    return sessions[candidate] === date ? candidate : undefined;
  };
  const lastUntil = (date: string): number => ordinal(date) ?? firstFrom(date) - 1;
  const at = <Value>(values: readonly Value[], session: Session): Value => {
    const value = values[ordinal(session) ?? -1];
    if (value === undefined) throw new RangeError(`${session} is no session of XNYS`);
    return value;
  };
  return {
    sessions,
    first: FIRST_DATE,
    last: LAST_DATE,
    covers: (date) => isDate(date) && date >= FIRST_DATE && date <= LAST_DATE,
    ordinal,
    onOrAfter: firstFrom,
    onOrBefore: lastUntil,
    range: (from, to) => sessions.slice(firstFrom(from), lastUntil(to) + 1),
    next: (date) => sessions[lastUntil(date) + 1],
    previous: (date) => sessions[firstFrom(date) - 1],
    open: (session) => at(table.opens, session),
    close: (session) => at(table.closes, session),
    early: (session) => at(table.early, session),
    lastFinished: (instant) => lastFinished(table, instant),
  };
}

function buildTable(closures: ReadonlySet<string>): Table {
  const table: Table = {
    sessions: [],
    opens: [],
    closes: [],
    early: [],
    onOrAfter: new Int32Array(LAST_DAY - FIRST_DAY + 1),
  };
  for (let year = FIRST_YEAR; year <= LAST_YEAR; year++) addYear(table, year, closures);
  return table;
}

function addYear(table: Table, year: number, closures: ReadonlySet<string>): void {
  const closed = closedDays(year);
  const early = earlyCloses(year);
  const instant = newYorkClock(year);
  let day: Day = civilDay(year, 1, 1);
  for (const date of datesOf(year)) {
    table.onOrAfter[day - FIRST_DAY] = table.sessions.length;
    if (isWorkday(day) && !closed.has(day) && !closures.has(date)) {
      const opening = day < EARLIER_OPEN_SINCE ? OPEN_BEFORE_1985_09_30 : OPEN;
      table.sessions.push(date);
      table.opens.push(instant(day, opening));
      table.closes.push(instant(day, early.get(day) ?? USUAL_CLOSE));
      table.early.push(early.has(day));
    }
    day++;
  }
}

function isWorkday(day: Day): boolean {
  const dayOfWeek = weekday(day);
  return dayOfWeek >= 1 && dayOfWeek <= 5;
}

function offsetOf(date: string): number {
  if (!isDate(date)) throw new RangeError(`${JSON.stringify(date)} is no date YYYY-MM-DD`);
  if (date < FIRST_DATE || date > LAST_DATE) throw outsideHorizon(date);
  return dayOf(date) - FIRST_DAY;
}

function lastFinished({ sessions, closes }: Table, instant: Instant): Session | undefined {
  if (instant >= END_OF_HORIZON && instant !== Number.POSITIVE_INFINITY) {
    throw outsideHorizon(`An instant after ${LAST_DATE}`);
  }
  let low = 0;
  let high = closes.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((closes[middle] ?? Number.POSITIVE_INFINITY) <= instant) low = middle + 1;
    else high = middle;
  }
  return sessions[low - 1];
}

function outsideHorizon(what: string): RangeError {
  return new RangeError(`${what} is outside the calendar, which knows ${FIRST_DATE} to ${LAST_DATE}`);
}
