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
  readonly days: Day[];
  /** Minutes after midnight at which days close that close early. */
  readonly early: Map<Day, number>;
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
    days: table.days,
    first: FIRST_DATE,
    last: LAST_DATE,
    covers: (date) => isDate(date) && date >= FIRST_DATE && date <= LAST_DATE,
    ordinal,
    onOrAfter: firstFrom,
    onOrBefore: lastUntil,
    range: (from, to) => sessions.slice(firstFrom(from), lastUntil(to) + 1),
    next: (date) => sessions[lastUntil(date) + 1],
    previous: (date) => sessions[firstFrom(date) - 1],
    open: (session) => openOf(at(table.days, session)),
    close: (session) => closeOf(table, at(table.days, session)),
    early: (session) => table.early.has(at(table.days, session)),
    lastFinished: (instant) => lastFinished(table, instant),
  };
}

function buildTable(closures: ReadonlySet<string>): Table {
  const table: Table = {
    sessions: [],
    days: [],
    early: new Map(),
    onOrAfter: new Int32Array(LAST_DAY - FIRST_DAY + 1),
  };
  for (let year = FIRST_YEAR; year <= LAST_YEAR; year++) addYear(table, year, closures);
  return table;
}

function addYear(table: Table, year: number, closures: ReadonlySet<string>): void {
  const closed = closedDays(year);
  for (const [day, minute] of earlyCloses(year)) table.early.set(day, minute);
  let day: Day = civilDay(year, 1, 1);
  for (const date of datesOf(year)) {
    table.onOrAfter[day - FIRST_DAY] = table.sessions.length;
    if (isWorkday(day) && !closed.has(day) && !closures.has(date)) {
      table.sessions.push(date);
      table.days.push(day);
    }
    day++;
  }
}

/** Instants are worked out when they are asked for: of 12,000 sessions hardly any ever is. */
function openOf(day: Day): Instant {
  return clockOf(day)(day, day < EARLIER_OPEN_SINCE ? OPEN_BEFORE_1985_09_30 : OPEN);
}

function closeOf({ early }: Table, day: Day): Instant {
  return clockOf(day)(day, early.get(day) ?? USUAL_CLOSE);
}

const clocks = Array.from({ length: LAST_YEAR - FIRST_YEAR + 1 }, (_, index) => ({
  first: civilDay(FIRST_YEAR + index, 1, 1),
  clock: newYorkClock(FIRST_YEAR + index),
}));

/** The clock of the year a day of the horizon lies in. */
function clockOf(day: Day): ReturnType<typeof newYorkClock> {
  // At most a day off at a turn of the year, which the first day of the year settles.
  const index = Math.floor((day - FIRST_DAY) / 365.2425);
  const next = clocks[index + 1];
  const found = next !== undefined && day >= next.first ? next : clocks[index];
  return (found ?? clocks[0]!).clock;
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

function lastFinished(table: Table, instant: Instant): Session | undefined {
  if (instant >= END_OF_HORIZON && instant !== Number.POSITIVE_INFINITY) {
    throw outsideHorizon(`An instant after ${LAST_DATE}`);
  }
  let low = 0;
  let high = table.days.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (closeOf(table, table.days[middle]!) <= instant) low = middle + 1;
    else high = middle;
  }
  return table.sessions[low - 1];
}

function outsideHorizon(what: string): RangeError {
  return new RangeError(`${what} is outside the calendar, which knows ${FIRST_DATE} to ${LAST_DATE}`);
}
