import type { IncomingMessage, ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import { WALL } from './bodies.ts';
import { ERRORS } from './errors.ts';
import type { Reply } from './world.ts';

/** How a replica may fail: on the way, at a wall, or with an error on record by its name. */
export type Fault =
  | 'hang'
  | 'drip'
  | 'reset'
  | 'truncate'
  | 'unavailable'
  | 'wall'
  | 'wall as data'
  | 'wrong type'
  | 'redirect away'
  | 'redirect home'
  | 'redirect forever'
  | 'too long'
  | 'throttle'
  | 'echo'
  | 'swell'
  | { readonly retryAfter: string; readonly status: 429 | 503 }
  | { readonly longer: number }
  | { readonly error: string };

const LONG = new Uint8Array(1024 * 1024);
/** Some kilobytes that become many megabytes. */
const SWELLING = gzipSync(new Uint8Array(12 * LONG.length));

/** What would have been said, with spaces after it up to so many bytes. */
function lengthened(reply: Reply, bytes: number): Uint8Array {
  const body = new Uint8Array(bytes).fill(32);
  body.set(Buffer.from(reply.body));
  return body;
}

/** Answers with a fault; `reply` is what the replica would have said. */
export function answerWith(
  fault: Fault,
  { request, response, reply }: { request: IncomingMessage; response: ServerResponse; reply: Reply },
): void {
  const end = (status: number, body: Uint8Array | string, headers: Record<string, string> = {}): void => {
    response.writeHead(status, headers).end(body);
  };
  if (typeof fault === 'object' && 'retryAfter' in fault) {
    return end(fault.status, 'later', { 'retry-after': fault.retryAfter });
  }
  if (typeof fault === 'object' && 'longer' in fault)
    return end(reply.status, lengthened(reply, fault.longer));
  if (typeof fault === 'object') {
    const error = ERRORS.find(({ name }) => name === fault.error);
    if (error === undefined) throw new Error(`no error on record is called ${fault.error}`);
    return end(error.status, error.body);
  }
  switch (fault) {
    case 'hang':
      return;
    case 'drip':
      return drip(response, reply);
    case 'reset':
      return void request.socket.destroy();
    case 'truncate': {
      const whole = Buffer.from(reply.body);
      response.writeHead(reply.status, { 'content-length': String(whole.length) });
      return void response.write(whole.subarray(0, whole.length / 2), () => request.socket.destroy());
    }
    case 'unavailable':
      return end(503, 'upstream connect error');
    case 'wall':
      return end(403, WALL, { 'content-type': 'text/html' });
    case 'wall as data':
      return end(200, WALL, { 'content-type': 'application/json' });
    case 'wrong type':
      return end(reply.status, reply.body, { 'content-type': 'image/png' });
    case 'redirect away':
      return end(302, '', { location: 'http://127.0.0.2:9/consent' });
    case 'redirect home':
      return end(308, '', { location: `${request.url?.replace('?', '/?')}` });
    case 'redirect forever':
      return end(302, '', { location: request.url ?? '/' });
    case 'too long':
      return pour(response);
    case 'swell':
      return end(200, SWELLING, { 'content-encoding': 'gzip', 'content-type': 'application/json' });
    case 'throttle':
      return end(429, JSON.stringify({ message: 'too many requests.' }), { 'retry-after': '7' });
    case 'echo':
      return end(400, JSON.stringify({ message: `${keysIn(request)} ${request.url}` }));
  }
}

/** Headers with a key, as a careless provider repeats them. */
function keysIn({ headers }: IncomingMessage): string {
  return Object.entries(headers)
    .filter(([name]) => /^(apca|authorization)/.test(name))
    .map(([, value]) => String(value))
    .join(' ');
}

function drip(response: ServerResponse, reply: Reply): void {
  const whole = Buffer.from(reply.body);
  response.writeHead(reply.status, { 'content-length': String(whole.length) });
  let sent = 0;
  const timer = setInterval(() => {
    if (sent >= whole.length || response.destroyed) return clearInterval(timer);
    response.write(whole.subarray(sent, sent + 1));
    sent += 1;
  }, 20);
  response.on('close', () => clearInterval(timer));
}

function pour(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'application/json' });
  const more = (): void => {
    if (!response.destroyed) response.write(LONG, more);
  };
  more();
}
