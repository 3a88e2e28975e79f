import { describe, expect, it } from 'vitest';
import { createDynamoObservations } from '../../../adapters/dynamodb/observations.ts';
import { batchOf, contents, type Said, statements } from '../../support/observations.ts';
import { bothWithFirst, IDS, LATER, MINUTE, SECOND, START } from '../../support/closed-years.ts';
import { keysRead, seen, writtenTo } from '../../support/seen-table.ts';
import { embeddedTables } from '../../support/embedded-tables.ts';

const emptyTable = embeddedTables();
describe('packs, of a recording that is slow or dies,', () => {
  it('are given up once more by a recording that took longer than anybody waits for', async () => {
    const { table, model, store } = await bothWithFirst(await emptyTable());
    await store.pack(LATER);
    const said: readonly Said[] = [
      ['A.close', '2023-12-29', 9],
      ['A.close', '2025-01-02', 12],
    ];
    let years = 0;
    const slow = seen(table, async (command) => {
      if (!writtenTo(command).startsWith('YEAR#') || years++ > 0) return;
      // Who has just begun may be at it still; after a quarter of an hour nobody is waited for.
      await store.pack(LATER + 30 * MINUTE);
      expect(await keysRead(table, IDS)).toEqual({ YEAR: 4 });
      await store.pack(LATER + 40 * MINUTE);
      expect(await keysRead(table, IDS)).toEqual({ PACK: 3 });
    });
    await createDynamoObservations(slow).record(batchOf(said), LATER + 20 * MINUTE);
    await model.record(batchOf(said), LATER + 20 * MINUTE);
    expect(years).toBe(2);
    expect(await keysRead(table, IDS)).toEqual({ YEAR: 4 });
    expect(await contents(store, IDS)).toEqual(await contents(model, IDS));
  });

  it('take in what a recording left behind the last day of its series, once an open day comes to it', async () => {
    const { table, store } = await bothWithFirst(await emptyTable());
    await store.record(batchOf([['D.close', '2023-12-29', 1]]), START);
    const left: Said = ['D.close', '2025-01-02', 2];
    let years = 0;
    const dying = seen(table, (command) => {
      if (writtenTo(command).startsWith('YEAR#')) years += 1;
      else if (writtenTo(command) === 'CATALOG' && years > 0) throw new Error('the connection is gone');
    });
    await expect(createDynamoObservations(dying).record(batchOf([left]), START)).rejects.toThrow('gone');
    await store.pack(LATER);
    await store.record(batchOf([['D.close', '2026-01-05', 3]]), LATER + MINUTE);
    const ids = [...IDS, 'D.close'];
    const found = await store.load({ series: ids.map((id) => ({ id, from: '1990-01-01' })) });
    const values = statements(found).flatMap((one) => {
      const [id, , value] = one as [string, number, number];
      return id === 'D.close' ? [value] : [];
    });
    expect(values).toEqual([1, 2, 3]);
  });

  it('take in what a recording wrote that took longer than anybody waits for and died, once it is repeated', async () => {
    const { table, model, store } = await bothWithFirst(await emptyTable());
    await store.pack(LATER);
    let years = 0;
    const asleep = seen(table, async (command) => {
      if (writtenTo(command).startsWith('YEAR#') && years++ === 0) await store.pack(LATER + 30 * MINUTE);
      else if (writtenTo(command) === 'CATALOG' && years > 0) throw new Error('the connection is gone');
    });
    await expect(createDynamoObservations(asleep).record(batchOf(SECOND), LATER + MINUTE)).rejects.toThrow(
      'gone',
    );
    expect(years).toBe(2);
    // A revision that is found as it should be, within the range of its series: nothing is written.
    await store.record(batchOf(SECOND.slice(0, 1)), LATER + 40 * MINUTE);
    expect(await keysRead(table, IDS)).toEqual({ YEAR: 4 });
    await store.record(batchOf(SECOND), LATER + 40 * MINUTE);
    await model.record(batchOf(SECOND), LATER + MINUTE);
    const { statements: repeated } = (await contents(store, IDS)) as { statements: unknown };
    expect(repeated).toEqual(((await contents(model, IDS)) as { statements: unknown }).statements);
    await store.pack(LATER + 60 * MINUTE);
    expect(await keysRead(table, IDS)).toEqual({ PACK: 3 });
    expect(((await contents(store, IDS)) as { statements: unknown }).statements).toEqual(repeated);
  });
});
