import type { Instant } from './calendar.ts';
import { type Day, lastWeekday, nthWeekday } from './date.ts';

const SUNDAY = 0;
const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const STANDARD_OFFSET_MINUTES = 5 * 60;
const DAYLIGHT_OFFSET_MINUTES = 4 * 60;

/**
 * A clock for one year (1976 or later): the instant of a minute after midnight on a day of that year in New York.
 *
 * The clocks change at 02:00 on a Sunday; minutes before that on such a day are not told apart, since nothing trades.
 */
export function newYorkClock(year: number): (day: Day, minuteOfDay: number) => Instant {
  const { start, end } = daylightSaving(year);
  return (day, minuteOfDay) => {
    const offset = day >= start && day < end ? DAYLIGHT_OFFSET_MINUTES : STANDARD_OFFSET_MINUTES;
    return day * DAY_MS + (minuteOfDay + offset) * MINUTE_MS;
  };
}

/**
 * First day of daylight saving time and first day after it, by the Uniform Time Act of 1966, its amendment of 1986 and
 * the Energy Policy Act of 2005.
 */
function daylightSaving(year: number): { readonly start: Day; readonly end: Day } {
  if (year >= 2007) return { start: nthWeekday(year, 3, SUNDAY, 2), end: nthWeekday(year, 11, SUNDAY, 1) };
  const start = year >= 1987 ? nthWeekday(year, 4, SUNDAY, 1) : lastWeekday(year, 4, SUNDAY);
  return { start, end: lastWeekday(year, 10, SUNDAY) };
}
