import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createMemoryObservations } from '../../adapters/memory/observations.ts';
import type { ObservationStore } from '../../shared/ports/observations.ts';
import { type Archive, createArchiveBuilder } from '../../shared/series/archive.ts';
import type { SeriesRows } from '../../shared/series/rows.ts';
import { calendar, market } from '../series/ground.ts';
import { batchOf, contents, rowsOf, type Said, statements } from '../support/observations.ts';

const NOW = Date.UTC(2026, 0, 20, 22);
const MINUTE = 60_000;
const IDS = ['A.close', 'A.split', 'B.close', 'RATE.upper'];
const EVERYTHING = { series: IDS.map((id) => ({ id, from: '1980-01-01' })) };

/** Sessions of open and closed years, at the edges of years and halves. */
const SESSIONS = [
  '2019-07-01',
  '2024-12-31',
  '2025-01-02',
  '2025-12-31',
  '2026-01-02',
  '2026-01-05',
  '2026-01-20',
];
const DATES = [...SESSIONS, '2025-12-28', '2026-01-03'];

const said: fc.Arbitrary<Said> = fc
  .record({
    id: fc.constantFrom(...IDS),
    session: fc.constantFrom(...SESSIONS),
    date: fc.constantFrom(...DATES),
    value: fc.oneof(fc.integer({ min: 1, max: 4 }), fc.double({ min: 1e-300, max: 1e300, noNaN: true })),
    known: fc.option(fc.integer({ min: -5, max: 20 }), { nil: undefined }),
  })
  .map(({ id, session, date, value, known }): Said => {
    const on = id === 'RATE.upper' ? date : session;
    return known === undefined ? [id, on, value] : [id, on, value, NOW + known * MINUTE];
  });

/** Statements that all say when they became known, no two of a key the same. */
const dated = fc
  .uniqueArray(said, { maxLength: 40, selector: ([id, date, , known]) => `${id} ${date} ${known}` })
  .map((all) => all.filter(([, , , known]) => known !== undefined));

/** What the contract needs of a store: a fresh one, and its end. */
export interface Started<Store> {
  readonly store: Store;
  end(): Promise<void>;
}

