import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dayOf } from '../../shared/calendar/date.ts';
import { createCalendar } from '../../shared/calendar/xnys.ts';

const DAY_MS = 86_400_000;
const calendar = createCalendar(['2026-03-04']);
const { sessions } = calendar;
const anyDate = fc
  .integer({ min: dayOf(calendar.first), max: dayOf(calendar.last) })
  .map((day) => new Date(day * DAY_MS).toISOString().slice(0, 10));
const anyOrdinal = fc.nat(sessions.length - 1);
const QUESTIONS = ['ordinal', 'next', 'previous', 'open', 'early'] as const;

describe('the sessions', () => {
  it('ascend, open before they close, and each closes before the next opens', () => {
    for (const [ordinal, session] of sessions.entries()) {
      expect(calendar.open(session)).toBeLessThan(calendar.close(session));
      const next = sessions[ordinal + 1];
      if (next === undefined) continue;
      expect(next > session).toBe(true);
      expect(calendar.open(next)).toBeGreaterThan(calendar.close(session));
    }
  });

  it('never lie more than five days apart but after 11 September 2001', () => {
    for (const session of sessions.slice(1)) {
      const gap = dayOf(session) - dayOf(calendar.previous(session) ?? '');
      expect(gap).toBeLessThanOrEqual(session === '2001-09-17' ? 7 : 5);
    }
  });

  it('are found by their ordinals', () => {
    fc.assert(
      fc.property(anyOrdinal, (ordinal) => {
        const session = sessions[ordinal] ?? '';
        expect(calendar.ordinal(session)).toBe(ordinal);
        expect(calendar.onOrAfter(session)).toBe(ordinal);
        expect(calendar.onOrBefore(session)).toBe(ordinal);
        expect(calendar.next(session)).toBe(sessions[ordinal + 1]);
        expect(calendar.previous(session)).toBe(sessions[ordinal - 1]);
      }),
    );
  });
});

describe('any date', () => {
  it('lies between the session before and the session after', () => {
    fc.assert(
      fc.property(anyDate, (date) => {
        const before = sessions.findLast((session) => session < date);
        const after = sessions.find((session) => session > date);
        expect(calendar.previous(date)).toBe(before);
        expect(calendar.next(date)).toBe(after);
        expect(calendar.ordinal(date)).toBe(sessions.includes(date) ? sessions.indexOf(date) : undefined);
        expect(calendar.onOrAfter(date) - calendar.onOrBefore(date)).toBe(sessions.includes(date) ? 0 : 1);
      }),
    );
  });

  it('bounds a range, both ends included', () => {
    fc.assert(
      fc.property(anyDate, anyDate, (from, to) => {
        expect(calendar.range(from, to)).toEqual(
          sessions.filter((session) => session >= from && session <= to),
        );
      }),
    );
  });
});

describe('the edges', () => {
  it('have no neighbour beyond them', () => {
    expect(calendar.previous('1980-01-02')).toBeUndefined();
    expect(calendar.previous('1980-01-01')).toBeUndefined();
    expect(calendar.onOrBefore('1980-01-01')).toBe(-1);
    expect(calendar.next('2027-12-31')).toBeUndefined();
    expect(calendar.onOrAfter('2027-12-31')).toBe(sessions.length - 1);
  });

  it('give the place past the last session where a closure takes the last day', () => {
    const shorter = createCalendar(['2027-12-31']);
    expect(shorter.onOrAfter('2027-12-31')).toBe(shorter.sessions.length);
    expect(shorter.next('2027-12-30')).toBeUndefined();
  });

  it.each(['1979-12-31', '2028-01-01', '9999-12-31'])('refuse %s and name the horizon', (date) => {
    expect(calendar.covers(date)).toBe(false);
    for (const ask of QUESTIONS) {
      expect(() => calendar[ask](date)).toThrow(
        new RangeError(`${date} is outside the calendar, which knows 1980-01-01 to 2027-12-31`),
      );
    }
    expect(() => calendar.range('2026-01-01', date)).toThrow(RangeError);
    expect(() => calendar.range(date, '2026-01-01')).toThrow(RangeError);
  });

  it.each(['2026-02-30', 'yesterday', ''])('refuse %j, which is no date', (text) => {
    expect(calendar.covers(text)).toBe(false);
    expect(() => calendar.onOrAfter(text)).toThrow('is no date');
  });

  it('give no instants for a date without a session', () => {
    expect(calendar.covers('2026-01-03')).toBe(true);
    expect(() => calendar.open('2026-01-03')).toThrow(new RangeError('2026-01-03 is no session of XNYS'));
    expect(() => calendar.early('2026-01-03')).toThrow(RangeError);
  });
});

describe('lastFinished', () => {
  it('gives a session from the instant of its close until the next one closes', () => {
    fc.assert(
      fc.property(anyOrdinal, (ordinal) => {
        const session = sessions[ordinal] ?? '';
        const close = calendar.close(session);
        expect(calendar.lastFinished(close)).toBe(session);
        expect(calendar.lastFinished(close + 1)).toBe(session);
        expect(calendar.lastFinished(close - 1)).toBe(sessions[ordinal - 1]);
      }),
    );
  });

  it('knows none before the first close, the last one for all time, and refuses what it cannot know', () => {
    expect(calendar.lastFinished(0)).toBeUndefined();
    expect(calendar.lastFinished(Number.POSITIVE_INFINITY)).toBe('2027-12-31');
    expect(calendar.lastFinished(Date.UTC(2028, 0, 1, 4, 59))).toBe('2027-12-31');
    expect(() => calendar.lastFinished(Date.UTC(2028, 0, 1, 5))).toThrow(RangeError);
  });
});
