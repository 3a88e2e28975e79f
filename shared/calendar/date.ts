/** Days since 1970-01-01 of a civil date: plain arithmetic on labels needs neither `Date` nor a time zone. */
export type Day = number;

const ZERO = 48;
const HYPHEN = 45;
const LENGTH = 10;
const MONTH_LENGTHS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Whether a text is a real date of the Gregorian calendar written `YYYY-MM-DD`. */
export function isDate(text: string): boolean {
  if (!hasShape(text)) return false;
  const [year, month, dayOfMonth] = parts(text);
  return month >= 1 && month <= 12 && dayOfMonth >= 1 && dayOfMonth <= monthLength(year, month);
}

/** The day of a real `YYYY-MM-DD`; callers check with `isDate` first. */
export function dayOf(date: string): Day {
  const [year, month, dayOfMonth] = parts(date);
  return civilDay(year, month, dayOfMonth);
}

/**
 * The day of a year, month (1..12) and day of the month.
 *
 * Counts years from March, so that the leap day comes last and the months before it follow one linear formula.
 */
export function civilDay(year: number, month: number, dayOfMonth: number): Day {
  const marchYear = month > 2 ? year : year - 1;
  const monthsSinceMarch = (month + 9) % 12;
  const leapDays = Math.floor(marchYear / 4) - Math.floor(marchYear / 100) + Math.floor(marchYear / 400);
  const dayOfMarchYear = Math.floor((153 * monthsSinceMarch + 2) / 5) + dayOfMonth - 1;
  return 365 * marchYear + leapDays + dayOfMarchYear - DAYS_BEFORE_1970;
}

/** Days from 0000-03-01 to 1970-01-01. */
const DAYS_BEFORE_1970 = 719_468;

/** The day of the week: 0 is Sunday, 6 is Saturday. */
export function weekday(day: Day): number {
  return (((day + 4) % 7) + 7) % 7;
}

/** The dates of a year in order, as labels. */
export function datesOf(year: number): string[] {
  const dates: string[] = [];
  for (let month = 1; month <= 12; month++) {
    const prefix = `${String(year).padStart(4, '0')}-${twoDigits(month)}-`;
    const length = monthLength(year, month);
    for (let dayOfMonth = 1; dayOfMonth <= length; dayOfMonth++) dates.push(prefix + twoDigits(dayOfMonth));
  }
  return dates;
}

/** The n-th given weekday of a month, counted from 1. */
export function nthWeekday(year: number, month: number, wanted: number, n: number): Day {
  const first = civilDay(year, month, 1);
  return first + ((wanted - weekday(first) + 7) % 7) + 7 * (n - 1);
}

/** The last given weekday of a month. */
export function lastWeekday(year: number, month: number, wanted: number): Day {
  const last = civilDay(year, month, monthLength(year, month));
  return last - ((weekday(last) - wanted + 7) % 7);
}

/** Whether digits and hyphens stand where a date has them: by code, since files say millions of dates. */
function hasShape(text: string): boolean {
  if (text.length !== LENGTH) return false;
  for (let at = 0; at < LENGTH; at++) {
    const code = text.charCodeAt(at);
    const fits = at === 4 || at === 7 ? code === HYPHEN : code >= ZERO && code <= ZERO + 9;
    if (!fits) return false;
  }
  return true;
}

function parts(date: string): readonly [year: number, month: number, dayOfMonth: number] {
  return [100 * pair(date, 0) + pair(date, 2), pair(date, 5), pair(date, 8)];
}

/** The number two digits make; reading them by code keeps look-ups by date cheap. */
function pair(text: string, at: number): number {
  return 10 * (text.charCodeAt(at) - ZERO) + text.charCodeAt(at + 1) - ZERO;
}

function monthLength(year: number, month: number): number {
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return month === 2 && leap ? 29 : (MONTH_LENGTHS[month - 1] ?? 0);
}

function twoDigits(value: number): string {
  return value < 10 ? `0${value}` : String(value);
}
