import fc from 'fast-check';
import { expect, it } from 'vitest';
import { newYorkDate, newYorkMoment } from '../../../adapters/providers/new-york-date.ts';

const NEW_YORK = new Intl.DateTimeFormat('en-CA', {
  timeZone: 'America/New_York',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
});

it.each([
  [Date.parse('2022-02-01T05:00:00Z'), '2022-02-01'],
  [Date.parse('2023-09-27T04:00:00Z'), '2023-09-27'],
  [1602705600000, '2020-10-14'],
  [1673298000000, '2023-01-09'],
  [1673240400000, '2023-01-09'],
  [1112331600000, '2005-04-01'],
  [1112587200000, '2005-04-04'],
  [1577975400000, '2020-01-02'],
  [1604064600000, '2020-10-30'],
  [1604327400000, '2020-11-02'],
])('%i is a moment of %s', (instant, date) => {
  expect(newYorkDate(instant)).toBe(date);
});

it('agrees with the time zone database from 1990 on', () => {
  const instants = fc.integer({ min: Date.UTC(1990, 0, 1), max: Date.UTC(2030, 0, 1) });
  fc.assert(
    fc.property(instants, (instant) => {
      const parts = new Map(NEW_YORK.formatToParts(instant).map(({ type, value }) => [type, value]));
      const date = `${parts.get('year')}-${parts.get('month')}-${parts.get('day')}`;
      expect(newYorkDate(instant)).toBe(date);
    }),
  );
});

it('knows midnight, on days on which clocks change too', () => {
  for (const midnight of [
    '2026-03-08T05:00:00Z',
    '2026-03-09T04:00:00Z',
    '2026-11-01T04:00:00Z',
    '2026-11-02T05:00:00Z',
  ]) {
    const moment = newYorkMoment(Date.parse(midnight));
    expect(moment).toEqual({ date: midnight.slice(0, 10), minute: 0 });
    expect(newYorkMoment(Date.parse(midnight) - 1)?.date).not.toBe(moment?.date);
  }
});

it.each([Number.NaN, Number.POSITIVE_INFINITY, -1e18, 1e18])('%d is no moment', (instant) => {
  expect(newYorkMoment(instant)).toBeUndefined();
});
