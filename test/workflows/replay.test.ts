import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Archive, createArchiveBuilder, type Observation } from '../../shared/series/archive.ts';
import type { Market } from '../../shared/series/market.ts';
import { backtest } from '../../shared/workflows/backtest.ts';
import { replay } from '../../shared/workflows/replay.ts';
import { states } from '../../shared/workflows/states.ts';
import { archiveOf, calendar, marketOf, priced, withField } from '../support/archive-of.ts';
import { rulesOf } from '../support/rules-of.ts';
import { replayDayByDay } from './day-by-day.ts';

const market = marketOf(
  [
    priced('A'),
    priced('B'),
    withField('L', 'pe', { kind: 'level', unit: 'multiple', staleAfter: 3 }),
    withField('E', 'change', { kind: 'event', unit: 'number', staleAfter: null }),
  ],
  {
    universes: new Map([['U', { id: 'U', name: 'both', members: ['A', 'B'], coverage: 0.5 }]]),
    portfolios: new Map([
      [
        'P',
        {
          id: 'P',
          asOf: '2020-01-10',
          holdings: new Map([
            ['A', 2],
            ['B', 1],
          ]),
        },
      ],
    ]),
  },
);

const rules = rulesOf(
  `rules:
  - id: all
    when: votes(firing("ahead"), firing("dear"), any(U, ret(member) > 3%)) >= 2
    evidence: [ahead, dear, rich]
    outcome: [ret(B)]
  - id: ahead
    when: streak(ret(A) > ret(B)) >= 2
    update: on record
    outcome: [ret(A), ret(A) - ret(B)]
    evidence: [dear, all, weighty]
  - id: dear
    when: A.close > 100
    resolve_when: A.close < 99
    hold: 2
    update: every 2 sessions
  - id: line
    when: streak(B.close > sma(B.close, 2)) >= 2
    keep_firing: 1
  - id: rich
    when: L.pe >= 2
    measure: L.pe
    threshold: 2
    direction: up
  - id: weighty
    when: weight(P, U) > 0 and share(U, member.close > 100) > 40%
    measure: share(U, member.close > 100)
  - id: cut
    when: E.change < 0
`,
  market,
);

const SESSIONS = 16;
const origin = calendar.onOrAfter('2020-01-02');
const session = (index: number): string => calendar.sessions[origin + index] ?? '';

/** Prices near 100 that are often missing, splits, levels, events, and revisions known some sessions later. */
const observation = fc.record({
  series: fc.constantFrom('A.close', 'B.close', 'A.close', 'B.close', 'A.split', 'L.pe', 'E.change'),
  day: fc.nat(SESSIONS - 1),
  value: fc.integer({ min: 95, max: 105 }),
  later: fc.option(fc.nat(6), { freq: 2 }),
});

function observationsOf(
  rows: readonly { series: string; day: number; value: number; later: number | null }[],
): Observation[] {
  const base = Array.from({ length: SESSIONS }, (_, day) =>
    ['A', 'B'].map((instrument) => {
      const value = 98 + ((day * (instrument === 'A' ? 7 : 5)) % 6);
      return { instrument, field: 'close', date: session(day), value };
    }),
  );
  const drawn = rows.map(({ series, day, value, later }): Observation => {
    const [instrument = '', field = ''] = series.split('.');
    const scaled = { split: value > 100 ? 2 : 0.5, pe: value - 98, change: value - 100 }[field] ?? value;
    const head = { instrument, field, date: session(day), value: scaled };
    return later === null ? head : { ...head, known: calendar.close(session(day + later)) - 1 };
  });
  // What was drawn comes first: a close without `known` stands in for the base one, which is then a late revision.
  return [...drawn, ...base.flat()];
}

function build(observations: readonly Observation[], declared: Market = market): Archive {
  const builder = createArchiveBuilder({ market: declared, calendar, now: Number.MAX_SAFE_INTEGER });
  for (const one of observations) builder.add(one);
  return builder.build();
}

/** What is stored by the close of a session: all first values up to it, and the revisions known by then. */
function knownBy(observations: readonly Observation[], end: string): readonly Observation[] {
  const instant = calendar.close(end);
  const key = ({ instrument, field, date }: Observation): string => `${instrument}.${field} ${date}`;
  const firsts = new Map<string, Observation>();
  for (const one of observations) {
    const first = firsts.get(key(one));
    if (first === undefined || (one.known ?? -1) < (first.known ?? -1)) firsts.set(key(one), one);
  }
  return observations.filter(
    (one) => one.date <= end && (firsts.get(key(one)) === one || (one.known ?? Infinity) <= instant),
  );
}

const histories = fc.array(observation, { maxLength: 12 }).map(observationsOf);

