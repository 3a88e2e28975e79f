import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  civilDay,
  datesOf,
  dayOf,
  isDate,
  lastWeekday,
  nthWeekday,
  weekday,
} from '../../shared/calendar/date.ts';

const DAY_MS = 86_400_000;
const anyDay = fc.integer({ min: dayOf('1900-01-01'), max: dayOf('2199-12-31') });
const label = (day: number): string => new Date(day * DAY_MS).toISOString().slice(0, 10);

describe('isDate', () => {
  it.each(['2026-01-02', '2024-02-29', '2000-02-29', '1999-12-31'])('accepts %s', (text) => {
    expect(isDate(text)).toBe(true);
  });

  it.each([
    '2025-02-29',
    '1900-02-29',
    '2026-13-01',
    '2026-00-10',
    '2026-04-31',
    '2026-01-00',
    '2026-1-2',
    '20260102',
    '2026-01-02T00:00:00Z',
    ' 2026-01-02',
    '2026-01-02\n',
    '２０２６-01-02',
    '-026-01-02',
    '',
  ])('refuses %j', (text) => {
    expect(isDate(text)).toBe(false);
  });

  it('accepts exactly the dates that survive a round trip', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 0, max: 14 }), (dayOfMonth, month) => {
        const text = `2023-${String(month).padStart(2, '0')}-${String(dayOfMonth).padStart(2, '0')}`;
        const parsed = Date.parse(`${text}T00:00:00Z`);
        const real = !Number.isNaN(parsed) && new Date(parsed).toISOString().startsWith(text);
        expect(isDate(text)).toBe(real);
      }),
    );
  });
});

describe('days', () => {
  it('count from 1970-01-01, a Thursday', () => {
    expect(dayOf('1970-01-01')).toBe(0);
    expect(weekday(0)).toBe(4);
    expect(weekday(-1)).toBe(3);
  });

  it('agree with the proleptic Gregorian calendar', () => {
    fc.assert(
      fc.property(anyDay, (day) => {
        expect(dayOf(label(day))).toBe(day);
        expect(weekday(day)).toBe(new Date(day * DAY_MS).getUTCDay());
      }),
    );
  });

  it('of a year are all its dates in order', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1900, max: 2199 }), (year) => {
        const first = civilDay(year, 1, 1);
        const expected = Array.from({ length: civilDay(year + 1, 1, 1) - first }, (_, i) => label(first + i));
        expect(datesOf(year)).toEqual(expected);
      }),
      { numRuns: 20 },
    );
  });
});

describe('weekdays of a month', () => {
  it('are counted from its first and from its last', () => {
    expect(nthWeekday(2026, 11, 4, 4)).toBe(dayOf('2026-11-26'));
    expect(nthWeekday(2026, 6, 1, 1)).toBe(dayOf('2026-06-01'));
    expect(lastWeekday(2026, 5, 1)).toBe(dayOf('2026-05-25'));
    expect(lastWeekday(2027, 5, 1)).toBe(dayOf('2027-05-31'));
  });
});
