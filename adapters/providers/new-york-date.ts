import type { Instant } from '../../shared/calendar/calendar.ts';
import { newYorkClock } from '../../shared/calendar/new-york-time.ts';

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
const NOON = 720;
/** Clocks change at two in the morning of the time that ends. */
const CHANGE = 120;
/** Instants that a session can have; outside there is no date either. */
const FIRST = Date.UTC(1977, 0, 1);
const LAST = Date.UTC(2100, 0, 1);

/** A moment as clocks in New York show it. */
export interface NewYorkMoment {
  /** `YYYY-MM-DD`. */
  readonly date: string;
  /** Minutes after midnight that the clock shows. */
  readonly minute: number;
}

/** What clocks in New York show at an instant; undefined where the instant is none, or before 1977. */
export function newYorkMoment(instant: Instant): NewYorkMoment | undefined {
  if (!(instant >= FIRST && instant < LAST)) return undefined;
  const day = Math.floor(instant / DAY_MS);
  const [before, after] = [minutesBehind(day - 1), minutesBehind(day)];
  const changed = instant >= day * DAY_MS + (before + CHANGE) * MINUTE_MS;
  const local = instant - (changed ? after : before) * MINUTE_MS;
  const minute = Math.floor((local - Math.floor(local / DAY_MS) * DAY_MS) / MINUTE_MS);
  return { date: dateOf(Math.floor(local / DAY_MS)), minute };
}

/** The date in New York at an instant; undefined as above. */
export function newYorkDate(instant: Instant): string | undefined {
  return newYorkMoment(instant)?.date;
}

/** Minutes that New York is behind UTC at noon of a day. */
function minutesBehind(day: number): number {
  const noon = newYorkClock(new Date(day * DAY_MS).getUTCFullYear())(day, NOON);
  return (noon - day * DAY_MS) / MINUTE_MS - NOON;
}

function dateOf(day: number): string {
  return new Date(day * DAY_MS).toISOString().slice(0, 10);
}
