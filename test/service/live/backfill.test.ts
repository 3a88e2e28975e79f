import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ObservationSource } from '../../../shared/ports/source.ts';
import { backfill, type BackfillProgress } from '../../../shared/service/backfill.ts';
import { readCursors } from '../../../shared/service/backfill-plan.ts';
import { memoryStores, type Story } from '../world.ts';
import { dying } from './dying.ts';
import {
  at,
  calendar,
  market,
  provider,
  session,
  storedOf,
  type FakeProvider,
  type Manner,
} from './evening.ts';

/** A year and a half of three closes, A without its first half, B with a split. */
const story: Story = Array.from({ length: 380 }, (_, index) => index - 380).flatMap((number) => [
  ...(number < -190 ? [] : [{ series: 'A.close', session: number, value: 100 + ((number + 400) % 13) }]),
  { series: 'B.close', session: number, value: (number < -100 ? 400 : 100) + ((number + 400) % 7) },
  { series: 'C.close', session: number, value: 50 + ((number + 400) % 5) },
  ...(number === -100 ? [{ series: 'B.split', session: number, value: 4 }] : []),
]);

const ALL = ['A.close', 'B.close', 'C.close', 'B.split'];
const REACH = { core: 1, members: 1 };
const NOW = at(-1, '20:00');
const BUDGET = { until: NOW + 1, steps: 1000 };

function world(sources: readonly ObservationSource[], stores = memoryStores()) {
  const ground = { ...stores, sources, market, calendar, clock: () => NOW, reach: REACH };
  return { stores, ground, stored: async () => await storedOf(stores as never, ALL) };
}

/** The year that is asked for. */
const wanted = story.filter(({ session: number }) => session(number) >= '2024-12-31');

