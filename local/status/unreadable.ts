import { STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { RequestError } from '@hono/node-server';
import { type Problem, UNEXPECTED } from '../../lambdas/api/problem.ts';
import { problemOf, responseOf } from '../../lambdas/api/web/answer.ts';

/** What was sent is no request that anything here could read; a `reason` never repeats what it was. */
function unreadable(status: Problem['status'], reason: string): Problem {
  const detail = `the request cannot be read: ${reason}`;
  return { status, code: 'invalid', title: 'Some of what was sent is not valid', detail };
}

/** Answers what was HTTP and had no address that can be read, by a bad `Host` for one. */
export function answerUnreadable(error: unknown): Response {
  const problem = error instanceof RequestError ? unreadable(400, error.message) : UNEXPECTED;
  return responseOf(problemOf(problem));
}

const TIMEOUT = 'ERR_HTTP_REQUEST_TIMEOUT';
const OVERFLOW = 'HPE_HEADER_OVERFLOW';

/** Answers what was no HTTP, a method that nobody knows for one, and hangs up; a connection that is gone gets nothing. */
export function answerNoRequest(error: NodeJS.ErrnoException, socket: Duplex): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const status = error.code === TIMEOUT ? 408 : error.code === OVERFLOW ? 431 : 400;
  const { body } = problemOf(unreadable(status, 'method, headers or length are none that HTTP has'));
  const lines = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    'Connection: close',
    'Cache-Control: no-store',
    'Content-Type: application/problem+json',
    `Content-Length: ${Buffer.byteLength(body)}`,
  ];
  socket.end(`${lines.join('\r\n')}\r\n\r\n${body}`);
}
