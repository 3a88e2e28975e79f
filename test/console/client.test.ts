import { beforeEach, describe, expect, it } from 'vitest';
import { addressOf, call, connect } from '../../console/api/client.ts';

interface Sent {
  readonly address: string;
  readonly method: string;
  readonly headers: Headers;
  readonly body: unknown;
}

/** What was sent, in order. */
let sent: Sent[] = [];
let answer: () => Promise<Response> = () => Promise.reject(new Error('no answer is set'));
let refusals = 0;
let keys = 0;
let token: string | null = null;

beforeEach(() => {
  sent = [];
  refusals = 0;
  keys = 0;
  token = null;
  connect({
    fetch: async (address, { method = 'GET', headers, body } = {}) => {
      sent.push({ address: address as string, method, headers: new Headers(headers), body });
      return await answer();
    },
    newKey: () => `key-${++keys}`,
    token: async () => token,
    refused: () => void (refusals += 1),
  });
});

const says = (body: unknown, status = 200) => {
  answer = async () => new Response(JSON.stringify(body), { status });
};

describe('the client of the API', () => {
  it('writes each name of a path as one part of it, and leaves absent parts of a query out', () => {
    expect(addressOf('alert', { params: { id: 'a/b@2026-01-12' } })).toBe('/api/alerts/a%2Fb%402026-01-12');
    const params = { id: 'streak', session: '2026-01-12' };
    expect(addressOf('decision', { params })).toBe('/api/rules/streak/sessions/2026-01-12');
    const query = { rule: 'a&b', kind: undefined, from: '2026-01-02' };
    expect(addressOf('alerts', { query })).toBe('/api/alerts?rule=a%26b&from=2026-01-02');
  });

  it('names each write differently, a repeated one the same, and a read not at all', async () => {
    says({ done: true });
    await call('silences');
    await call('liftSilence', { params: { id: 'one' } });
    await call('liftSilence', { params: { id: 'two' } });
    await call('liftSilence', { params: { id: 'two' }, key: 'again' });
    expect(sent.map(({ headers }) => headers.get('idempotency-key'))).toEqual([
      null,
      'key-1',
      'key-2',
      'again',
    ]);
  });

  it('sends a body as JSON, and the token only where there is one', async () => {
    says({ done: true });
    await call('confirm', { body: { token: 'abc' } });
    token = 'signed';
    await call('today');
    expect(sent[0]).toMatchObject({ method: 'POST', body: '{"token":"abc"}' });
    expect(sent[0]?.headers.get('content-type')).toBe('application/json');
    expect(sent.map(({ headers }) => headers.get('authorization'))).toEqual([null, 'Bearer signed']);
  });

  it('gives the problem that the service names as a value', async () => {
    const problem = {
      type: 't',
      code: 'conflict',
      title: 'Somebody saved',
      status: 409,
      detail: 'look again',
    };
    says(problem, 409);
    expect(await call('silences')).toEqual({ ok: false, problem });
  });

  it('says what is wrong where nothing answers, the answer is none, or the call was given up', async () => {
    const codeOf = async (signal?: AbortSignal): Promise<string> => {
      const outcome = await call('silences', signal === undefined ? {} : { signal });
      return outcome.ok ? 'ok' : outcome.problem.code;
    };
    answer = () => Promise.reject(new TypeError('network'));
    expect(await codeOf()).toBe('unreachable');
    expect(await codeOf(AbortSignal.abort())).toBe('aborted');
    answer = async () => new Response('<html>502</html>', { status: 502 });
    expect(await codeOf()).toBe('unreadable');
  });

  it('tells where a token is no longer taken', async () => {
    says({ code: 'unauthorized', detail: 'expired' }, 401);
    await call('silences');
    expect(refusals).toBe(1);
  });
});
