import { request } from 'node:http';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ALL_HANDLERS } from '../../lambdas/api/all-handlers.ts';
import { createApi } from '../../lambdas/api/app.ts';
import { localAccess } from '../../local/api/access.ts';
import { type Listening, listen } from '../../local/status/listen.ts';
import { site } from '../../local/status/site.ts';
import { apiWorld } from '../lambdas/api/world.ts';

let listening: Listening;
let port: number;

beforeAll(async () => {
  const { ground } = await apiWorld();
  const pages = { fetch: () => new Response('a page') };
  const started = await listen(
    site({ api: createApi(ground, localAccess, ALL_HANDLERS), status: pages, console: pages }),
    0,
  );
  if (started === null) throw new Error('no port is free');
  listening = started;
  port = Number(new URL(started.address).port);
});

afterAll(() => listening.end());

interface Asked {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | readonly string[];
}

/** Asks over a real socket, with whatever headers somebody may send; several pieces of a body go out chunk by chunk. */
function ask(
  path: string,
  { method = 'GET', headers = {}, body = [] }: Asked = {},
): Promise<{
  readonly status: number;
  readonly body: string;
}> {
  return new Promise((resolve, reject) => {
    const asking = request({ host: '127.0.0.1', port, path, method, headers }, (answer) => {
      let text = '';
      answer.setEncoding('utf8');
      answer.on('data', (piece: string) => {
        text += piece;
      });
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, body: text }));
    });
    asking.on('error', reject);
    for (const piece of [body].flat()) asking.write(piece);
    asking.end();
  });
}

/** Sends bytes that no client of HTTP would, and reads until the server hangs up. */
function say(bytes: string): Promise<{ readonly head: string; readonly body: string }> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1');
    let text = '';
    socket.setEncoding('utf8');
    socket.on('data', (piece: string) => {
      text += piece;
    });
    socket.on('error', reject);
    socket.on('close', () => {
      const [head = '', body = ''] = text.split('\r\n\r\n');
      resolve({ head, body });
    });
    socket.write(bytes);
  });
}

const JSON_TYPE = { 'content-type': 'application/json' };
const SILENCE = JSON.stringify({ rule: 'ahead', until: '2026-02-27', why: 'known' });

describe('the API on this machine', () => {
  it('lets in without a sign-in whoever asks it by its own name, as the one who may do everything', async () => {
    const { status, body } = await ask('/api/me');
    expect([status, JSON.parse(body)]).toMatchObject([
      200,
      { user: 'local', role: 'operator', where: 'local' },
    ]);
    expect((await ask('/api/me', { headers: { host: `localhost:${port}` } })).status).toBe(200);
    expect((await ask('/other')).body).toBe('a page');
  });

  it('answers to no other name, and to no page of another origin', async () => {
    const own = `http://127.0.0.1:${port}`;
    for (const headers of [
      { host: 'evil.example' },
      { host: `evil.example:${port}` },
      { host: '127.0.0.1.evil.example' },
      { host: `localhost.evil.example:${port}` },
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { origin: 'http://localhost:3000' },
      { origin: own.replace('http:', 'https:') },
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
    ]) {
      for (const [path, asked] of [
        ['/api/me', {}],
        ['/api/silences', { method: 'POST', body: SILENCE }],
        ['/api/nothing', {}],
        ['/api/run', { method: 'POST' }],
      ] as const) {
        const { status, body } = await ask(path, { ...asked, headers: { ...JSON_TYPE, ...headers } });
        expect([headers, path, status, (JSON.parse(body) as { code: string }).code]).toEqual([
          ...[headers, path, 403, 'forbidden'],
        ]);
      }
    }
    const same = { origin: own, 'sec-fetch-site': 'same-origin', ...JSON_TYPE };
    expect((await ask('/api/silences', { method: 'POST', body: SILENCE, headers: same })).status).toBe(200);
  });

  it('takes no form that a page can send without asking first', async () => {
    for (const type of [
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=x',
      'text/plain',
    ]) {
      const headers = { 'content-type': type };
      expect((await ask('/api/silences', { method: 'POST', body: SILENCE, headers })).status).toBe(415);
    }
    expect((await ask('/api/silences', { method: 'POST', body: SILENCE })).status).toBe(415);
  });

  it('reads no body that is too large, whether it says how long it is or not', async () => {
    const piece = 'x'.repeat(40_000);
    const chunked = { method: 'POST', headers: JSON_TYPE, body: [piece, piece] };
    expect((await ask('/api/silences', chunked)).status).toBe(413);
    const said = { ...JSON_TYPE, 'content-length': '80000' };
    expect((await ask('/api/silences', { method: 'POST', headers: said, body: piece + piece })).status).toBe(
      413,
    );
  });

  it('answers what it cannot read with a problem too: a bad host, a method that nobody knows, no HTTP', async () => {
    const end = 'Connection: close\r\n\r\n';
    for (const bytes of [
      `GET /api/me HTTP/1.1\r\nHost: bad host\r\n${end}`,
      `GET /api/me HTTP/1.1\r\nHost: a/b\r\n${end}`,
      `GET /api/me HTTP/1.1\r\n${end}`,
      `FETCH /api/me HTTP/1.1\r\nHost: 127.0.0.1\r\n${end}`,
      'no request at all\r\n\r\n',
      `GET /api/me HTTP/1.1\r\nHost: 127.0.0.1\r\nX: ${'x'.repeat(20_000)}\r\n${end}`,
    ]) {
      const { head, body } = await say(bytes);
      const status = bytes.length > 10_000 ? 431 : 400;
      expect(head).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
      expect(head.toLowerCase()).toContain('content-type: application/problem+json');
      expect(JSON.parse(body)).toMatchObject({
        ...{ status, code: 'invalid', type: 'https://tidemark.invalid/problems/invalid' },
      });
    }
    expect((await ask('/api/me')).status).toBe(200);
  });
});
