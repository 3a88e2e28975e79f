import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Code, FALSE, NO_DATA, TRUE } from '../../shared/expression/types.ts';
import {
  advance,
  BEGINNING,
  episodeId,
  FIRING,
  firingCodes,
  fold,
  INACTIVE,
  type Lifecycle,
  type Memory,
  PENDING,
  type Verdicts,
} from '../../shared/rules/lifecycle.ts';

/** Columns from a short notation: t true, f false, . no data, e excused; `resolve` is the opposite unless given. */
function columns(
  when: string,
  resolve = [...when].map((c) => ({ t: 'f', f: 't' })[c] ?? c).join(''),
): Verdicts {
  const codes = (text: string): Uint8Array =>
    Uint8Array.from(text, (c) => ({ t: TRUE, f: FALSE })[c] ?? NO_DATA);
  return {
    when: codes(when),
    resolve: codes(resolve),
    excused: Uint8Array.from(when, (c) => (c === 'e' ? 1 : 0)),
  };
}

function statesOf(lifecycle: Lifecycle, when: string, resolve?: string): string {
  return [...fold(lifecycle, columns(when, resolve)).states].map((s) => 'ipF'[s]).join('');
}

describe('the states of a rule', () => {
  it('fire at once with a hold of one', () => {
    expect(statesOf({ hold: 1, keepFiring: 0 }, 'fttft')).toBe('iFFiF');
  });
  it('are pending until the hold is reached', () => {
    expect(statesOf({ hold: 3, keepFiring: 0 }, 'ttfttttf')).toBe('ppippFFi');
  });
  it('keep firing for the sessions allowed, counted anew after a true one', () => {
    expect(statesOf({ hold: 1, keepFiring: 2 }, 'tfftfff')).toBe('FFFFFFi');
  });
  it('do not change on a session of no data, and neither does a counter', () => {
    expect(statesOf({ hold: 2, keepFiring: 1 }, '.t..t.f..f.')).toBe('ipppFFFFFii');
  });
  it('resolve only on resolve_when, whose count restarts when it is false', () => {
    expect(statesOf({ hold: 1, keepFiring: 1 }, 'tfffff', 'fftftt')).toBe('FFFFFi');
  });
  it('do not resolve while when is true, though resolve_when is true as well', () => {
    expect(statesOf({ hold: 1, keepFiring: 0 }, 'tttf', 'tttt')).toBe('FFFi');
  });
  it('restart the resolve count on a true session even where resolve_when stays true', () => {
    expect(statesOf({ hold: 1, keepFiring: 1 }, 'tftff', 'ttttt')).toBe('FFFFi');
  });
  it('leave the resolve count alone where resolve_when alone has no data', () => {
    expect(statesOf({ hold: 1, keepFiring: 1 }, 'tffff', 'ft.tt')).toBe('FFFii');
  });
  it('need the whole hold again after a resolve', () => {
    expect(statesOf({ hold: 2, keepFiring: 0 }, 'ttftt')).toBe('pFipF');
  });
});

/** Prometheus, told independently: one evaluation a minute, `for` and `keep_firing_for` in minutes. */
function prometheus(forMinutes: number, keepMinutes: number, truths: readonly boolean[]): string {
  let activeAt: number | null = null;
  let firing = false;
  let keepFiringSince: number | null = null;
  let out = '';
  truths.forEach((isTrue, now) => {
    if (isTrue) {
      keepFiringSince = null;
      activeAt ??= now;
      if (now - activeAt >= forMinutes) firing = true;
    } else if (firing && keepMinutes > 0) {
      keepFiringSince ??= now;
      if (now - keepFiringSince >= keepMinutes) firing = false;
    } else {
      firing = false;
    }
    if (!isTrue && !firing) {
      activeAt = null;
      keepFiringSince = null;
    }
    out += firing ? 'F' : activeAt === null ? 'i' : 'p';
  });
  return out;
}

describe('hold and keep_firing', () => {
  it('do what Prometheus does with for and keep_firing_for, on every sequence of up to nine sessions', () => {
    const differences: string[] = [];
    for (let length = 1; length <= 9; length += 1) {
      for (let bits = 0; bits < 2 ** length; bits += 1) {
        const truths = Array.from({ length }, (_, index) => ((bits >> index) & 1) === 1);
        const text = truths.map((truth) => (truth ? 't' : 'f')).join('');
        for (let hold = 1; hold <= 4; hold += 1) {
          for (let keepFiring = 0; keepFiring <= 3; keepFiring += 1) {
            const ours = statesOf({ hold, keepFiring }, text);
            const theirs = prometheus(hold - 1, keepFiring, truths);
            if (ours !== theirs) differences.push(`${hold}/${keepFiring} ${text}: ${ours}, not ${theirs}`);
          }
        }
      }
    }
    expect(differences).toEqual([]);
  });
});

