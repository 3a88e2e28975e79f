import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Candidate } from '../../shared/acceptance/candidate.ts';
import { keyOf } from '../../shared/acceptance/candidate.ts';
import { judge } from '../../shared/acceptance/judge.ts';
import { calendar, day, each, ground, market, NOW, said, type Stored, verdicts } from './bench.ts';

const CLOSES: Stored = {
  'A.close': { 7: 99, 8: 100 },
  'B.close': { 7: 49, 8: 50 },
  'C.close': { 7: 19, 8: 20 },
};

describe('a value that is wrong in itself', () => {
  it.each([
    ['undeclared', said('X.close', 9, 1)],
    ['undeclared', said('A.open', 9, 1)],
    ['no date', said('A.close', '', 1)],
    ['no date', said('A.close', '2026-02-30', 1)],
    ['no date', said('A.close', '1970-01-02', 1)],
    ['not finite', said('A.close', 9, Number.NaN)],
    ['not finite', said('A.close', 9, Number.POSITIVE_INFINITY)],
    ['not above zero', said('A.close', 9, 0)],
    ['not above zero', said('A.close', 9, -1)],
    ['not above zero', said('A.volume', 9, 0)],
    ['not above zero', said('L.pe', 9, -3)],
    ['out of range', said('A.close', 9, 1e9)],
    ['out of range', said('A.split', 9, 5000)],
    ['no split', said('A.split', 9, 1)],
    ['closed day', said('A.close', '2026-01-10', 1)],
    ['closed day', said('A.close', '2026-01-01', 1)],
    ['future', said('A.close', 10, 1)],
    ['future', said('FED.rate', 10, 3.75)],
  ])('is refused: %s', (reason, candidate) => {
    expect(each([candidate], ground({}))).toEqual([`refuse ${reason}`]);
  });

  it('is the bar of a session that has not closed and settled', () => {
    const candidate = said('A.close', 9, 101);
    const close = calendar.close(day(9));
    expect(each([candidate], ground(CLOSES, { now: close + 20 * 60_000 - 1 }))).toEqual([
      'refuse running session',
    ]);
    expect(each([candidate], ground(CLOSES, { now: close + 20 * 60_000 }))).toEqual(['accept single']);
  });

  it('loses no good value beside it', () => {
    expect(each([said('A.close', 9, Number.NaN), said('B.close', 9, 51)], ground(CLOSES))).toEqual([
      'refuse not finite',
      'accept single',
    ]);
  });

  it('is a row said twice: once it counts, unless the two differ', () => {
    expect(each([said('A.close', 9, 101), said('A.close', 9, 101)], ground(CLOSES))).toEqual([
      'accept single',
      'refuse duplicate',
    ]);
    expect(each([said('A.close', 9, 101), said('A.close', 9, 102)], ground(CLOSES))).toEqual([
      'refuse duplicate',
      'refuse duplicate',
    ]);
  });

  it('is one that somebody rejected before', () => {
    const rejected = (one: Candidate): boolean => one.value === 101;
    expect(each([said('A.close', 9, 101)], ground(CLOSES, { rejected }))).toEqual(['refuse rejected before']);
    expect(each([said('A.close', 9, 101.5)], ground(CLOSES, { rejected }))).toEqual(['accept single']);
  });
});

describe('a close of the session before under a new date', () => {
  const repeat = said('A.close', 9, 100);

  it('waits', () => {
    expect(each([repeat, said('B.close', 9, 51)], ground(CLOSES))).toEqual([
      'hold stale repeat',
      'accept single',
    ]);
  });

  it('is believed where another provider says it too, where it stays overnight, or where the next close differs', () => {
    expect(each([repeat, said('A.close', 9, 100, 'second')], ground(CLOSES))).toEqual([
      'accept agreed',
      'known agreed',
    ]);
    const stayed = { ...repeat, firstSeen: NOW - 12 * 3_600_000 };
    expect(each([stayed], ground(CLOSES))).toEqual(['accept single']);
    const filled = [said('A.close', 8, 99), said('A.close', 9, 100)];
    expect(each(filled, ground({ 'A.close': { 7: 99 } }))).toEqual(['accept single', 'accept single']);
  });

  it('holds the whole batch where half of it repeats', () => {
    const batch = [repeat, said('B.close', 9, 50), said('C.close', 9, 20)];
    expect(each(batch, ground(CLOSES))).toEqual(Array(3).fill('hold stale batch'));
    const stayed = batch.map((one) => ({ ...one, firstSeen: NOW - 48 * 3_600_000 }));
    expect(each(stayed, ground(CLOSES))).toEqual(Array(3).fill('hold stale batch'));
    const other = ['A', 'B', 'C'].map((id, index) =>
      said(`${id}.close`, 9, [101, 51, 21][index] ?? 0, 'second'),
    );
    expect(each([...batch, ...other], ground(CLOSES))).toEqual([
      ...Array(3).fill('hold stale batch'),
      ...Array(3).fill('accept single'),
    ]);
  });

  it('is no leftover once it is stored, or after a session without a close', () => {
    const stored = { 'A.close': { 8: 100, 9: 100 } };
    expect(each([repeat], ground(stored))).toEqual(['known agreed']);
    expect(each([repeat], ground({ 'A.close': { 7: 100 } }))).toEqual(['accept single']);
  });
});