describe('filling history', () => {
  it('fills every session that a source has, in steps of bounded size, the oldest first', async () => {
    const source = provider('first', 1, story);
    const { ground, stored } = world([source]);
    const report = await backfill(ground, BUDGET);
    expect(report).toMatchObject({ state: 'done', findings: [] });
    expect(Object.keys(await stored())).toHaveLength(wanted.length);
    for (const { needs } of source.asked) {
      expect(needs.length).toBeLessThanOrEqual(20);
      for (const { series } of needs) expect(series.length).toBeLessThanOrEqual(2);
    }
    const firsts = source.asked.map(({ needs }) => needs[0]?.session ?? '');
    expect(firsts).toEqual(firsts.toSorted());
  });

  it('tells how far it has come, and stops where its budget ends', async () => {
    const source = provider('first', 1, story);
    const told: BackfillProgress[] = [];
    const { ground } = world([source]);
    const reporting = { ...ground, progress: (one: BackfillProgress) => void told.push(one) };
    const first = await backfill(reporting, { until: NOW + 1, steps: 3 });
    expect(first).toMatchObject({ state: 'more', done: 3 });
    expect(told.map(({ done, source: by }) => [done, by])).toEqual([
      [0, 'first'],
      [1, 'first'],
      [2, 'first'],
    ]);
    const late = await backfill(reporting, { until: NOW, steps: 100 });
    expect(late).toMatchObject({ state: 'more', done: 3 });
    const rest = await backfill(reporting, BUDGET);
    expect(rest).toMatchObject({ state: 'done', done: first.of, of: first.of });
    expect(told.at(-1)).toMatchObject({ done: first.of, group: null });
    const asked = source.asked.length;
    expect(await backfill(reporting, BUDGET)).toMatchObject({ state: 'done' });
    expect(source.asked).toHaveLength(asked);
  });

  it('asks the next source for what the first one lacks alone', async () => {
    const old: Manner = (rows) => rows.filter(({ date }) => date >= '2025-06-02');
    const second = provider('second', 2, story);
    const { ground, stored } = world([second, provider('first', 1, story, old)]);
    await backfill(ground, BUDGET);
    const whole = world([provider('first', 1, story)]);
    await backfill(whole.ground, BUDGET);
    expect(await stored()).toEqual(await whole.stored());
    for (const { needs } of second.asked) {
      for (const { session: of, series } of needs) {
        if (of >= '2025-06-02') expect(series).toEqual(['A.close']);
      }
    }
  });

  it('waits for a source that fails, lets the others go on, and leaves a step out in the end', async () => {
    const broken: FakeProvider = {
      ...provider('first', 1, story),
      fetch: async () => {
        throw new Error('no route to host');
      },
    };
    const { ground, stores, stored } = world([broken, provider('second', 2, story)]);
    expect(await backfill(ground, BUDGET)).toMatchObject({ state: 'waiting', counts: { failedSources: 1 } });
    const whole = world([provider('first', 1, story)]);
    await backfill(whole.ground, BUDGET);
    expect(await stored()).toEqual(await whole.stored());
    for (let run = 0; run < 4; run += 1) await backfill(ground, BUDGET);
    const cursor = (await readCursors(stores.records)).find(({ source }) => source === 'first');
    // Its first step still lacks what A had not begun with; five runs are enough of it.
    expect(cursor).toMatchObject({ next: 1, skipped: [0] });
  });

  it('counts its steps from the beginning of the group, though a source begins later every day', async () => {
    const begins = (first: string): FakeProvider => {
      const source = provider('first', 1, story, (rows) => rows.filter(({ date }) => date >= first));
      return { ...source, terms: { ...source.terms, history: { first, sessions: 20, series: 2 } } };
    };
    const { ground, stored } = world([begins('2025-06-02')]);
    await backfill(ground, { until: NOW + 1, steps: 9 });
    await backfill({ ...ground, sources: [begins('2025-06-05')] }, BUDGET);
    const kept = Object.keys(await stored()).filter((key) => key.startsWith('C.close'));
    const all = wanted.filter((told) => told.series === 'C.close' && session(told.session) >= '2025-06-05');
    expect(kept.length).toBeGreaterThanOrEqual(all.length);
  });

  it('counts no steps that are older than what a source has', async () => {
    const late = provider('first', 1, story);
    const first = session(-40);
    const source = { ...late, terms: { ...late.terms, history: { first, sessions: 20, series: 2 } } };
    const told: BackfillProgress[] = [];
    const { ground, stores } = world([source]);
    const report = await backfill({ ...ground, progress: (one) => void told.push(one) }, BUDGET);
    // Three stretches, of two portions each.
    expect([told[0]?.done, report.done, report.of]).toEqual([0, 6, 6]);
    expect(told.map(({ from }) => (from ?? first) >= first)).not.toContain(false);
    expect(source.asked.length).toBeLessThanOrEqual(6);
    expect((await readCursors(stores.records))[0]?.skipped).toEqual([]);
    const never = {
      ...late,
      terms: { ...late.terms, history: { first: '2099-01-02', sessions: 20, series: 2 } },
    };
    expect(await backfill(world([never]).ground, BUDGET)).toMatchObject({ state: 'done', done: 0, of: 0 });
  });

  it('begins again where steps have another size, and asks for nothing that is there', async () => {
    const source = provider('first', 1, story);
    const { ground } = world([source]);
    await backfill(ground, BUDGET);
    const other = {
      ...source,
      terms: { ...source.terms, history: { first: null, sessions: 50, series: 3 } },
    };
    const asked = source.asked.length;
    expect(await backfill({ ...ground, sources: [other] }, BUDGET)).toMatchObject({ state: 'done' });
    const again = source.asked.slice(asked).flatMap(({ needs }) => needs.flatMap(({ series }) => series));
    // Only what A had not begun with is lacking still.
    expect(new Set(again)).toEqual(new Set(['A.close']));
  });

  it('comes to the same wherever it is killed, and however often', async () => {
    const whole = world([provider('first', 1, story)]);
    await backfill(whole.ground, BUDGET);
    const expected = await whole.stored();
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 6 }),
        async (kills) => {
          const stores = memoryStores();
          for (const calls of kills) {
            const mortal = dying(stores, calls);
            const { ground } = world([provider('first', 1, story)], { ...stores, ...mortal });
            await backfill(ground, BUDGET).catch(() => null);
          }
          const { ground, stored } = world([provider('first', 1, story)], stores);
          expect(await backfill(ground, BUDGET)).toMatchObject({ state: 'done' });
          expect(await stored()).toEqual(expected);
        },
      ),
      { numRuns: 8 },
    );
  });
});