describe('a fold', () => {
  const verdict = fc.record({
    when: fc.constantFrom<Code>(NO_DATA, TRUE, FALSE),
    resolve: fc.constantFrom<Code>(NO_DATA, TRUE, FALSE),
    excused: fc.boolean(),
  });
  const lifecycle = fc.record({ hold: fc.integer({ min: 1, max: 4 }), keepFiring: fc.nat({ max: 3 }) });

  it('takes the same steps as advance, one session at a time', () => {
    fc.assert(
      fc.property(lifecycle, fc.array(verdict, { maxLength: 40 }), (counts, verdicts) => {
        const course = fold(counts, {
          when: Uint8Array.from(verdicts, (v) => v.when),
          resolve: Uint8Array.from(verdicts, (v) => v.resolve),
          excused: Uint8Array.from(verdicts, (v) => (v.excused ? 1 : 0)),
        });
        let memory: Memory = BEGINNING;
        const fired: number[] = [];
        const resolved: number[] = [];
        verdicts.forEach((v, index) => {
          const step = advance(counts, memory, v);
          memory = step.memory;
          expect(['inactive', 'pending', 'firing'][course.states[index] ?? 0]).toBe(step.state);
          if (step.transition === 'fired') fired.push(index);
          if (step.transition === 'resolved') resolved.push(index);
          expect(course.blind.includes(index)).toBe(step.sight === 'blind');
          expect(course.recovered.includes(index)).toBe(step.sight === 'recovered');
        });
        expect(course.memory).toEqual(memory);
        expect(course.episodes.map((e) => e.start)).toEqual(fired);
        expect(course.episodes.flatMap((e) => e.end ?? [])).toEqual(resolved);
        const firing = course.states.filter((s) => s === FIRING).length;
        expect(course.episodes.reduce((sum, e) => sum + e.sessions, 0)).toBe(firing);
      }),
      { numRuns: 300 },
    );
  });

  it('lists episodes with the sessions they fired, the last one open', () => {
    const { episodes } = fold({ hold: 1, keepFiring: 0 }, columns('fttfft.'));
    expect(episodes).toEqual([
      { start: 1, end: 3, sessions: 2 },
      { start: 5, end: null, sessions: 2 },
    ]);
  });

  it('of no session at all is empty', () => {
    expect(fold({ hold: 1, keepFiring: 0 }, columns(''))).toMatchObject({ episodes: [], memory: BEGINNING });
  });

  it('leaves sessions before its beginning out', () => {
    const { states, episodes } = fold({ hold: 2, keepFiring: 0 }, columns('ttt'), 1);
    expect([...states]).toEqual([INACTIVE, PENDING, FIRING]);
    expect(episodes).toEqual([{ start: 2, end: null, sessions: 1 }]);
  });
});

describe('a rule without data', () => {
  const sight = (when: string): { blind: readonly number[]; recovered: readonly number[] } => {
    const { blind, recovered } = fold({ hold: 1, keepFiring: 0 }, columns(when));
    return { blind, recovered };
  };
  it('is blind on the second session running and recovers on the first with data', () => {
    expect(sight('f...ft.t..')).toEqual({ blind: [2, 9], recovered: [4] });
  });
  it('is never blind before its first verdict', () => {
    expect(sight('.....f.')).toEqual({ blind: [], recovered: [] });
  });
  it('is not made blind by an event field without a value, which ends the run', () => {
    expect(sight('fee.e.ee..')).toEqual({ blind: [9], recovered: [] });
  });
  it('stays blind over an excused session and says so once', () => {
    expect(sight('f..e..t')).toEqual({ blind: [2], recovered: [6] });
  });
});

describe('firing codes', () => {
  it('are no data before the first verdict and the state from then on', () => {
    const verdicts = columns('.ft.f');
    const course = fold({ hold: 1, keepFiring: 0 }, verdicts);
    expect([...firingCodes(course, verdicts.when)]).toEqual([NO_DATA, FALSE, TRUE, TRUE, FALSE]);
  });
  it('are no data throughout for a rule that never had a verdict', () => {
    const verdicts = columns('..');
    expect([...firingCodes(fold({ hold: 1, keepFiring: 0 }, verdicts), verdicts.when)]).toEqual([0, 0]);
  });
});

describe('an episode id', () => {
  it('is made of the rule and the first firing session', () => {
    expect(episodeId('small-cap-streak', '2026-01-12')).toBe('small-cap-streak@2026-01-12');
  });
});
