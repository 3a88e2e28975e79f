import { InvalidArgumentError } from 'commander';
import type { Calendar, Session } from '../shared/calendar/calendar.ts';
import { isDate } from '../shared/calendar/date.ts';
import { refuse } from './exit.ts';

/** Reads the value of a date option: a real date as `YYYY-MM-DD`, anything else is wrong usage. */
export function dateOption(text: string): string {
  if (!isDate(text)) throw new InvalidArgumentError('Write a real date as YYYY-MM-DD.');
  return text;
}

/** What a verb is asked to print: `--from` and `--to`, both inclusive, either may be missing. */
export interface Period {
  readonly from?: string;
  readonly to?: string;
}

/** Refuses a period that lies outside the calendar or runs backwards; nothing else is guessed. */
export function requirePeriod(calendar: Calendar, period: Period): void {
  if (period.from !== undefined) requireCovered(calendar, '--from', period.from);
  if (period.to !== undefined) requireCovered(calendar, '--to', period.to);
  if (period.from !== undefined && period.to !== undefined && period.from > period.to) {
    refuse(`--from ${period.from} is after --to ${period.to}.`);
  }
}

/** Refuses a date that is no session, and names its neighbours. */
export function requireSession(calendar: Calendar, option: string, date: string): Session {
  requireCovered(calendar, option, date);
  if (calendar.ordinal(date) !== undefined) return date;
  const [before, after] = [calendar.previous(date), calendar.next(date)];
  const near = [before, after].filter((session) => session !== undefined).join(' and ');
  return refuse(`${option} ${date} is no session; the nearest are ${near}.`);
}

function requireCovered(calendar: Calendar, option: string, date: string): void {
  if (calendar.covers(date)) return;
  refuse(`${option} ${date} is outside the calendar, which covers ${calendar.first} to ${calendar.last}.`);
}
