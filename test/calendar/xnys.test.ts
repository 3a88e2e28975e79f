import { describe, expect, it } from 'vitest';
import { datesOf, dayOf, weekday } from '../../shared/calendar/date.ts';
import { createCalendar } from '../../shared/calendar/xnys.ts';

const calendar = createCalendar([]);

/** The days from Monday to Friday of a year without a session. */
function closedIn(year: number): string[] {
  return datesOf(year).filter((date) => {
    const dayOfWeek = weekday(dayOf(date));
    return dayOfWeek > 0 && dayOfWeek < 6 && calendar.ordinal(date) === undefined;
  });
}

/** Early closes of a year with their time in UTC. */
function earlyIn(year: number): string[] {
  return calendar
    .range(`${year}-01-01`, `${year}-12-31`)
    .filter((session) => calendar.early(session))
    .map((session) => new Date(calendar.close(session)).toISOString().slice(0, 16));
}

/** Holidays as the exchange published them for the year, month and day, and the days it closed without warning. */
const CLOSED: readonly (readonly [year: number, monthsAndDays: string])[] = [
  [1980, '01-01 02-18 04-04 05-26 07-04 09-01 11-04 11-27 12-25'],
  [1983, '02-21 04-01 05-30 07-04 09-05 11-24 12-26'],
  [1985, '01-01 02-18 04-05 05-27 07-04 09-02 09-27 11-28 12-25'],
  [1993, '01-01 02-15 04-09 05-31 07-05 09-06 11-25 12-24'],
  [1994, '02-21 04-01 04-27 05-30 07-04 09-05 11-24 12-26'],
  [1997, '01-01 02-17 03-28 05-26 07-04 09-01 11-27 12-25'],
  [1998, '01-01 01-19 02-16 04-10 05-25 07-03 09-07 11-26 12-25'],
  [2001, '01-01 01-15 02-19 04-13 05-28 07-04 09-03 09-11 09-12 09-13 09-14 11-22 12-25'],
  [2004, '01-01 01-19 02-16 04-09 05-31 06-11 07-05 09-06 11-25 12-24'],
  [2005, '01-17 02-21 03-25 05-30 07-04 09-05 11-24 12-26'],
  [2007, '01-01 01-02 01-15 02-19 04-06 05-28 07-04 09-03 11-22 12-25'],
  [2011, '01-17 02-21 04-22 05-30 07-04 09-05 11-24 12-26'],
  [2012, '01-02 01-16 02-20 04-06 05-28 07-04 09-03 10-29 10-30 11-22 12-25'],
  [2018, '01-01 01-15 02-19 03-30 05-28 07-04 09-03 11-22 12-05 12-25'],
  [2021, '01-01 01-18 02-15 04-02 05-31 07-05 09-06 11-25 12-24'],
  [2022, '01-17 02-21 04-15 05-30 06-20 07-04 09-05 11-24 12-26'],
  [2025, '01-01 01-09 01-20 02-17 04-18 05-26 06-19 07-04 09-01 11-27 12-25'],
  [2026, '01-01 01-19 02-16 04-03 05-25 06-19 07-03 09-07 11-26 12-25'],
  [2027, '01-01 01-18 02-15 03-26 05-31 06-18 07-05 09-06 11-25 12-24'],
];

/** Early closes as published, with the hour in UTC. */
const EARLY: readonly (readonly [year: number, monthsDaysAndHours: string])[] = [
  [1984, ''],
  [1990, '12-24T19:00'],
  [1992, '11-27T19:00 12-24T19:00'],
  [1993, '11-26T18:00'],
  [1994, '11-25T18:00'],
  [1995, '07-03T17:00 11-24T18:00'],
  [1996, '07-05T17:00 11-29T18:00 12-24T18:00'],
  [1997, '07-03T17:00 11-28T18:00 12-24T18:00 12-26T18:00'],
  [1999, '11-26T18:00 12-31T18:00'],
  [2002, '07-05T17:00 11-29T18:00 12-24T18:00'],
  [2003, '07-03T17:00 11-28T18:00 12-24T18:00 12-26T18:00'],
  [2008, '07-03T17:00 11-28T18:00 12-24T18:00'],
  [2013, '07-03T17:00 11-29T18:00 12-24T18:00'],
  [2019, '07-03T17:00 11-29T18:00 12-24T18:00'],
  [2024, '07-03T17:00 11-29T18:00 12-24T18:00'],
  [2025, '07-03T17:00 11-28T18:00 12-24T18:00'],
  [2026, '11-27T18:00 12-24T18:00'],
  [2027, '11-26T18:00'],
];

describe('XNYS', () => {
  it.each(CLOSED)('is closed in %i on the published days', (year, monthsAndDays) => {
    expect(closedIn(year)).toEqual(monthsAndDays.split(' ').map((rest) => `${year}-${rest}`));
  });

  it.each(EARLY)('closes early in %i on the published days', (year, monthsDaysAndHours) => {
    const expected = monthsDaysAndHours.split(' ').filter((rest) => rest !== '');
    expect(earlyIn(year)).toEqual(expected.map((rest) => `${year}-${rest}`));
  });

  it('gives hours back step by step after the crash of 1987', () => {
    expect(earlyIn(1987).map((close) => close.slice(5))).toEqual([
      '10-23T18:00',
      '10-26T19:00',
      '10-27T19:00',
      '10-28T19:00',
      '10-29T19:00',
      '10-30T19:00',
      '11-02T19:30',
      '11-03T19:30',
      '11-04T19:30',
      '11-05T20:00',
      '11-06T20:00',
      '11-09T20:30',
      '11-10T20:30',
      '11-11T20:30',
    ]);
  });

  it.each(['1994-02-11', '1996-01-08', '1997-10-27', '2005-06-01', '2020-03-09'])(
    'keeps the published close on %s, when trading halted or stopped unannounced',
    (session) => {
      expect(calendar.early(session)).toBe(false);
      expect(new Date(calendar.close(session)).toISOString()).toMatch(/T2[01]:00/);
    },
  );

  it('opens at 10:00 until 27 September 1985 and at 9:30 from the 30th', () => {
    expect(new Date(calendar.open('1985-09-26')).toISOString()).toBe('1985-09-26T14:00:00.000Z');
    expect(new Date(calendar.open('1985-09-30')).toISOString()).toBe('1985-09-30T13:30:00.000Z');
  });

  it('counts the sessions of a year and knows its horizon', () => {
    expect(calendar.range('2023-01-01', '2023-12-31')).toHaveLength(250);
    expect(calendar.range('2024-01-01', '2024-12-31')).toHaveLength(252);
    expect([calendar.first, calendar.last]).toEqual(['1980-01-01', '2027-12-31']);
    expect([calendar.sessions[0], calendar.sessions.at(-1)]).toEqual(['1980-01-02', '2027-12-31']);
  });
});

describe('closures announced later', () => {
  const closed = createCalendar(['2026-03-04', '2026-03-07']);

  it('are no session and are not counted', () => {
    expect(closed.ordinal('2026-03-04')).toBeUndefined();
    expect(closed.next('2026-03-03')).toBe('2026-03-05');
    expect(closed.ordinal('2026-03-05')).toBe(calendar.ordinal('2026-03-04'));
    expect(closed.sessions).toHaveLength(calendar.sessions.length - 1);
    expect(() => closed.close('2026-03-04')).toThrow('2026-03-04 is no session');
  });

  it('change nothing for another calendar', () => {
    expect(calendar.ordinal('2026-03-04')).toBeDefined();
  });
});