describe('a jump', () => {
  it('beyond the bounds of a break waits, on the bounds it does not', () => {
    expect(each([said('A.close', 9, 59.99)], ground(CLOSES))).toEqual(['hold jump']);
    expect(each([said('A.close', 9, 60)], ground(CLOSES))).toEqual(['accept single']);
    expect(each([said('A.close', 9, 160)], ground(CLOSES))).toEqual(['accept single']);
    expect(each([said('A.close', 9, 160.01)], ground(CLOSES))).toEqual(['hold jump']);
  });

  it('waits even where two providers show it: both may lack the split', () => {
    expect(each([said('A.close', 9, 25), said('A.close', 9, 25, 'second')], ground(CLOSES))).toEqual([
      'hold jump',
      'known agreed',
    ]);
  });

  it('is explained by a split of the same answer, a stored one, a listed move or an accepted break', () => {
    const quarter = said('A.close', 9, 25.2);
    expect(each([said('A.split', 9, 4), quarter], ground(CLOSES))).toEqual([
      'accept single',
      'accept single',
    ]);
    expect(each([quarter], ground({ ...CLOSES, 'A.split': { 9: 4 } }))).toEqual(['accept single']);
    const moves = [{ instrument: 'A', session: day(9) }];
    expect(each([quarter], ground(CLOSES, { market: { ...market, moves } }))).toEqual(['accept single']);
    const acceptances = [{ instrument: 'A', session: day(9), known: 0 }];
    expect(each([quarter], ground(CLOSES, { acceptances }))).toEqual(['accept single']);
  });

  it('as a split of three for two leaves it waits too', () => {
    expect(each([said('A.close', 9, 66.8)], ground(CLOSES))).toEqual(['hold suspected split']);
    expect(each([said('A.close', 9, 75)], ground(CLOSES))).toEqual(['accept single']);
    expect(each([said('A.split', 9, 1.5), said('A.close', 9, 66.8)], ground(CLOSES))).toEqual([
      'accept single',
      'accept single',
    ]);
  });

  it('to the close after it waits where a gap is filled', () => {
    expect(each([said('A.close', 8, 20)], ground({ 'A.close': { 9: 100 } }))).toEqual(['hold jump']);
    expect(each([said('A.close', 8, 99)], ground({ 'A.close': { 7: 100, 9: 25 } }))).toEqual([
      'accept single',
    ]);
  });

  it('keeps the closes that follow waiting, and lets them go once it is accepted', () => {
    const two = [said('A.close', 8, 25), said('A.close', 9, 26)];
    const stored = { 'A.close': { 7: 100 } };
    expect(each(two, ground(stored))).toEqual(['hold jump', 'hold jump']);
    const acceptances = [{ instrument: 'A', session: day(8), known: 0 }];
    expect(each(two, ground(stored, { acceptances }))).toEqual(['accept single', 'accept single']);
  });

  it('in history is stored as a break where closes stay, and held where it is a spike', () => {
    const level = [25, 25, 26, 25, 24, 25, 26].map((value, index) => said('A.close', 2 + index, value));
    const stored = { 'A.close': { 1: 100 } };
    expect(each(level, ground(stored, { course: 'history' }))).toEqual([
      'accept break',
      ...Array(6).fill('accept single'),
    ]);
    const spike = [1000, 101, 102, 103, 104, 105, 106].map((value, index) =>
      said('A.close', 2 + index, value),
    );
    expect(each(spike, ground(stored, { course: 'history' }))).toEqual([
      'hold jump',
      ...Array(6).fill('accept single'),
    ]);
  });
});

