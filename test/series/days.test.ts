import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dayOf, isDate } from '../../shared/calendar/date.ts';
import { createCalendar } from '../../shared/calendar/xnys.ts';
import { layOutDays } from '../../shared/series/days.ts';

const calendar = createCalendar([]);
const sessions = calendar.range('2025-12-20', '2026-01-15');
const texts = [
  ...sessions,
  ...['2026-01-03', '2026-01-01', '1979-12-31', '2027-12-31', '2028-01-01', '1980-01-01', '1980-01-02'],
  ...['', '2026-02-30', '2026-1-02', '2026-01-0x', '2026/01/02', ' 2026-01-02', '2026-01-021', '２026-01-02'],
];

describe('the days of a calendar', () => {
  it('reads each date as its day, whatever was read before', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...texts)), (read) => {
        const days = layOutDays(createCalendar([]));
        for (const text of read) {
          const known = isDate(text) && text >= calendar.first && text <= calendar.last;
          expect(days.day(text)).toBe(known ? dayOf(text) : Number.NaN);
        }
      }),
      { numRuns: 30 },
    );
  });

  it('reads sessions in order, and each of them twice', () => {
    const days = layOutDays(calendar);
    for (const session of calendar.sessions) {
      expect([days.day(session), days.day(session)]).toEqual([dayOf(session), dayOf(session)]);
    }
  });

  it('names its days, and when each is known', () => {
    const days = layOutDays(calendar);
    const saturday = dayOf('2026-01-03');
    expect(days.date(saturday)).toBe('2026-01-03');
    expect(days.known(saturday)).toBe(calendar.close('2026-01-05'));
    expect(days.known(dayOf('2027-12-31') + 1)).toBe(Number.POSITIVE_INFINITY);
  });
});
