import { chmodSync, rmSync } from 'node:fs';
import { Agent, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { join } from 'node:path';
import { DescribeTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import dynalite from 'dynalite';
import { CLIENT_SETTINGS } from '../adapters/dynamodb/client-settings.ts';
import type { Connection } from '../adapters/dynamodb/table.ts';
import { ensureTable } from './embedded-table.ts';
import { lockFolder } from './folder-lock.ts';

/** A DynamoDB on this machine with the table in it. */
export interface EmbeddedDynamoDb extends Connection {
  readonly client: DynamoDBClient;
  /** Ends it: open requests are answered, the files closed, the folder let go. */
  end(): Promise<void>;
}

/** `shared`: other processes of the same user may use it too, through `connectEmbeddedDynamoDb`. */
export type Door = 'private' | 'shared';

const TABLE_NAME = 'tidemark';
const ANY_PORT = 0;
/** Paths of sockets are limited to 104 bytes or a little more, by system. */
const LONGEST_SOCKET_PATH = 100;
const OWNER_ONLY = 0o600;
const MOST_CONNECTIONS = 50;

/**
 * Starts a DynamoDB on this machine only, with its files in a folder (null: in memory). It listens on a socket in the
 * folder that its owner alone may use, or on a free port where it cannot have one. Throws a `FolderInUseError` where
 * another process has the folder open.
 */
export async function startEmbeddedDynamoDb(
  folder: string | null,
  door: Door = 'private',
): Promise<EmbeddedDynamoDb> {
  const lock = folder === null ? null : lockFolder(folder);
  const server = dynalite({ createTableMs: 0, ...(folder === null ? {} : { path: join(folder, 'table') }) });
  let client: DynamoDBClient | null = null;
  const end = async (): Promise<void> => {
    client?.destroy();
    await closed(server);
    lock?.release();
  };
  try {
    client = await listening(server, folder === null ? null : socketIn(folder, door));
    await ensureTable(client, TABLE_NAME);
    return { client, table: TABLE_NAME, end };
  } catch (error) {
    await end();
    throw error;
  }
}

/** Uses the DynamoDB that another process has opened to others in a folder; null where nobody answers there. */
export async function connectEmbeddedDynamoDb(folder: string): Promise<EmbeddedDynamoDb | null> {
  const path = socketIn(folder, 'shared');
  if (path === null) return null;
  const client = clientAt(path);
  try {
    await client.send(new DescribeTableCommand({ TableName: TABLE_NAME }));
  } catch {
    client.destroy();
    return null;
  }
  return { client, table: TABLE_NAME, end: async () => client.destroy() };
}

function socketIn(folder: string, door: Door): string | null {
  const path = join(folder, door === 'shared' ? 'socket' : 'socket.private');
  const fits = process.platform !== 'win32' && Buffer.byteLength(path) <= LONGEST_SOCKET_PATH;
  return fits ? path : null;
}

/** A client of what listens on a socket, or on a port of this machine. Any credentials do: this engine checks none. */
function clientAt(place: string | number): DynamoDBClient {
  const ground = {
    ...CLIENT_SETTINGS,
    region: 'us-east-1',
    credentials: { accessKeyId: 'embedded', secretAccessKey: 'embedded' },
  };
  if (typeof place === 'number')
    return new DynamoDBClient({ ...ground, endpoint: `http://127.0.0.1:${place}` });
  const agent = new Agent({ keepAlive: true, maxSockets: MOST_CONNECTIONS });
  const httpAgent = Object.assign(agent, { createConnection: () => connect(place) });
  return new DynamoDBClient({ ...ground, endpoint: 'http://localhost', requestHandler: { httpAgent } });
}

function listening(server: Server, socket: string | null): Promise<DynamoDBClient> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    if (socket === null) {
      server.listen(ANY_PORT, '127.0.0.1', () => resolve(clientAt((server.address() as AddressInfo).port)));
      return;
    }
    // Left behind by a process that died: whoever holds the folder's lock is the only one to listen here.
    rmSync(socket, { force: true });
    server.listen(socket, () => {
      chmodSync(socket, OWNER_ONLY);
      resolve(clientAt(socket));
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
