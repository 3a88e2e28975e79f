import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createDynamoObservations } from '../../../adapters/dynamodb/observations.ts';
import { type EmbeddedDynamoDb, startEmbeddedDynamoDb } from '../../../local/embedded-dynamodb.ts';
import type { ObservationStore } from '../../../shared/ports/observations.ts';
import type { MergeCounts } from '../../../shared/series/merge-rows.ts';
import { readMarket, openArchive } from '../../../shared/service/open-archive.ts';
import { snapshotOf } from '../../../shared/series/snapshot-of.ts';
import { calendar, closeOf, market } from '../../series/ground.ts';
import { contents } from '../../support/observations.ts';
import { read } from './folder.ts';

const MONDAY = Date.UTC(2026, 0, 5, 23);
const TUESDAY = Date.UTC(2026, 0, 6, 23);
const IDS = ['A.close', 'A.volume', 'RATE.upper'];

type Files = Readonly<Record<string, string>>;

describe('an import of CSV files', () => {
  let database: EmbeddedDynamoDb;
  let store: ObservationStore;

  beforeEach(async () => {
    database = await startEmbeddedDynamoDb(null);
    store = createDynamoObservations(database);
  });

  afterEach(() => database.end());

  /** Imports files as at an instant. */
  function importFiles(files: Files, now: number, into = store): Promise<MergeCounts> {
    const { series, memberships } = read(files);
    return into.record({ series, memberships, source: 'csv' }, now);
  }

  async function closesAt(asOf: number, from = store): Promise<number[]> {
    const archive = await openArchive(from, await readMarket(from, market), {
      series: ['A.close'],
      from: calendar.first,
      calendar,
      now: Date.UTC(2027, 0),
    });
    return [...snapshotOf(archive, asOf).canonical('A.close').values];
  }

  const files = {
    'A.csv': 'date,close,volume\n2026-01-02,10,5\n2026-01-05,11.50,\n',
    'RATE.csv': 'date,upper\n2026-01-03,3.75\n',
    'universes.csv': 'universe,symbol,from,to\nDATED,X,2026-01-02,\n',
  };

  it('stores everything once: a second one is unchanged and changes nothing', async () => {
    expect(await importFiles(files, MONDAY)).toEqual({ accepted: 4, revised: 0, unchanged: 0 });
    const before = await contents(store, IDS);
    const again = { ...files, 'A.csv': 'date,close,volume\n2026-01-05,11.5,\n2026-01-02,1e1,5.0\n' };
    expect(await importFiles(again, TUESDAY)).toEqual({ accepted: 0, revised: 0, unchanged: 4 });
    expect(await contents(store, IDS)).toEqual(before);
  });

  it('keeps a changed value as a revision known from then', async () => {
    await importFiles(files, MONDAY);
    const changed = { 'A.csv': 'date,close\n2026-01-02,10.5\n2026-01-05,11.5\n2026-01-06,12\n' };
    expect(await importFiles(changed, TUESDAY)).toEqual({ accepted: 1, revised: 1, unchanged: 1 });
    expect(await closesAt(TUESDAY - 1)).toEqual([10, 11.5, 12]);
    expect(await closesAt(TUESDAY)).toEqual([10.5, 11.5, 12]);
    expect(await importFiles(changed, TUESDAY + 1)).toEqual({ accepted: 0, revised: 0, unchanged: 3 });
  });

  it('keeps a revision that says when it became known, and finds the whole folder unchanged again', async () => {
    const known = { 'A.csv': 'date,known,close\n2026-01-02,,10\n2026-01-02,2026-01-05,11\n' };
    expect(await importFiles(known, TUESDAY)).toEqual({ accepted: 1, revised: 1, unchanged: 0 });
    expect(await importFiles(known, TUESDAY + 1)).toEqual({ accepted: 0, revised: 0, unchanged: 2 });
    expect(await closesAt(closeOf('2026-01-05') - 1)).toEqual([10]);
    expect(await closesAt(closeOf('2026-01-05'))).toEqual([11]);
  });

  it('finds a folder that says two things of one key unchanged again', async () => {
    const twice = { 'A.csv': 'date,close\n2026-01-02,10\n2026-01-02,11\n2026-01-02,11\n' };
    expect(await importFiles(twice, MONDAY)).toEqual({ accepted: 1, revised: 1, unchanged: 1 });
    expect(await importFiles(twice, TUESDAY)).toEqual({ accepted: 0, revised: 0, unchanged: 3 });
    expect(await closesAt(MONDAY - 1)).toEqual([10]);
    expect(await closesAt(MONDAY)).toEqual([11]);
  });

  it('comes to the same whatever the order of rows that say when they became known', async () => {
    const row = fc.record({ value: fc.integer({ min: 1, max: 3 }), hour: fc.integer({ min: 0, max: 9 }) });
    const rows = fc.uniqueArray(row, { maxLength: 5, selector: ({ hour }) => hour });
    const text = ({ value, hour }: { value: number; hour: number }): Files => ({
      'A.csv': `date,known,close\n2026-01-02,2026-01-05T0${hour}:00Z,${value}\n`,
    });
    const closes = async (given: readonly { value: number; hour: number }[]): Promise<number[][]> => {
      const own = await startEmbeddedDynamoDb(null);
      try {
        const fresh = createDynamoObservations(own);
        for (const one of given) await importFiles(text(one), TUESDAY, fresh);
        const hours = Array.from({ length: 10 }, (_, hour) => Date.UTC(2026, 0, 5, hour));
        return await Promise.all(hours.map((asOf) => closesAt(asOf, fresh)));
      } finally {
        await own.end();
      }
    };
    await fc.assert(
      fc.asyncProperty(rows, async (given) => {
        expect(await closes(given)).toEqual(await closes(given.toReversed()));
      }),
      { numRuns: 4 },
    );
  });

  it('replaces the membership of the universes a file names', async () => {
    await importFiles(files, MONDAY);
    await importFiles(
      { 'universes.csv': 'universe,symbol,from,to\nDATED,X,2026-01-02,2026-01-06\n' },
      TUESDAY,
    );
    expect(await contents(store, IDS)).toMatchObject({
      memberships: [{ universe: 'DATED', instrument: 'X', from: '2026-01-02', to: '2026-01-06' }],
    });
  });
});
