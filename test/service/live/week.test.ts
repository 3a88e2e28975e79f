import * as fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { listHeld } from '../../../shared/service/held.ts';
import { chanceOf } from '../story.ts';
import { tell } from '../tell.ts';
import { dying } from './dying.ts';
import {
  at,
  calendar,
  essence,
  evening,
  ingestAt,
  market,
  openService,
  provider,
  type FakeProvider,
  type Manner,
  type Row,
  session,
  storedOf,
} from './evening.ts';

const SERIES = ['A.close', 'B.close', 'C.close', 'A.split', 'L.pe'];
const DAYS = 5;
const EVENING = ['17:20', '24:20', '32:30'];

/** Closes that never repeat, with a split of A on session 2 and a valuation now and then. */
const story = tell(-8, {
  'A.close': [100, 101, 100.5, 101.5, 102, 101, 100, 99.5, 101, 103, 26.1, 26.4, 26.8, 26.2, 26.5],
  'B.close': [50, 50.2, 50.1, 50.3, 50.2, 50.4, 50.3, 50.5, 50.4, 50.3, 50.2, 50.4, 50.1, 50.3, 50.4],
  'C.close': [20, 20.1, 20.2, 20.1, 20.3, 20.2, 20.4, 20.3, 20.5, 20.6, 20.7, 20.5, 20.8, 20.9, 21],
  'A.split': [null, null, null, null, null, null, null, null, null, null, 4],
  'L.pe': [2.8, null, null, 2.9, null, null, null, 3.1, null, null, 2.9, null, 3, null, null],
});

const RULES_OF_THE_WEEK = `rules:
  - id: ahead
    when: streak(ret(A) > ret(B)) >= 2
    update: on record
    evidence: [broad]
  - id: broad
    when: share(U, ret(member) > 0) >= 60%
  - id: dear
    when: L.pe >= 3
    measure: L.pe
    threshold: 3
    direction: up
`;

const fails =
  (why: string): Manner =>
  () => {
    throw new Error(why);
  };

/** Every way in which a source goes wrong, on the sessions 1 and 2. */
const WAYS: Readonly<Record<string, Manner>> = {
  auth: fails('auth: the key is refused'),
  entitlement: fails('entitlement: the plan does not include this'),
  rate_minute: fails('rate_minute'),
  rate_day: fails('rate_day'),
  rate_month: fails('rate_month'),
  blocked: fails('blocked: a page where data was expected'),
  schema: fails('schema: fields are absent'),
  transient: fails('transient: reset'),
  'not_yet, all evening': () => [],
  no_session: () => [],
  'missing_day of one': (rows) => rows.filter(({ series }) => series !== 'A.close'),
  'unknown_symbol, the rest is there': (rows) => rows.filter(({ series }) => series !== 'C.close'),
  'nulls and zeros': (rows) =>
    rows.map((row) => ({ ...row, value: row.series === 'B.close' ? 0 : Number.NaN })),
  'a stale batch': (rows) => repeated(rows),
  'rows on closed days': (rows) => rows.map((row) => ({ ...row, date: '2026-01-04' })),
  'rows twice, contradicting': (rows) => [...rows, ...rows.map((row) => ({ ...row, value: row.value + 1 }))],
  'a bar of the running session': (rows) =>
    rows.map((row) =>
      row.series.endsWith('.close') ? { ...row, date: calendar.next(row.date) ?? row.date } : row,
    ),
  'another symbol': (rows) => rows.map((row) => ({ ...row, series: 'Z.close' })),
  'a split that it does not tell of': (rows) =>
    rows.filter(({ series }) => series !== 'A.split').map((row) => ({ ...row })),
};

/** Closes of the session before under the new date. */
function repeated(rows: readonly Row[]): readonly Row[] {
  return rows.flatMap((row) => {
    const before = calendar.previous(row.date) ?? '';
    const told = story.find((one) => one.series === row.series && session(one.session) === before);
    return told === undefined || !row.series.endsWith('.close') ? [] : [{ ...row, value: told.value }];
  });
}

/** Fails in a manner on the evenings of sessions 1 and 2, and is well again after. */
function failing(manner: Manner, name = 'first', rank = 1): FakeProvider {
  return provider(name, rank, story, (rows, request) =>
    request.last >= session(1) && request.last <= session(2) ? manner(rows, request) : rows,
  );
}

interface Ending {
  readonly stored: Readonly<Record<string, number>>;
  readonly told: readonly unknown[];
}

async function week(sources: readonly FakeProvider[], runs = EVENING): Promise<Ending> {
  const service = await openService(story, RULES_OF_THE_WEEK);
  for (let number = 0; number < DAYS; number += 1) await evening(service, sources, number, runs);
  expect((await listHeld(service.records)).filter(({ state }) => state === 'held')).toEqual([]);
  return { stored: await storedOf(service, SERIES), told: essence(await service.told()) };
}