/** Registers what every `ObservationStore` has to keep. */
export function observationStoreContract(
  name: string,
  start: () => Promise<Started<ObservationStore>>,
): void {
  describe(`${name} keeps observations`, () => {
    let started: Started<ObservationStore>;
    let store: ObservationStore;

    beforeEach(async () => {
      started = await start();
      ({ store } = started);
    });

    afterEach(() => started.end());

    it('and knows nothing at first', async () => {
      expect(await contents(store, IDS)).toEqual({
        statements: [],
        memberships: [],
        acceptances: [],
        catalog: [],
        changedAt: 0,
      });
    });

    it('and counts first values, revisions and repetitions', async () => {
      const first = batchOf([
        ['A.close', '2025-12-31', 10],
        ['A.close', '2026-01-02', 11],
      ]);
      expect(await store.record(first, NOW)).toEqual({ accepted: 2, revised: 0, unchanged: 0 });
      expect(await store.record(first, NOW + 1)).toEqual({ accepted: 0, revised: 0, unchanged: 2 });
      const second = batchOf([
        ['A.close', '2025-12-31', 10.5],
        ['A.close', '2026-01-02', 11],
        ['B.close', '2026-01-02', 7],
      ]);
      expect(await store.record(second, NOW + 2)).toEqual({ accepted: 1, revised: 1, unchanged: 1 });
      expect(statements(await store.load(EVERYTHING))).toEqual([
        ['A.close', 20_453, 10, Number.NaN],
        ['A.close', 20_453, 10.5, NOW + 2],
        ['A.close', 20_455, 11, Number.NaN],
        ['B.close', 20_455, 7, Number.NaN],
      ]);
    });

    it('and takes a first value that comes late as a first value', async () => {
      await store.record(batchOf([['A.close', '2026-01-05', 10]]), NOW);
      const late = batchOf([['A.close', '2025-01-02', 9]]);
      expect(await store.record(late, NOW + MINUTE)).toEqual({ accepted: 1, revised: 0, unchanged: 0 });
      expect(await store.changedAt()).toBe(0);
    });

    it('and keeps every bit of a number', async () => {
      const values = [0.1 + 0.2, 1e-310, 1.7976931348623157e308, 123.45, -0.005, 48_123_400, 2 ** 53, 1 / 3];
      const all = values.map((value, index): Said => ['RATE.upper', `2026-01-1${index}`, value]);
      await store.record(batchOf([...all, ['RATE.upper', '2025-03-01', 100.1]]), NOW);
      expect(statements(await store.load(EVERYTHING)).map((row) => (row as number[])[2])).toEqual([
        100.1,
        ...values,
      ]);
    });

    it('and leaves out what is not stored, and what lies before the date asked for', async () => {
      await store.record(
        batchOf([
          ['A.close', '2024-12-31', 8],
          ['A.close', '2025-01-02', 9],
          ['A.close', '2026-01-02', 10],
          ['A.close', '2026-01-05', 11],
        ]),
        NOW,
      );
      const values = async (from: string): Promise<unknown[]> => {
        const known = await store.load({
          series: [
            { id: 'A.close', from },
            { id: 'B.close', from },
          ],
        });
        return statements(known).map((row) => (row as number[])[2]);
      };
      expect(await values('2025-01-02')).toEqual([9, 10, 11]);
      expect(await values('2026-01-05')).toEqual([11]);
      expect(await values('2026-01-06')).toEqual([]);
    });

    it('and lists series with their first and last dates', async () => {
      await store.record(
        batchOf([
          ['B.close', '2026-01-05', 1],
          ['A.close', '2025-01-02', 1],
        ]),
        NOW,
      );
      await store.record(
        batchOf([
          ['B.close', '2019-07-01', 1],
          ['A.close', '2026-01-20', 1],
        ]),
        NOW,
      );
      expect(await store.catalog()).toEqual([
        { id: 'A.close', first: '2025-01-02', last: '2026-01-20' },
        { id: 'B.close', first: '2019-07-01', last: '2026-01-05' },
      ]);
    });

    it('and replaces the membership of the universes a batch names', async () => {
      const span = (universe: string, instrument: string, from: string | null = null) => {
        return { universe, instrument, from, to: null };
      };
      await store.record(batchOf([], [span('U', 'B'), span('U', 'A'), span('V', 'C')]), NOW);
      expect(await store.changedAt()).toBe(NOW);
      await store.record(batchOf([], [span('U', 'A'), span('U', 'B')]), NOW + 1);
      expect(await store.changedAt()).toBe(NOW);
      await store.record(batchOf([], [span('U', 'A', '2020-01-01')]), NOW + 2);
      expect(await store.changedAt()).toBe(NOW + 2);
      const { memberships } = await store.load({ series: [] });
      expect(memberships).toEqual([span('U', 'A', '2020-01-01'), span('V', 'C')]);
    });

    it('and accepts a break once', async () => {
      const acceptance = { instrument: 'A', session: '2026-01-05', known: NOW };
      await store.accept(acceptance);
      await store.accept({ ...acceptance, known: NOW + 5 });
      await store.accept({ ...acceptance, instrument: 'B', known: NOW + 9 });
      const { acceptances } = await store.load({ series: [] });
      expect(acceptances).toEqual([acceptance, { ...acceptance, instrument: 'B', known: NOW + 9 }]);
      expect(await store.changedAt()).toBe(NOW + 9);
    });

    it('and says when the newest revision was stored, whatever it says itself', async () => {
      await store.record(batchOf([['A.close', '2026-01-05', 1]]), NOW);
      expect(await store.changedAt()).toBe(0);
      await store.record(batchOf([['A.close', '2026-01-05', 2, NOW - 10 * MINUTE]]), NOW + 3);
      expect(await store.changedAt()).toBe(NOW + 3);
    });
  });

  describe(`${name} comes to`, () => {
    it('the counts and contents of merging in memory, batch after batch', async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(fc.array(said, { maxLength: 12 }), { maxLength: 5 }), async (batches) => {
          await within(start, async (store) => {
            const model = createMemoryObservations();
            for (const [index, batch] of batches.entries()) {
              const at = NOW + index * MINUTE;
              expect(await store.record(batchOf(batch), at)).toEqual(await model.record(batchOf(batch), at));
            }
            expect(await contents(store, IDS)).toEqual(await contents(model, IDS));
          });
        }),
        { numRuns: 25 },
      );
    });

    it('the archive built in memory, whatever the order, the portions and the writers', async () => {
      await fc.assert(
        fc.asyncProperty(dated, fc.integer({ min: 1, max: 9 }), fc.gen(), async (all, size, gen) => {
          const ordered = gen(fc.shuffledSubarray, all, { minLength: all.length });
          const portions = Array.from({ length: Math.ceil(ordered.length / size) }, (_, index) =>
            ordered.slice(index * size, (index + 1) * size),
          );
          await within(start, async (store) => {
            // Two writers, each with its share, at once.
            const writers = [0, 1].map(async (writer) => {
              for (const [index, portion] of portions.entries()) {
                if (index % 2 === writer) await store.record(batchOf(portion), NOW + index);
              }
            });
            await Promise.all(writers);
            const stored = await store.load(EVERYTHING);
            expect(archiveOf(stored.series)).toEqual(archiveOf(rowsOf(...all)));
          });
        }),
        { numRuns: 25 },
      );
    });

    it('one first value where two writers bring different ones at once', async () => {
      await within(start, async (store) => {
        const batch = (value: number) => batchOf(SESSIONS.map((date): Said => ['A.close', date, value]));
        const counts = await Promise.all([store.record(batch(1), NOW), store.record(batch(2), NOW)]);
        const total = counts.reduce(
          (sum, { accepted, revised }) => [sum[0]! + accepted, sum[1]! + revised],
          [0, 0],
        );
        expect(total).toEqual([SESSIONS.length, SESSIONS.length]);
        const rows = statements(await store.load(EVERYTHING)) as [string, number, number, number][];
        expect(rows.filter(([, , , known]) => Number.isNaN(known))).toHaveLength(SESSIONS.length);
        expect(rows).toHaveLength(2 * SESSIONS.length);
      });
    });
  });
}

async function within(
  start: () => Promise<Started<ObservationStore>>,
  work: (store: ObservationStore) => Promise<void>,
): Promise<void> {
  const started = await start();
  try {
    await work(started.store);
  } finally {
    await started.end();
  }
}

function archiveOf(series: readonly SeriesRows[]): unknown {
  const builder = createArchiveBuilder({ market, calendar, now: NOW + 1e9 });
  for (const { instrument, field, rows } of series) builder.addRows(instrument, field, rows);
  const archive: Archive = builder.build();
  return [...archive.series].map(([id, { days, values, revisions }]) => [id, days, values, revisions]);
}
