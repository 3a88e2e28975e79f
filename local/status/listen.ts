import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import type { Served } from './site.ts';
import { answerNoRequest, answerUnreadable } from './unreadable.ts';

/** Pages that are served to this machine. */
export interface Listening {
  /** `http://127.0.0.1:8731`. */
  readonly address: string;
  readonly end: () => Promise<void>;
}

const ONLY_HERE = '127.0.0.1';
const TRIES = 20;
const LAST_PORT = 65_535;

/** Serves pages on a port or, where it is taken, on the next free one of twenty; 0 is any. Null where none is free. */
export async function listen(pages: Served, port: number): Promise<Listening | null> {
  const last = Math.min(port + TRIES - 1, LAST_PORT);
  for (let tried = port; tried <= last; tried += 1) {
    const server = serverOf(pages);
    if (!(await bound(server, tried))) continue;
    const at = server.address();
    const taken = typeof at === 'object' && at !== null ? at.port : tried;
    return { address: `http://${ONLY_HERE}:${taken}`, end: () => ended(server) };
  }
  return null;
}

/** A server that answers what it cannot read in the shape of all problems, a request without `Host` included. */
function serverOf({ fetch }: Served): Server {
  const listener = getRequestListener(fetch, { errorHandler: answerUnreadable });
  const server = createServer({ requireHostHeader: false }, (asked, answer) => void listener(asked, answer));
  return server.on('clientError', answerNoRequest);
}

/** Whether the port could be taken; what else goes wrong is thrown. */
async function bound(server: Server, port: number): Promise<boolean> {
  try {
    server.listen(port, ONLY_HERE);
    await once(server, 'listening');
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EADDRINUSE' || code === 'EACCES') return false;
    throw error;
  }
}

async function ended(server: Server): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  server.closeAllConnections();
  await closed;
}
