import {
  CreateTableCommand,
  DescribeTableCommand,
  type DynamoDBClient,
  ResourceInUseException,
} from '@aws-sdk/client-dynamodb';
import { createTableInput } from '../adapters/dynamodb/create-table.ts';

/** The engine needs a few milliseconds; a table that is still not there was left half made by a process that died. */
const MOST_LOOKS = 1000;

/** Creates the table unless it is there, and waits until it can be used: the engine answers before that. */
export async function ensureTable(client: DynamoDBClient, name: string): Promise<void> {
  try {
    await client.send(new CreateTableCommand(createTableInput(name)));
  } catch (error) {
    if (!(error instanceof ResourceInUseException)) throw error;
  }
  for (let look = 0; look < MOST_LOOKS; look++) {
    const { Table } = await client.send(new DescribeTableCommand({ TableName: name }));
    if (Table?.TableStatus === 'ACTIVE') return;
  }
  throw new Error('the store was never finished and holds nothing: start again with --reset');
}
