import { ProvisionedThroughputExceededException } from '@aws-sdk/client-dynamodb';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createDynamoObservations } from '../../../adapters/dynamodb/observations.ts';
import type { Connection } from '../../../adapters/dynamodb/table.ts';
import { createMemoryObservations } from '../../../adapters/memory/observations.ts';
import { batchOf, contents, type Said, saidOf } from '../../support/observations.ts';
import { embeddedTables } from '../../support/embedded-tables.ts';
import { type Failure, failingAt } from '../../support/failing-client.ts';

const emptyTable = embeddedTables();
const IDS = ['A.close', 'B.close', 'RATE.upper'];
const [IN_2025, IN_2026] = [Date.UTC(2025, 5, 2, 22), Date.UTC(2026, 0, 20, 22)];

/** Known while 2025 was open, in items of both kinds. */
const FIRST: readonly Said[] = [
  ['A.close', '2024-12-31', 10],
  ['A.close', '2025-01-02', 11],
  ['B.close', '2025-01-02', 1 / 3],
  ['RATE.upper', '2025-03-01', 4.25],
];
const SECOND: readonly Said[] = [
  ['A.close', '2025-01-02', 12],
  ['B.close', '2024-12-31', 7],
  ['B.close', '2025-12-31', 9],
  ['A.close', '2025-12-31', 13, IN_2026 - 5],
];
const SPAN = { universe: 'U', instrument: 'A', from: null, to: null };

/** A table with the first statements, and a store in memory with the same. */
async function bothWithFirst(): Promise<{
  table: Connection;
  model: ReturnType<typeof createMemoryObservations>;
}> {
  const [table, model] = [await emptyTable(), createMemoryObservations()];
  await createDynamoObservations(table).record(batchOf(FIRST), IN_2025);
  await model.record(batchOf(FIRST), IN_2025);
  return { table, model };
}

/** Fails every call of some work once, each on a fresh table, and tells how many calls there were. */
async function everyFailure(
  failure: Failure,
  work: (
    connection: Connection,
    table: Connection,
    model: ReturnType<typeof createMemoryObservations>,
  ) => Promise<void>,
): Promise<number> {
  for (let call = 0; ; call++) {
    const { table, model } = await bothWithFirst();
    const failing = failingAt(table, call, failure);
    await work(failing, table, model);
    if (failing.calls() <= call) return call;
  }
}

