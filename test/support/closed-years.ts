import { createDynamoObservations } from '../../adapters/dynamodb/observations.ts';
import type { Connection } from '../../adapters/dynamodb/table.ts';
import { createMemoryObservations } from '../../adapters/memory/observations.ts';
import { batchOf, type Said } from './observations.ts';

export const IDS = ['A.close', 'B.close', 'C.close'];
export const MINUTE = 60_000;
export const START = Date.UTC(2026, 0, 20, 22);
/** Later than anybody who began to write may still be at it. */
export const LATER = START + 16 * MINUTE;

export const FIRST: readonly Said[] = [
  ['A.close', '2023-12-29', 8],
  ['A.close', '2024-12-31', 10],
  ['A.close', '2025-01-02', 11],
  ['B.close', '2025-01-02', 1 / 3],
  ['C.close', '2026-01-05', 5],
];
/** A revision and first values of closed years, and an open day. */
export const SECOND: readonly Said[] = [
  ['A.close', '2025-01-02', 12],
  ['B.close', '2024-12-31', 7],
  ['C.close', '2026-01-06', 6],
];

/** A store on an empty table, and one in memory, with the first statements in both. */
export async function bothWithFirst(table: Connection) {
  const [store, model] = [createDynamoObservations(table), createMemoryObservations()];
  await store.record(batchOf(FIRST), START);
  await model.record(batchOf(FIRST), START);
  return { table, model, store };
}
