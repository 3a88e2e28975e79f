import type { AddressInfo } from 'node:net';
import type { Server } from 'node:http';
import { join } from 'node:path';
import { CreateTableCommand, DynamoDBClient, ResourceInUseException } from '@aws-sdk/client-dynamodb';
import dynalite from 'dynalite';
import { createTableInput } from '../adapters/dynamodb/create-table.ts';
import type { Connection } from '../adapters/dynamodb/table.ts';
import { lockFolder } from './folder-lock.ts';

/** A DynamoDB in this process with the table in it. */
export interface EmbeddedDynamoDb extends Connection {
  readonly client: DynamoDBClient;
  readonly endpoint: string;
  /** Ends it: open requests are answered, the files closed, the folder let go. */
  end(): Promise<void>;
}

const TABLE_NAME = 'tidemark';
const ANY_PORT = 0;

/**
 * Starts a DynamoDB on this machine only, on a free port, with its files in a folder (null: in memory). Throws a
 * `FolderInUseError` where another process has the folder open.
 */
export async function startEmbeddedDynamoDb(folder: string | null): Promise<EmbeddedDynamoDb> {
  const lock = folder === null ? null : lockFolder(folder);
  const server = dynalite({ createTableMs: 0, ...(folder === null ? {} : { path: join(folder, 'table') }) });
  let client: DynamoDBClient | null = null;
  const end = async (): Promise<void> => {
    client?.destroy();
    await closed(server);
    lock?.release();
  };
  try {
    const endpoint = await listening(server);
    // Any credentials do: this engine checks none.
    const credentials = { accessKeyId: 'embedded', secretAccessKey: 'embedded' };
    client = new DynamoDBClient({ endpoint, region: 'us-east-1', credentials });
    await createTable(client);
    return { client, table: TABLE_NAME, endpoint, end };
  } catch (error) {
    await end();
    throw error;
  }
}

async function createTable(client: DynamoDBClient): Promise<void> {
  try {
    await client.send(new CreateTableCommand(createTableInput(TABLE_NAME)));
  } catch (error) {
    if (!(error instanceof ResourceInUseException)) throw error;
  }
}

function listening(server: Server): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(ANY_PORT, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      resolve(`http://127.0.0.1:${port}`);
    });
  });
}

function closed(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => {
      resolve();
    });
  });
}