describe('a replay', () => {
  it('is, to the last figure, what evaluating each session on its own evening gives', () => {
    fc.assert(
      fc.property(histories, (observations) => {
        const archive = build(observations);
        expect(replay(archive, rules)).toEqual(replayDayByDay(archive, rules));
      }),
      { numRuns: 60 },
    );
  });

  it('stands when the future is cut off, splits and revisions included', () => {
    fc.assert(
      fc.property(histories, fc.nat(SESSIONS - 1), (observations, last) => {
        const end = session(last);
        const past = knownBy(observations, end);
        const whole = replay(build(observations), rules);
        expect(replay(build(past), rules)).toEqual(whole.filter((alert) => alert.session <= end));
      }),
      { numRuns: 60 },
    );
  });

  it('knows nothing of what will happen to holdings before the date of their portfolio', () => {
    const portfolios = new Map([
      [
        'P',
        {
          id: 'P',
          asOf: session(SESSIONS - 1),
          holdings: new Map([
            ['A', 2],
            ['B', 1],
          ]),
        },
      ],
    ]);
    const one = { id: 'V', name: 'one', members: ['A'], coverage: 0.5 };
    const dated = { ...market, portfolios, universes: new Map([['V', one]]) };
    const heavy = rulesOf('rules:\n  - id: heavy\n    when: weight(P, V) > 60%\n', dated);
    const jump = fc.record({
      series: fc.constantFrom('A.close', 'B.split', 'A.split'),
      day: fc.nat(SESSIONS - 1),
      value: fc.constantFrom(40, 200),
      later: fc.constant(null),
    });
    const jumps = fc.array(jump, { maxLength: 4 }).map(observationsOf);
    fc.assert(
      fc.property(jumps, fc.nat(SESSIONS - 1), (observations, last) => {
        const end = session(last);
        const whole = replay(build(observations, dated), heavy);
        const past = replay(build(knownBy(observations, end), dated), heavy);
        expect(past).toEqual(whole.filter((alert) => alert.session <= end));
        expect(whole).toEqual(replayDayByDay(build(observations, dated), heavy));
      }),
      { numRuns: 60 },
    );
  });

  it('prints a period without computing from it', () => {
    const archive = build(observationsOf([{ series: 'A.close', day: 3, value: 104, later: 4 }]));
    const [from, to] = [session(4), session(9)];
    const all = replay(archive, rules);
    expect(replay(archive, rules, { from, to })).toEqual(
      all.filter((alert) => alert.session >= from && alert.session <= to),
    );
    expect(all.length).toBeGreaterThan(3);
  });

  it('orders alerts by session, then by the rules given', () => {
    const alerts = replay(build(observationsOf([])), rules);
    const places = alerts.map(
      ({ session: at, rule }) => [at, rules.findIndex(({ id }) => id === rule)] as const,
    );
    expect(places).toEqual(places.toSorted((a, b) => a[0].localeCompare(b[0]) || a[1] - b[1]));
  });

  it('tells nothing of an empty archive', () => {
    expect(replay(build([]), rules)).toEqual([]);
    expect(states(build([]), rules)).toEqual([]);
  });
});

describe('a revision in a replay', () => {
  const small = rulesOf('rules:\n  - id: up\n    when: ret(A) > 0\n    outcome: [ret(A)]\n', market);

  function archive(known: string | null): Archive {
    const builder = createArchiveBuilder({ market, calendar, now: Number.MAX_SAFE_INTEGER });
    [100, 101, 100, 100, 100].forEach((value, day) =>
      builder.add({ instrument: 'A', field: 'close', date: session(day), value }),
    );
    if (known !== null) {
      const at = calendar.close(known) - 1;
      builder.add({ instrument: 'A', field: 'close', date: session(1), value: 99, known: at });
    }
    return builder.build();
  }

  it('is told as one correction on the session on which it became known, and undoes no record', () => {
    const told = replay(archive(session(3)), small).map(
      ({ kind, session: at, corrects, correctedFiring }) => ({
        kind,
        at,
        corrects,
        correctedFiring,
      }),
    );
    const none = { corrects: null, correctedFiring: null };
    expect(told).toEqual([
      { kind: 'fired', at: session(1), ...none },
      { kind: 'resolved', at: session(2), ...none },
      { kind: 'correction', at: session(3), corrects: session(1), correctedFiring: false },
      // With 99 it rose on the third session instead, which the correction opened: that ends now.
      { kind: 'resolved', at: session(3), ...none },
    ]);
  });

  it('known after a session on which nothing was loaded leaves that session its values', () => {
    const dear = rulesOf('rules:\n  - id: dear\n    when: L.pe >= 2\n', market);
    const when = (revised: boolean): unknown[] => {
      const builder = createArchiveBuilder({ market, calendar, now: Number.MAX_SAFE_INTEGER });
      builder.add({ instrument: 'L', field: 'pe', date: session(0), value: 3 });
      if (revised) {
        const known = calendar.close(session(2)) - 1;
        builder.add({ instrument: 'L', field: 'pe', date: session(0), value: 4, known });
      }
      builder.add({ instrument: 'A', field: 'close', date: session(3), value: 100 });
      return states(builder.build(), dear).map((row) => row.when);
    };
    expect(when(true)).toEqual([true, true, true, true]);
    expect(when(false)).toEqual([true, true, true, true]);
  });

  it('leaves what was decided in the states and enters the backtest', () => {
    const [rule] = small;
    if (rule === undefined) throw new Error('no rule');
    const row = states(archive(session(3)), small).find(({ session: at }) => at === session(1));
    expect(row).toEqual({ rule: 'up', session: session(1), when: true, state: 'firing' });
    // With 99 on the second session the third one rises instead.
    const episodes = backtest(archive(session(3)), rule, small).episodes;
    expect(episodes.map(({ start }) => start)).toEqual([session(2)]);
  });
});

describe('states', () => {
  it('are one row per rule and session, null outside the loaded values', () => {
    const archive = archiveOf(market, '2020-01-02', { 'A.close': [100, 101, null, 102] });
    const up = rulesOf('rules:\n  - id: up\n    when: ret(A) > 0\n', market);
    const rows = states(archive, up, { from: '2019-12-31', to: session(4) });
    expect(rows.map(({ when, state }) => [when, state])).toEqual([
      [null, null],
      [null, 'inactive'],
      [true, 'firing'],
      [null, 'firing'],
      [null, 'firing'],
      [null, null],
    ]);
  });
});