describe('a split', () => {
  const stored = { 'A.close': { 6: 400, 7: 402, 8: 100, 9: 101 } };

  it('told late is taken where stored closes show it', () => {
    expect(each([said('A.split', 8, 4)], ground(stored))).toEqual(['accept single']);
  });

  it('waits where the closes of its date do not show it, or none has come yet', () => {
    expect(each([said('A.split', 7, 4)], ground(stored))).toEqual(['hold split without its jump']);
    expect(each([said('A.split', 9, 4)], ground({ 'A.close': { 8: 100 } }))).toEqual([
      'hold split without its jump',
    ]);
  });

  it('told twice under two dates waits, told again on its date is known', () => {
    const known = { ...stored, 'A.split': { 8: 4 } };
    expect(each([said('A.split', 9, 4)], ground(known))).toEqual(['hold split told twice']);
    expect(each([said('A.split', 8, 4, 'second')], ground(known))).toEqual(['known agreed']);
    expect(each([said('A.split', 8, 2, 'second')], ground(known))).toEqual(['hold disagreement']);
  });

  it('too small to show is taken as it is told', () => {
    expect(each([said('A.split', 9, 1.05)], ground(CLOSES))).toEqual(['accept single']);
  });
});

describe('a valuation', () => {
  const stored = { 'L.pe': { 3: 20 } };

  it('more than 15% from the last one waits', () => {
    expect(each([said('L.pe', 9, 23)], ground(stored))).toEqual(['accept single']);
    expect(each([said('L.pe', 9, 23.01)], ground(stored))).toEqual(['hold valuation jump']);
    expect(each([said('L.pe', 9, 16.99)], ground(stored))).toEqual(['hold valuation jump']);
    expect(each([said('L.pe', '2026-01-11', 20.1)], ground(stored))).toEqual(['accept single']);
  });
});

describe('a rate', () => {
  const after = (before: number, value: number): readonly string[] =>
    each([said('FED.rate', 9, value)], ground({ 'FED.rate': { 3: before } }));

  it('more than two points from the last one waits', () => {
    expect(after(3.75, 5.75)).toEqual(['accept single']);
    expect(after(1.25, 0.25)).toEqual(['accept single']);
    expect(after(3.75, 5.76)).toEqual(['hold rate jump']);
    expect(after(3.75, 0.0375)).toEqual(['hold rate jump']);
    expect(after(0.0375, 3.75)).toEqual(['hold rate jump']);
  });

  it('that reads as the fraction of the last one waits, and nought does not', () => {
    expect(after(0.25, 0.0025)).toEqual(['hold rate jump']);
    expect(after(1, 0)).toEqual(['accept single']);
    expect(after(0, 0.25)).toEqual(['accept single']);
  });
});

describe('two providers', () => {
  const both = (a: number, b: number): readonly Candidate[] => [
    said('A.close', 9, a),
    said('A.close', 9, b, 'second'),
  ];

  it.each([
    [101, 101.01, ['accept agreed', 'known agreed']],
    [101, 101.02, ['accept provisional', 'known provisional']],
    [100.5, 101.0025, ['accept provisional', 'known provisional']],
    [100.5, 101.01, ['hold disagreement', 'hold disagreement']],
  ])('that say %d and %d', (a, b, expected) => {
    expect(each(both(a, b), ground(CLOSES))).toEqual(expected);
  });

  it('that disagree are decided by a third that agrees with one', () => {
    const three = [...both(101, 103), said('A.close', 9, 103.01, 'third')];
    expect(each(three, ground(CLOSES))).toEqual(['hold disagreement', 'accept agreed', 'known agreed']);
  });

  it('are weighed against what is stored: only who said it revises it, and not against a witness', () => {
    const stored = { 'A.close': { 8: 100, 9: 101 } };
    expect(each([said('A.close', 9, 101.005, 'second')], ground(stored))).toEqual(['known agreed']);
    expect(each([said('A.close', 9, 101.2, 'second')], ground(stored))).toEqual(['known provisional']);
    expect(each([said('A.close', 9, 103, 'second')], ground(stored))).toEqual(['hold disagreement']);
    expect(each([said('A.close', 9, 101.005)], ground(stored))).toEqual(['accept single']);
    expect(each([said('A.close', 9, 101.00000001)], ground(stored))).toEqual(['known agreed']);
    expect(each(both(103, 101), ground(stored))).toEqual(['hold disagreement', 'known agreed']);
    expect(each(both(103, 103), ground(stored))).toEqual(['accept agreed', 'known agreed']);
    expect(each([said('A.close', 9, 103)], ground(stored, { sourceOf: () => null }))).toEqual([
      'hold disagreement',
    ]);
  });

  it('must say a rate alike to a thousandth', () => {
    const rates = (b: number) => [said('FED.rate', 9, 3.75), said('FED.rate', 9, b, 'second')];
    expect(each(rates(3.751), ground({}))).toEqual(['accept agreed', 'known agreed']);
    expect(each(rates(3.5), ground({}))).toEqual(['hold disagreement', 'hold disagreement']);
  });
});

