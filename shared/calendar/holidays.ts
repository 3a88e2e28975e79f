import { civilDay, type Day, dayOf, lastWeekday, nthWeekday, weekday } from './date.ts';

const SUNDAY = 0;
const MONDAY = 1;
const THURSDAY = 4;
const SATURDAY = 6;

/** One holiday of the exchange: the day it is observed in a year, null where the exchange trades that year. */
type Holiday = (year: number) => Day | null;

/** The holidays NYSE Rule 7.2 (formerly Rule 51) names, and those it named since 1980. */
const HOLIDAYS: readonly Holiday[] = [
  newYear,
  (year) => (year >= 1998 ? nthWeekday(year, 1, MONDAY, 3) : null), // Martin Luther King Jr. Day
  (year) => nthWeekday(year, 2, MONDAY, 3), // Washington's Birthday
  (year) => easterSunday(year) - 2, // Good Friday
  (year) => lastWeekday(year, 5, MONDAY), // Memorial Day
  (year) => (year >= 2022 ? nearestWorkday(civilDay(year, 6, 19)) : null), // Juneteenth
  (year) => nearestWorkday(civilDay(year, 7, 4)), // Independence Day
  (year) => nthWeekday(year, 9, MONDAY, 1), // Labor Day
  (year) => (year === 1980 ? civilDay(1980, 11, 4) : null), // Election Day, kept for the last time in 1980
  (year) => nthWeekday(year, 11, THURSDAY, 4), // Thanksgiving
  (year) => nearestWorkday(civilDay(year, 12, 25)), // Christmas
];

/** Days on which the exchange stayed closed outside its rules, with the cause of each. */
const ONE_OFF_CLOSURES: Readonly<Record<string, string>> = {
  '1985-09-27': 'Hurricane Gloria',
  '1994-04-27': 'day of mourning for President Nixon',
  '2001-09-11': 'terrorist attacks on New York and Washington',
  '2001-09-12': 'terrorist attacks on New York and Washington',
  '2001-09-13': 'terrorist attacks on New York and Washington',
  '2001-09-14': 'terrorist attacks on New York and Washington',
  '2004-06-11': 'day of mourning for President Reagan',
  '2007-01-02': 'day of mourning for President Ford',
  '2012-10-29': 'Hurricane Sandy',
  '2012-10-30': 'Hurricane Sandy',
  '2018-12-05': 'day of mourning for President George H. W. Bush',
  '2025-01-09': 'day of mourning for President Carter',
};

const ONE_OFF_DAYS = Object.keys(ONE_OFF_CLOSURES).map(dayOf);

/** The days from Monday to Friday of a year (1980 or later) on which XNYS is closed, by rule or by event. */
export function closedDays(year: number): ReadonlySet<Day> {
  const closed = new Set(ONE_OFF_DAYS);
  for (const holiday of HOLIDAYS) {
    const day = holiday(year);
    if (day !== null) closed.add(day);
  }
  return closed;
}

/** A New Year on a Saturday is not made up for: the Friday before ends the exchange's year of accounts. */
function newYear(year: number): Day {
  const day = civilDay(year, 1, 1);
  return weekday(day) === SUNDAY ? day + 1 : day;
}

function nearestWorkday(day: Day): Day {
  if (weekday(day) === SATURDAY) return day - 1;
  return weekday(day) === SUNDAY ? day + 1 : day;
}

/** Easter Sunday of the Gregorian calendar, by the anonymous algorithm in Meeus, Astronomical Algorithms, ch. 8. */
function easterSunday(year: number): Day {
  const golden = year % 19;
  const century = Math.floor(year / 100);
  const yearOfCentury = year % 100;
  const correction = Math.floor((century - Math.floor((century + 8) / 25) + 1) / 3);
  const epact = (19 * golden + century - Math.floor(century / 4) - correction + 15) % 30;
  const toSunday =
    (32 + 2 * (century % 4) + 2 * Math.floor(yearOfCentury / 4) - epact - (yearOfCentury % 4)) % 7;
  const late = Math.floor((golden + 11 * epact + 22 * toSunday) / 451);
  const fromMarch = epact + toSunday - 7 * late + 114;
  return civilDay(year, Math.floor(fromMarch / 31), (fromMarch % 31) + 1);
}