describe('the table of observations', () => {
  it.each<Failure>(['before', 'after'])(
    'holds the same whichever call of a recording fails %s its effect',
    async (failure) => {
      const calls = await everyFailure(failure, async (failing, table, model) => {
        // A membership that changed would hide that a revision did.
        const batch = batchOf(SECOND, failure === 'before' ? [] : [SPAN]);
        await createDynamoObservations(failing)
          .record(batch, IN_2026)
          .catch(() => undefined);
        await createDynamoObservations(table).record(batch, IN_2026);
        await model.record(batch, IN_2026);
        expect(await contents(createDynamoObservations(table), IDS)).toEqual(await contents(model, IDS));
      });
      expect(calls).toBeGreaterThan(5);
    },
  );

  it.each<Failure>(['before', 'after'])(
    'reads the same whichever call of a compaction fails %s its effect',
    async (failure) => {
      const calls = await everyFailure(failure, async (failing, table, model) => {
        const store = createDynamoObservations(table);
        await createDynamoObservations(failing)
          .compact(2025, IN_2026)
          .catch(() => undefined);
        expect(await contents(store, IDS)).toEqual(await contents(model, IDS));
        await store.record(batchOf(SECOND), IN_2026);
        await model.record(batchOf(SECOND), IN_2026);
        expect(await contents(store, IDS)).toEqual(await contents(model, IDS));
        await store.compact(2025, IN_2026 + 1);
        await store.compact(2025, IN_2026 + 2);
        expect(await contents(store, IDS)).toEqual(await contents(model, IDS));
      });
      expect(calls).toBeGreaterThan(5);
    },
  );

  it('loses nothing of what is recorded while a year is compacted', async () => {
    const dates = ['2025-01-02', '2025-07-01', '2025-12-31', '2026-01-02'];
    const all = saidOf(['A.close', 'B.close'], dates, IN_2026 - 2000);
    await fc.assert(
      fc.asyncProperty(all, fc.integer({ min: 1, max: 5 }), async (said, size) => {
        const { table, model } = await bothWithFirst();
        const portions = Array.from({ length: Math.ceil(said.length / size) }, (_, index) =>
          said.slice(index * size, (index + 1) * size),
        );
        const store = createDynamoObservations(table);
        await Promise.all([
          store.compact(2025, IN_2026),
          ...portions.map((portion) => createDynamoObservations(table).record(batchOf(portion), IN_2026)),
          createDynamoObservations(table).compact(2025, IN_2026),
        ]);
        await model.record(batchOf(said), IN_2026);
        const [stored, expected] = [await contents(store, IDS), await contents(model, IDS)];
        expect(asSets(stored)).toEqual(asSets(expected));
      }),
      { numRuns: 12 },
    );
  });

  it('stores again by series what it stored by day while the year was being closed', async () => {
    const table = await emptyTable();
    const store = createDynamoObservations(table);
    const around: readonly Said[] = [
      ['B.close', '2025-01-02', 1],
      ['B.close', '2025-06-02', 2],
    ];
    await store.record(batchOf(around), IN_2025);
    let closed = false;
    const send = async (command: { input: { Item?: { pk?: { S?: string } } } }): Promise<unknown> => {
      if (command.input.Item?.pk?.S?.startsWith('DAY#') === true && !closed) {
        closed = true;
        await store.compact(2025, IN_2026);
      }
      return table.client.send(command as never);
    };
    // Neither first nor last, and no revision: nothing but the closing itself tells that it must be stored again.
    const between: Said = ['B.close', '2025-03-03', 3];
    const slow = createDynamoObservations({ table: table.table, client: { send } as Connection['client'] });
    expect(await slow.record(batchOf([between]), IN_2026)).toEqual({ accepted: 1, revised: 0, unchanged: 0 });
    expect(closed).toBe(true);
    const model = createMemoryObservations();
    await model.record(batchOf([...around, between]), IN_2025);
    expect(await contents(store, IDS)).toEqual(await contents(model, IDS));
  });

  it('keeps what was recorded by series while a slower compaction still moves days', async () => {
    const { table, model } = await bothWithFirst();
    const store = createDynamoObservations(table);
    let overtaken = false;
    const send = async (command: { input: { Item?: { pk?: { S?: string } } } }): Promise<unknown> => {
      if (command.input.Item?.pk?.S?.startsWith('YEAR#') === true && !overtaken) {
        overtaken = true;
        await store.compact(2025, IN_2026);
        await store.record(batchOf(SECOND), IN_2026);
      }
      return table.client.send(command as never);
    };
    const slow = createDynamoObservations({ table: table.table, client: { send } as Connection['client'] });
    await slow.compact(2025, IN_2026);
    expect(overtaken).toBe(true);
    await model.record(batchOf(SECOND), IN_2026);
    expect(await contents(store, IDS)).toEqual(await contents(model, IDS));
  });

  it('refuses to compact a year that is not over', async () => {
    const store = createDynamoObservations(await emptyTable());
    await expect(store.compact(2026, IN_2026)).rejects.toThrow('2026 is not over');
    await store.compact(2025, IN_2026);
    expect(await store.catalog()).toEqual([]);
  });

  it('takes a session of 3,000 series in one item and lists 5,000', async () => {
    const store = createDynamoObservations(await emptyTable());
    const day = (count: number, date: string) =>
      batchOf(
        Array.from(
          { length: count },
          (_, index): Said => [`SYMBOL-${index}.close`, date, Math.sqrt(index + 2)],
        ),
      );
    expect((await store.record(day(3000, '2026-01-05'), IN_2026)).accepted).toBe(3000);
    expect((await store.record(day(5000, '2026-01-06'), IN_2026)).accepted).toBe(5000);
    const listed = await store.catalog();
    expect(listed).toHaveLength(5000);
    const { series } = await store.load({ series: [{ id: 'SYMBOL-2999.close', from: '2026-01-01' }] });
    expect([0, 1].map((index) => series[0]?.rows.value(index))).toEqual([Math.sqrt(3001), Math.sqrt(3001)]);
  });

  it('asks again for what a batch left undone, after a pause', async () => {
    const { table, model } = await bothWithFirst();
    const pauses: number[] = [];
    let left = 2;
    const send = async (command: { input: { RequestItems?: unknown } }): Promise<unknown> => {
      if (command.input.RequestItems === undefined || left-- <= 0) return table.client.send(command as never);
      return { Responses: {}, UnprocessedKeys: command.input.RequestItems };
    };
    const pause = async (milliseconds: number): Promise<void> => void pauses.push(milliseconds);
    const store = createDynamoObservations({
      table: table.table,
      client: { send } as Connection['client'],
      pause,
    });
    await store.record(batchOf(SECOND), IN_2026);
    await model.record(batchOf(SECOND), IN_2026);
    expect(pauses).toEqual([25, 50]);
    expect(await contents(createDynamoObservations(table), IDS)).toEqual(await contents(model, IDS));
  });

  it('passes on what DynamoDB throws as it comes', async () => {
    const { table } = await bothWithFirst();
    const throttled = new ProvisionedThroughputExceededException({ message: 'slow down', $metadata: {} });
    const client = { send: () => Promise.reject(throttled) } as unknown as Connection['client'];
    const store = createDynamoObservations({ table: table.table, client });
    await expect(store.record(batchOf(SECOND), IN_2026)).rejects.toBe(throttled);
    await expect(store.load({ series: [] })).rejects.toBe(throttled);
  });
});

/** Statements of a key that say the same of when they became known may come in either order. */
function asSets(all: unknown): unknown {
  const { statements, ...rest } = all as { statements: unknown[]; changedAt: number };
  return { ...rest, changedAt: 0, statements: new Set(statements.map((one) => JSON.stringify(one))) };
}
