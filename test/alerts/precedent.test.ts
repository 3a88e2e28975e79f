import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createPrecedents, type PrecedentInput } from '../../shared/alerts/precedent.ts';
import { fold } from '../../shared/rules/lifecycle.ts';
import { calendar } from '../support/archive-of.ts';

const origin = calendar.onOrAfter('2020-01-02');

/** Sessions, verdicts and episodes of a rule that fires at once where a code is 1 (0 no data, 1 true, 2 false). */
function inputOf(
  codes: readonly number[],
  measure: readonly number[],
  direction: 'up' | 'down',
): PrecedentInput {
  const when = Uint8Array.from(codes);
  const resolve = when.map((code) => (code === 0 ? 0 : 3 - code));
  const course = fold({ hold: 1, keepFiring: 0 }, { when, resolve, excused: new Uint8Array(when.length) });
  const sessions = calendar.sessions.slice(origin, origin + codes.length);
  return { sessions, measure: Float64Array.from(measure), direction, when, episodes: course.episodes };
}

/** The definition, word by word and session by session. */
function defined(input: PrecedentInput, episode: number, index: number): unknown {
  const { sessions, measure, episodes, when } = input;
  const sign = input.direction === 'up' ? 1 : -1;
  const furthest = (position: number, to: number): number => {
    const { start, end } = episodes[position] ?? { start: 0, end: 0 };
    const values = [...measure.slice(start, Math.min(to + 1, end ?? to + 1))].filter((x) => !Number.isNaN(x));
    return values.length === 0 ? NaN : Math.max(...values.map((value) => sign * value));
  };
  const far = furthest(episode, index);
  if (Number.isNaN(far)) return null;
  let limit = episodes[episode]?.start ?? 0;
  while (limit > 0 && when[limit - 1] !== 2) limit -= 1;
  const last = (reaches: (value: number) => boolean): string | null => {
    for (let at = limit - 1; at >= 0; at -= 1)
      if (reaches(sign * (measure[at] ?? NaN))) return sessions[at] ?? null;
    return null;
  };
  const peaks = episodes.slice(0, episode).map((_, position) => furthest(position, measure.length));
  return {
    rank: 1 + peaks.filter((peak) => peak > far).length,
    of: episode + 1,
    atLeast: last((value) => value >= far),
    higher: last((value) => value > far),
    dataSince: sessions[measure.findIndex((value) => !Number.isNaN(value))] ?? null,
  };
}

const history = fc.array(
  fc.record({
    code: fc.constantFrom(0, 1, 1, 2, 2),
    value: fc.oneof(fc.integer({ min: -3, max: 3 }), fc.constant(NaN)),
  }),
  { maxLength: 40 },
);

describe('a precedent', () => {
  it('is what its definition says, on every session of every episode, both ways', () => {
    fc.assert(
      fc.property(history, fc.constantFrom('up' as const, 'down' as const), (rows, direction) => {
        const input = inputOf(
          rows.map(({ code }) => code),
          rows.map(({ value }) => value),
          direction,
        );
        const precedents = createPrecedents(input);
        for (const [episode, { start, end }] of input.episodes.entries()) {
          for (let index = start; index <= (end ?? rows.length - 1); index += 1) {
            expect(precedents.at(episode, index)).toEqual(defined(input, episode, index));
          }
        }
      }),
    );
  });

  it('leaves out the run of true and no-data sessions that led into the episode', () => {
    const base = inputOf([2, 2, 1, 0, 1], [9, 5, 7, 7, 7], 'up');
    // A hold of three: the run from the third session on is the episode's own.
    const input = { ...base, episodes: [{ start: 4, end: null }] };
    expect(createPrecedents(input).at(0, 4)).toMatchObject({ atLeast: '2020-01-02', higher: '2020-01-02' });
  });

  it('states a tie: at least as far on one session, strictly further on an earlier one', () => {
    const input = inputOf([2, 2, 2, 1], [8, 7, 0, 7], 'up');
    expect(createPrecedents(input).at(0, 3)).toEqual({
      rank: 1,
      of: 1,
      atLeast: '2020-01-03',
      higher: '2020-01-02',
      dataSince: '2020-01-02',
    });
  });

  it('says none where nothing was as far, and since when the data goes back', () => {
    const input = inputOf([0, 2, 1], [NaN, 1, 2], 'up');
    expect(createPrecedents(input).at(0, 2)).toMatchObject({
      atLeast: null,
      higher: null,
      dataSince: '2020-01-03',
    });
  });

  it('keeps the claim of the furthest value when the measure falls back', () => {
    const input = inputOf([2, 2, 1, 1], [6, 4, 5, 3], 'up');
    const precedents = createPrecedents(input);
    expect(precedents.at(0, 3)).toEqual(precedents.at(0, 2));
    expect(precedents.peak(0, 3)).toBe(5);
  });
});