describe('a week of evenings', () => {
  let well: Ending;
  beforeAll(async () => {
    well = await week([provider('first', 1, story), provider('second', 2, story)]);
  });

  it('tells something', () => {
    expect(well.told.length).toBeGreaterThan(5);
    expect(Object.keys(well.stored).length).toBe(story.filter((told) => told.session < DAYS).length);
  });

  it.each(Object.entries(WAYS))('ends alike where the first provider fails: %s', async (_way, manner) => {
    expect(await week([failing(manner), provider('second', 2, story)])).toEqual(well);
  });

  it.each(['transient', 'a stale batch', 'nulls and zeros', 'another symbol'])(
    'ends alike where the second provider fails: %s',
    async (way) => {
      const second = failing(WAYS[way] ?? fails(way), 'second', 2);
      expect(await week([second, provider('first', 1, story)])).toEqual(well);
    },
  );

  it('ends alike with runs missing, late and doubled', async () => {
    for (const runs of [['24:20'], ['18:30', '18:30', '20:20'], ['32:30']]) {
      const ending = await week([provider('first', 1, story)], runs);
      expect(ending.stored).toEqual(well.stored);
    }
  });
});

/** What a provider without sense says: some of what is true, some of anything, and of one row always the same. */
function senseless(name: string, rank: number, seed: number): FakeProvider {
  const values = [0, -1, Number.NaN, Number.POSITIVE_INFINITY, 1e-9, 1e12, 25, 100, 101, 250];
  const dates = ['2026-01-03', '2026-01-04', '2027-12-31', '1975-01-01', session(2), session(20)];
  return provider(name, rank, story, (rows) =>
    rows.flatMap((row): readonly Row[] => {
      const chance = chanceOf(seed + 7919 * Array.from(`${row.series}${row.date}`).reduce(hash, 0));
      const pick = <Item>(items: readonly Item[]): Item | undefined =>
        items[Math.floor(chance() * items.length)];
      const way = chance();
      if (way < 0.4) return [row];
      if (way < 0.5) return [];
      if (way < 0.6) return [row, row];
      const value = pick(values) ?? 1;
      if (way < 0.8) return [{ ...row, value }];
      if (way < 0.9) return [{ ...row, date: pick(dates) ?? '' }];
      return [{ ...row, series: pick(['Z.close', 'A.open', 'B.split', 'U.close', 'L.pe']) ?? '' }];
    }),
  );
}

function hash(sum: number, letter: string): number {
  return (sum * 31 + letter.charCodeAt(0)) % 1_000_003;
}

describe('an evening that is killed', () => {
  it('comes to the same wherever, and however often', async () => {
    const sources = [
      failing(WAYS['a split that it does not tell of'] ?? fails('')),
      provider('second', 2, story),
    ];
    const outcome = async (kills: readonly number[]) => {
      const service = await openService(story);
      for (let number = 0; number < 4; number += 1) {
        for (const calls of kills) {
          const mortal = { ...service, ...dying(service, calls) };
          await ingestAt(mortal, sources, at(number, '17:20')).catch(() => null);
        }
        await ingestAt(service, sources, at(number, '18:30'));
      }
      const held = (await listHeld(service.records)).map(({ id, reason }) => `${id} ${reason}`);
      return { stored: await storedOf(service, SERIES), held };
    };
    const whole = await outcome([1000]);
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 30 }), { maxLength: 4 }), async (kills) => {
        expect(await outcome(kills)).toEqual(whole);
      }),
      { numRuns: 25 },
    );
  });
});

describe('whatever providers say', () => {
  it('nothing is stored that is not finite, not above zero, outside a session or of another instrument', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(1_000_000), async (seed) => {
        const service = await openService(story);
        const sources = [senseless('first', 1, seed), senseless('second', 2, seed + 1)];
        for (let number = 0; number < 3; number += 1) {
          for (const time of ['17:20', '24:20']) await ingestAt(service, sources, at(number, time));
        }
        for (const { id } of await service.observations.catalog()) {
          const [instrument = '', field = ''] = id.split('.');
          expect(market.instruments.get(instrument)?.fields.has(field)).toBe(true);
        }
        for (const [key, value] of Object.entries(
          await storedOf(service, [...SERIES, 'B.split', 'C.split']),
        )) {
          const [series = '', date = ''] = key.split(' ');
          expect([key, Number.isFinite(value) && value > 0]).toEqual([key, true]);
          expect(date <= session(2)).toBe(true);
          if (series !== 'L.pe') expect([key, calendar.ordinal(date)]).toEqual([key, expect.any(Number)]);
        }
      }),
      { numRuns: 25 },
    );
  });

  it('the order in which sources are listed and a run repeated change nothing', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(1_000_000), fc.boolean(), async (seed, twice) => {
        const outcome = async (
          order: (sources: FakeProvider[]) => FakeProvider[],
          runs: readonly string[],
        ) => {
          const service = await openService(story);
          // What a provider says of a run is the same however often it is asked then.
          for (let number = 0; number < 3; number += 1) {
            for (const time of runs) {
              const own = seed + number * 100;
              const sources = [1, 2, 3].map((rank) => senseless(`p${rank}`, rank, own + rank));
              await ingestAt(service, order(sources), at(number, time));
            }
          }
          const held = (await listHeld(service.records)).map(({ id, reason }) => `${id} ${reason}`);
          return { stored: await storedOf(service, SERIES), held };
        };
        const once = await outcome((sources) => sources, ['17:20']);
        const runs = twice ? ['17:20', '17:20'] : ['17:20'];
        const other = await outcome((sources) => sources.toReversed(), runs);
        if (!twice) expect(other).toEqual(once);
        else for (const key of Object.keys(once.stored)) expect(other.stored[key]).toBe(once.stored[key]);
      }),
      { numRuns: 15 },
    );
  });
});
