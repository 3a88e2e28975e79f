import { dayOf, weekday } from '../../calendar/date.ts';

const WEEKDAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
/** By number, January first. */
export const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

/** `Monday 12 January 2026`. */
export function longDate(date: string): string {
  return `${WEEKDAYS[weekday(dayOf(date))] ?? ''} ${dayOfMonth(date)} ${monthName(date)} ${date.slice(0, 4)}`;
}

/** `12 Jan 2026`. */
export function shortDate(date: string): string {
  return `${dayOfMonth(date)} ${monthName(date).slice(0, 3)} ${date.slice(0, 4)}`;
}

/** `7 Jan` within the year of another date, else with its year. */
export function shortDateBeside(date: string, other: string): string {
  return date.slice(0, 4) === other.slice(0, 4)
    ? `${dayOfMonth(date)} ${monthName(date).slice(0, 3)}`
    : shortDate(date);
}

/** `May 2000`. */
export function monthAndYear(date: string): string {
  return `${monthName(date)} ${date.slice(0, 4)}`;
}

/** `May 2000`, months cut to three letters. */
export function shortMonthAndYear(date: string): string {
  return `${monthName(date).slice(0, 3)} ${date.slice(0, 4)}`;
}

/** No two sessions are further apart, in days, than those around the longest week-end of holidays. */
const LONGEST_PAUSE = 4;

/** Whether a date lies at the very end of the year, quarter or month before that of another date. */
export function endsPeriodBefore(date: string, other: string, period: 'year' | 'quarter' | 'month'): boolean {
  const month = Number(other.slice(5, 7));
  const first = { year: 1, quarter: month - ((month - 1) % 3), month }[period];
  const start = `${other.slice(0, 4)}-${String(first).padStart(2, '0')}-01`;
  const gap = dayOf(start) - dayOf(date);
  return gap > 0 && gap <= LONGEST_PAUSE;
}

function dayOfMonth(date: string): number {
  return Number(date.slice(8, 10));
}

function monthName(date: string): string {
  return MONTHS[Number(date.slice(5, 7)) - 1] ?? '';
}
