import type { Calendar, Instant } from '../calendar/calendar.ts';
import { type Day, datesOf, dayOf, isDate } from '../calendar/date.ts';

/** Every date of a calendar's horizon by its day, with the session it belongs to. */
export interface Days {
  readonly first: Day;
  readonly last: Day;
  /** The day of a date within the horizon; NaN for any other text. */
  day(text: string): Day;
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
  const last = dayOf(calendar.last);
  const ordinals = new Int32Array(last - first + 1);
  const sessionDays = new Uint8Array(ordinals.length);
  // Most calls ask for neither, and both take longer than all the rest.
  let dates: readonly string[] | null = null;
  let closes: Float64Array | null = null;
  const { days: byOrdinal } = calendar;
  let offset = 0;
  for (let index = 0; index < byOrdinal.length; index++) {
    const session = byOrdinal[index]! - first;
    sessionDays[session] = 1;
    while (offset <= session) ordinals[offset++] = index;
  }
  ordinals.fill(byOrdinal.length, offset);
  const ordinal = (day: Day): number => ordinals[day - first] ?? -1;
  return {
    first,
    last,
    day: dayReader(calendar, byOrdinal, ordinal),
    date: (day) => (dates ??= datesBetween(calendar))[day - first] ?? '',
    ordinal,
    isSession: (day) => sessionDays[day - first] === 1,
    known(day) {
      closes ??= Float64Array.from(calendar.sessions, (session) => calendar.close(session));
      return closes[ordinal(day)] ?? Number.POSITIVE_INFINITY;
    },
  };
}

/** Reads dates. Files name sessions in order, so nearly every one is the last once more, or the next: a comparison. */
function dayReader(
  { sessions, first, last }: Calendar,
  byOrdinal: readonly Day[],
  ordinal: (day: Day) => number,
): (text: string) => Day {
  let next = 0;
  return (text) => {
    if (text === sessions[next]) return byOrdinal[next++] ?? Number.NaN;
    if (text === sessions[next - 1]) return byOrdinal[next - 1] ?? Number.NaN;
    if (!isDate(text) || text < first || text > last) return Number.NaN;
    const day = dayOf(text);
    next = ordinal(day);
    if (sessions[next] === text) next++;
    return day;
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
