import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { changeMembers } from '../../shared/acceptance/members.ts';
import type { MembershipSpan } from '../../shared/series/archive.ts';
import { marketOf } from '../support/archive-of.ts';

const market = marketOf([], {
  universes: new Map([
    ['M', { id: 'M', name: 'members', members: null, coverage: 0.95 }],
    ['F', { id: 'F', name: 'fixed', members: ['A'], coverage: 0.95 }],
  ]),
});
const names = (from: number, to: number): readonly string[] =>
  Array.from({ length: to - from }, (_, index) => `S${String(from + index).padStart(3, '0')}`);
const list = (asOf: string, instruments: readonly string[], universe = 'M') => ({
  universe,
  asOf,
  instruments,
});

function spansAfter(lists: readonly ReturnType<typeof list>[]): readonly MembershipSpan[] {
  let spans: readonly MembershipSpan[] = [];
  for (const one of lists) {
    const change = changeMembers(one, spans, market);
    if (change.kind === 'changed') spans = change.spans;
  }
  return spans;
}

const FIRST = list('2026-01-05', names(0, 100));

describe('a list of members', () => {
  it('begins the membership with its own date', () => {
    const change = changeMembers(FIRST, [], market);
    expect(change).toMatchObject({ kind: 'changed', left: [] });
    expect(spansAfter([FIRST])[0]).toEqual({
      universe: 'M',
      instrument: 'S000',
      from: '2026-01-05',
      to: null,
    });
  });

  it('dates who joined and who left', () => {
    const spans = spansAfter([FIRST, list('2026-01-12', names(2, 101))]);
    expect(spans.filter(({ instrument }) => ['S001', 'S002', 'S100'].includes(instrument))).toEqual([
      { universe: 'M', instrument: 'S001', from: '2026-01-05', to: '2026-01-12' },
      { universe: 'M', instrument: 'S002', from: '2026-01-05', to: null },
      { universe: 'M', instrument: 'S100', from: '2026-01-12', to: null },
    ]);
  });

  it('lets somebody come back', () => {
    const spans = spansAfter([FIRST, list('2026-01-12', names(1, 100)), list('2026-01-20', names(0, 100))]);
    expect(spans.filter(({ instrument }) => instrument === 'S000')).toEqual([
      { universe: 'M', instrument: 'S000', from: '2026-01-05', to: '2026-01-12' },
      { universe: 'M', instrument: 'S000', from: '2026-01-20', to: null },
    ]);
  });

  it('changes nothing where it says the same, or is older than what is known', () => {
    const spans = spansAfter([FIRST]);
    expect(changeMembers(list('2026-02-02', names(0, 100)), spans, market)).toEqual({ kind: 'unchanged' });
    expect(changeMembers(list('2026-01-02', names(1, 100)), spans, market)).toEqual({ kind: 'unchanged' });
  });

  it('changes nothing, and is no news, where nobody declared its universe', () => {
    expect(changeMembers(list('2026-01-12', names(0, 100), 'X'), [], market)).toEqual({ kind: 'unchanged' });
  });

  it.each([
    ['cut short', list('2026-01-12', names(0, 60)), /remove 40 of 100/],
    ['of something else', list('2026-01-12', names(200, 300)), /add 100 and remove 100/],
    ['of a handful', list('2026-01-12', names(0, 5)), /too few/],
    ['of what is no name', list('2026-01-12', [...names(0, 100), '"']), /no possible name/],
    ['of a fixed universe', list('2026-01-12', names(0, 100), 'F'), /no universe with dated members/],
  ])('is not believed: %s', (_what, one, reason) => {
    expect(changeMembers(one, spansAfter([FIRST]), market)).toEqual({
      kind: 'refused',
      reason: expect.stringMatching(reason),
    });
  });

  it('leaves as members on its date exactly those it names', () => {
    const dates = ['2026-01-05', '2026-01-06', '2026-01-12', '2026-01-12', '2026-02-02'];
    const swap = fc.array(fc.nat(103), { minLength: 0, maxLength: 2 });
    fc.assert(
      fc.property(fc.array(swap, { minLength: 5, maxLength: 5 }), (absent) => {
        let spans: readonly MembershipSpan[] = [];
        for (const [index, out] of absent.entries()) {
          const asOf = dates[index] ?? '';
          const instruments = names(0, 104).filter((_, at) => !out.includes(at));
          const change = changeMembers(list(asOf, instruments), spans, market);
          if (change.kind === 'changed') spans = change.spans;
          const on = spans.filter(({ from, to }) => (from ?? '') <= asOf && (to === null || asOf < to));
          expect(on.map(({ instrument }) => instrument).toSorted()).toEqual(instruments);
        }
      }),
      { numRuns: 100 },
    );
  });
});
