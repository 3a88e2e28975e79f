import { afterAll, beforeAll } from 'vitest';
import type { Connection } from '../../adapters/dynamodb/table.ts';
import { type EmbeddedDynamoDb, startEmbeddedDynamoDb } from '../../local/embedded-dynamodb.ts';
import { ensureTable } from '../../local/embedded-table.ts';

/** One embedded DynamoDB in memory for the tests of a file; every call makes an empty table. */
export function embeddedTables(): () => Promise<
  Connection & { readonly client: EmbeddedDynamoDb['client'] }
> {
  let embedded: EmbeddedDynamoDb;
  let made = 0;

  beforeAll(async () => {
    embedded = await startEmbeddedDynamoDb(null);
  });

  afterAll(() => embedded.end());

  return async () => {
    const table = `table-${made++}`;
    await ensureTable(embedded.client, table);
    return { client: embedded.client, table };
  };
}
