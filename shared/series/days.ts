import type { Calendar, Instant } from '../calendar/calendar.ts';
import { type Day, datesOf, dayOf } from '../calendar/date.ts';

/** Every date of a calendar's horizon by its day, with the session it belongs to. */
export interface Days {
  readonly first: Day;
  readonly last: Day;
  /** `YYYY-MM-DD` of a day within the horizon. */
  date(day: Day): string;
  /** Ordinal of the first session on or after a day; the number of sessions past the last one, -1 outside the horizon. */
  ordinal(day: Day): number;
  /** Whether a day is a session. */
  isSession(day: Day): boolean;
  /** When what is dated on a day is known at the earliest: the first close on or after it; +Infinity past the last. */
  known(day: Day): Instant;
}

const laidOut = new WeakMap<Calendar, Days>();

/** Lays a calendar out by days, so that millions of look-ups need no text; once for each calendar. */
export function layOutDays(calendar: Calendar): Days {
  const known = laidOut.get(calendar);
  if (known !== undefined) return known;
  const days = buildDays(calendar);
  laidOut.set(calendar, days);
  return days;
}

function buildDays(calendar: Calendar): Days {
  const first = dayOf(calendar.first);
  const dates = datesBetween(calendar);
  const ordinals = new Int32Array(dates.length);
  const sessionDays = new Uint8Array(dates.length);
  const closes = Float64Array.from(calendar.sessions, (session) => calendar.close(session));
  for (const session of calendar.sessions) sessionDays[dayOf(session) - first] = 1;
  let passed = 0;
  for (let offset = 0; offset < dates.length; offset++) {
    ordinals[offset] = passed;
    passed += sessionDays[offset] ?? 0;
  }
  const ordinal = (day: Day): number => ordinals[day - first] ?? -1;
  return {
    first,
    last: first + dates.length - 1,
    date: (day) => dates[day - first] ?? '',
    ordinal,
    isSession: (day) => sessionDays[day - first] === 1,
    known: (day) => closes[ordinal(day)] ?? Number.POSITIVE_INFINITY,
  };
}

function datesBetween(calendar: Calendar): string[] {
  const dates: string[] = [];
  const lastYear = Number(calendar.last.slice(0, 4));
  for (let year = Number(calendar.first.slice(0, 4)); year <= lastYear; year++) {
    for (const date of datesOf(year)) if (calendar.covers(date)) dates.push(date);
  }
  return dates;
}
