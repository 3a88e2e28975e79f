import { civilDay, type Day, dayOf, nthWeekday, weekday } from './date.ts';

const MONDAY = 1;
const WEDNESDAY = 3;
const THURSDAY = 4;

/** Minutes after midnight in New York. */
export type MinuteOfDay = number;

const ONE_PM: MinuteOfDay = 13 * 60;
const TWO_PM: MinuteOfDay = 14 * 60;

/** Early closes by announcement instead of rule; halts and storms in mid-session are none, nobody published them. */
const ANNOUNCED: readonly { readonly from: string; readonly to: string; readonly minute: MinuteOfDay }[] = [
  // Paperwork after the crash of October 1987, the hours given back half an hour at a time.
  { from: '1987-10-23', to: '1987-10-30', minute: TWO_PM },
  { from: '1987-11-02', to: '1987-11-04', minute: TWO_PM + 30 },
  { from: '1987-11-05', to: '1987-11-06', minute: TWO_PM + 60 },
  { from: '1987-11-09', to: '1987-11-11', minute: TWO_PM + 90 },
  // The Friday after a Christmas on a Thursday; not repeated in 2008, 2014 and 2025.
  { from: '1997-12-26', to: '1997-12-26', minute: ONE_PM },
  { from: '2003-12-26', to: '2003-12-26', minute: ONE_PM },
  // The eve of 2000.
  { from: '1999-12-31', to: '1999-12-31', minute: ONE_PM },
];

/**
 * The days of a year on which XNYS closes before 16:00 by its published schedule, with the minute of each.
 *
 * An early close was at 14:00 before 1993 and has been at 13:00 since. May name days that are no session.
 */
export function earlyCloses(year: number): ReadonlyMap<Day, MinuteOfDay> {
  const usual = year < 1993 ? TWO_PM : ONE_PM;
  const early = new Map<Day, MinuteOfDay>();
  if (year >= 1990) early.set(civilDay(year, 12, 24), usual);
  if (year >= 1992) early.set(nthWeekday(year, 11, THURSDAY, 4) + 1, usual);
  const beside = besideIndependenceDay(year);
  if (beside !== null) early.set(beside, usual);
  for (const { from, to, minute } of ANNOUNCED) {
    if (!from.startsWith(String(year))) continue;
    for (let day = dayOf(from); day <= dayOf(to); day++) early.set(day, minute);
  }
  return early;
}

/**
 * The early close beside July 4, kept since 1995: July 3 from Monday to Thursday. Until 2012 a Wednesday was spared and
 * the Friday after the holiday taken in its place.
 */
function besideIndependenceDay(year: number): Day | null {
  if (year < 1995) return null;
  const eve = civilDay(year, 7, 3);
  if (weekday(eve) === WEDNESDAY && year < 2013) return eve + 2;
  return weekday(eve) >= MONDAY && weekday(eve) <= THURSDAY ? eve : null;
}