describe('both legs of a ratio', () => {
  const legs = new Map([
    ['A.close', new Set(['B.close'])],
    ['B.close', new Set(['A.close'])],
  ]);
  const a = said('A.close', 9, 101);
  const b = said('B.close', 9, 51, 'second');

  it('are from one provider: the worse ranked waits for its pair', () => {
    expect(each([a, b], ground(CLOSES, { legs }))).toEqual(['accept single', 'hold mixed legs']);
    expect(each([a, b], ground(CLOSES))).toEqual(['accept single', 'accept single']);
  });

  it('may be from two where the other leg agrees to the cent', () => {
    const own = said('A.close', 9, 101.01, 'second');
    expect(each([a, b, own], ground(CLOSES, { legs }))).toEqual([
      'accept agreed',
      'accept single',
      'known agreed',
    ]);
    const far = said('A.close', 9, 101.3, 'second');
    expect(each([a, b, far], ground(CLOSES, { legs }))).toEqual([
      'accept provisional',
      'hold mixed legs',
      'known provisional',
    ]);
  });

  it('are looked at beside a leg stored before', () => {
    const stored = { ...CLOSES, 'A.close': { 8: 100, 9: 101 } };
    expect(each([b], ground(stored, { legs }))).toEqual(['hold mixed legs']);
    expect(each([b, said('A.close', 9, 101, 'second')], ground(stored, { legs }))).toEqual([
      'accept single',
      'known agreed',
    ]);
    expect(each([b], ground(stored, { legs, sourceOf: () => null }))).toEqual(['accept single']);
  });
});

const value = fc.oneof(
  fc.constantFrom(100, 100.01, 101, 25, 0, -1, Number.NaN, Number.POSITIVE_INFINITY, 1e-300, 66.7),
  fc.double(),
);
const candidate = fc
  .tuple(
    fc.constantFrom('A.close', 'B.close', 'C.close', 'A.split', 'L.pe', 'X.close', 'A.volume', 'FED.rate'),
    fc.constantFrom<number | string>(7, 8, 9, 10, '', '2026-01-10', 'never'),
    value,
    fc.constantFrom('first', 'second', 'third'),
  )
  .map(([series, date, figure, source]) => said(series, date, figure, source));

describe('whatever providers say', () => {
  it('one verdict each, nothing accepted that is not finite, above zero, in a session, of a declared instrument', () => {
    fc.assert(
      fc.property(fc.array(candidate, { maxLength: 25 }), (said_) => {
        const judged = judge(said_, ground(CLOSES));
        expect(judged.length).toBe(said_.length);
        const taken = judged.filter(({ verdict }) => verdict.kind === 'accept');
        expect(new Set(taken.map((one) => keyOf(one.candidate))).size).toBe(taken.length);
        for (const { candidate: one } of taken) {
          expect(Number.isFinite(one.value)).toBe(true);
          expect(market.instruments.get(one.instrument)?.fields.has(one.field)).toBe(true);
          if (one.instrument === 'FED') continue;
          expect(one.value).toBeGreaterThan(0);
          if (one.field === 'close') expect(calendar.ordinal(one.date)).toBeDefined();
          expect(one.date <= day(9)).toBe(true);
        }
      }),
      { numRuns: 400 },
    );
  });

  it('the order in which they say it changes no verdict', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(candidate, { maxLength: 20, selector: (one) => `${one.source} ${keyOf(one)}` }),
        fc.integer(),
        (said_, seed) => {
          const shuffled = said_
            .toSorted((a, b) => Math.sin(seed + a.value) - Math.sin(seed + b.value))
            .toReversed();
          expect(verdicts(shuffled, ground(CLOSES))).toEqual(verdicts(said_, ground(CLOSES)));
        },
      ),
      { numRuns: 300 },
    );
  });
});
