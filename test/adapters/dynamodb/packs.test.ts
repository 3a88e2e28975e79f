import { BatchGetItemCommand } from '@aws-sdk/client-dynamodb';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createDynamoObservations } from '../../../adapters/dynamodb/observations.ts';
import type { Connection } from '../../../adapters/dynamodb/table.ts';
import { batchOf, contents, type Said, saidOf, statements } from '../../support/observations.ts';
import { bothWithFirst, FIRST, IDS, LATER, MINUTE, SECOND, START } from '../../support/closed-years.ts';
import { keysRead, seen, writtenTo } from '../../support/seen-table.ts';
import { embeddedTables } from '../../support/embedded-tables.ts';
import { type Failure, failingAt } from '../../support/failing-client.ts';

const emptyTable = embeddedTables();
async function loaded(table: Connection): Promise<unknown> {
  return statements(
    await createDynamoObservations(table).load({ series: IDS.map((id) => ({ id, from: '1990-01-01' })) }),
  );
}

describe('packs of closed years', () => {
  it('are read instead of year items once nobody has written those for a while', async () => {
    const { table, model, store } = await bothWithFirst(await emptyTable());
    await store.pack(START + MINUTE);
    expect(await keysRead(table, IDS)).toEqual({ YEAR: 4 });
    await store.pack(LATER);
    expect(await keysRead(table, IDS)).toEqual({ PACK: 3 });
    expect(await contents(store, IDS)).toEqual(await contents(model, IDS));
  });

  it('are given up by the next write of a closed year, and not by one of an open day or of nothing new', async () => {
    const { table, model, store } = await bothWithFirst(await emptyTable());
    await store.pack(LATER);
    await store.record(batchOf(FIRST), LATER + MINUTE);
    await store.record(batchOf(SECOND.slice(2)), LATER + MINUTE);
    expect(await keysRead(table, IDS)).toEqual({ PACK: 3 });
    await store.record(batchOf(SECOND), LATER + 2 * MINUTE);
    expect(await keysRead(table, IDS)).toEqual({ YEAR: 5 });
    await store.pack(LATER + 10 * MINUTE);
    expect(await keysRead(table, IDS)).toEqual({ YEAR: 5 });
    await store.pack(LATER + 20 * MINUTE);
    expect(await keysRead(table, IDS)).toEqual({ PACK: 3 });
    await model.record(batchOf(SECOND.slice(2)), LATER + MINUTE);
    await model.record(batchOf(SECOND), LATER + 2 * MINUTE);
    expect(await contents(store, IDS)).toEqual(await contents(model, IDS));
  });

  it('take in a year that was closed since', async () => {
    const { table, model, store } = await bothWithFirst(await emptyTable());
    await store.pack(LATER);
    const IN_2027 = Date.UTC(2027, 0, 20, 22);
    await store.compact(2026, IN_2027);
    expect(await keysRead(table, IDS)).toEqual({ PACK: 3, YEAR: 1 });
    await store.pack(IN_2027 + 16 * MINUTE);
    expect(await keysRead(table, IDS)).toEqual({ PACK: 4 });
    expect(await contents(store, IDS)).toEqual(await contents(model, IDS));
  });

  it('are left alone by whoever wants few of the series they hold', async () => {
    const table = await emptyTable();
    const store = createDynamoObservations(table);
    const many = Array.from({ length: 30 }, (_, index): Said => [`S${index}.close`, '2025-01-02', index + 1]);
    await store.record(batchOf(many), START);
    await store.pack(LATER);
    const read: string[] = [];
    const watched = seen(table, (command) => {
      if (command instanceof BatchGetItemCommand) read.push(JSON.stringify(command.input.RequestItems));
    });
    const { series } = await createDynamoObservations(watched).load({
      series: [{ id: 'S7.close', from: '2020-01-01' }],
    });
    expect(series[0]?.rows.value(0)).toBe(8);
    expect(read.join()).toContain('YEAR#S7.close');
    expect(read.join()).not.toContain('PACK');
  });

  it('that would be too large hold nothing, and their years are read one by one', async () => {
    const table = await emptyTable();
    const store = createDynamoObservations(table);
    const days = Array.from({ length: 300 }, (_, index) =>
      new Date(Date.UTC(2025, 0, 1 + index)).toISOString().slice(0, 10),
    );
    const said = Array.from({ length: 64 }, (_, number) =>
      days.flatMap((date, index): Said[] => [
        [`S${number}.close`, date, Math.sqrt(number * 300 + index + 2)],
        [`S${number}.close`, date, Math.sqrt(number + 7) + index, START - 5],
      ]),
    ).flat();
    await store.record(batchOf([...said, ['S1.close', '2024-12-31', 3]]), START);
    const need = {
      series: Array.from({ length: 64 }, (_, number) => ({ id: `S${number}.close`, from: '2024-01-01' })),
    };
    const before = statements(await store.load(need));
    await store.pack(LATER);
    let years = 0;
    const watched = seen(table, (command) => {
      if (command instanceof BatchGetItemCommand)
        years += JSON.stringify(command.input.RequestItems).split('YEAR#').length - 1;
    });
    expect(statements(await createDynamoObservations(watched).load(need))).toEqual(before);
    expect(years).toBe(64);
    expect(before).toHaveLength(64 * 600 + 1);
  });

  it.each<Failure>(['before', 'after'])(
    'say what the year items say whichever call of a packing fails %s its effect',
    async (failure) => {
      for (let call = 0; ; call += 1) {
        const { table, model, store } = await bothWithFirst(await emptyTable());
        const failing = failingAt(table, call, failure);
        await createDynamoObservations(failing)
          .pack(LATER)
          .catch(() => undefined);
        const isThrough = failing.calls() <= call;
        expect(await contents(store, IDS)).toEqual(await contents(model, IDS));
        await store.record(batchOf(SECOND), LATER + MINUTE);
        await model.record(batchOf(SECOND), LATER + MINUTE);
        expect(await contents(store, IDS)).toEqual(await contents(model, IDS));
        await store.pack(LATER + 60 * MINUTE);
        expect(await contents(store, IDS)).toEqual(await contents(model, IDS));
        if (!isThrough) continue;
        expect(call).toBeGreaterThan(8);
        break;
      }
    },
  );

  it.each<Failure>(['before', 'after'])(
    'take in what a recording left that failed at any call, %s its effect, repeated late or never',
    async (failure) => {
      let written = 0;
      for (let call = 0; ; call += 1) {
        const { table, store } = await bothWithFirst(await emptyTable());
        await store.pack(LATER);
        const before = await loaded(table);
        const failing = failingAt(table, call, failure);
        await createDynamoObservations(failing)
          .record(batchOf(SECOND), LATER + MINUTE)
          .catch(() => undefined);
        // Marked, so that year items are read.
        const left = await loaded(table);
        if (JSON.stringify(left) !== JSON.stringify(before)) written += 1;
        await store.pack(LATER + 2 * MINUTE);
        await store.pack(LATER + 60 * MINUTE);
        expect(await loaded(table)).toEqual(left);
        // And what it left outside of the range of its series, which whoever repeats it finds unchanged.
        await store.record(batchOf(SECOND), LATER + 61 * MINUTE);
        expect(JSON.stringify(await loaded(table))).toContain('["B.close",20088,7,');
        if (failing.calls() <= call) break;
      }
      expect(written).toBeGreaterThan(1);
    },
  );

  it('of somebody slow do not take the place of later ones', async () => {
    const { table, model, store } = await bothWithFirst(await emptyTable());
    let overtaken = 0;
    const slow = seen(table, async (command) => {
      if (!writtenTo(command).startsWith('PACK#') || overtaken++ > 0) return;
      await store.record(batchOf(SECOND), LATER + MINUTE);
      await store.pack(LATER + 60 * MINUTE);
    });
    await createDynamoObservations(slow).pack(LATER);
    expect(overtaken).toBe(1);
    await model.record(batchOf(SECOND), LATER + MINUTE);
    expect(await keysRead(table, IDS)).toEqual({ PACK: 3 });
    expect(await contents(store, IDS)).toEqual(await contents(model, IDS));
  });

  it('lose nothing of what is recorded and closed while they are made', async () => {
    const dates = ['2024-12-31', '2025-07-01', '2025-12-31', '2026-01-02'];
    const all = saidOf(IDS, dates, START - 2000);
    await fc.assert(
      fc.asyncProperty(all, fc.integer({ min: 1, max: 5 }), async (said, size) => {
        const { table, model, store } = await bothWithFirst(await emptyTable());
        const portions = Array.from({ length: Math.ceil(said.length / size) }, (_, index) =>
          said.slice(index * size, (index + 1) * size),
        );
        const other = (): typeof store => createDynamoObservations(table);
        await Promise.all([
          store.pack(LATER),
          ...portions.map((portion) => other().record(batchOf(portion), LATER)),
          other().pack(LATER + MINUTE),
        ]);
        await model.record(batchOf(said), LATER);
        const asSet = async (from: typeof model): Promise<unknown> => {
          const known = await from.load({ series: IDS.map((id) => ({ id, from: '1990-01-01' })) });
          return new Set(statements(known).map((one) => JSON.stringify(one)));
        };
        expect(await asSet(store)).toEqual(await asSet(model));
        await store.pack(LATER + 60 * MINUTE);
        expect((await keysRead(table, IDS))['YEAR']).toBeUndefined();
        expect(await asSet(store)).toEqual(await asSet(model));
      }),
      { numRuns: 15 },
    );
  });
});
