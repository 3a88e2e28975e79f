import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Access, readAccess } from '../../../adapters/providers/access.ts';
import { alpacaRequest } from '../../../adapters/providers/alpaca/request.ts';
import type { ProviderAnswer, ProviderName } from '../../../adapters/providers/answer.ts';
import { readAnswers } from '../../../adapters/providers/answered.ts';
import { ask, type Line } from '../../../adapters/providers/ask.ts';
import { fredRequest } from '../../../adapters/providers/fred/request.ts';
import { createMemoryRecords } from '../../../adapters/memory/records.ts';
import type { RecordStore } from '../../../shared/ports/records.ts';
import type { Fault } from '../../replicas/faults.ts';
import { type Replicas, startReplicas } from '../../replicas/server.ts';
import { smallWorld } from '../../replicas/small-world.ts';
import { KEYS } from '../../replicas/world.ts';
import { told } from './context.ts';

/** Friday 30 January 2026, 17:20 in New York. */
const EVENING = Date.UTC(2026, 0, 30, 22, 20, 5);
let now = EVENING;
const world = smallWorld(() => now);
let replicas: Replicas;
let records: RecordStore;
let pauses: number[];

beforeAll(async () => {
  replicas = await startReplicas(world);
});
afterAll(() => replicas.end());
beforeEach(() => {
  now = EVENING;
  records = createMemoryRecords();
  pauses = [];
  replicas.requests.length = 0;
  for (const provider of ['alpaca', 'fred'] as const) replicas.fail(provider, null);
});

const line = (): Line => ({
  records,
  clock: () => now,
  chance: () => 0.5,
  pause: async (milliseconds) => {
    pauses.push(milliseconds);
    now += milliseconds;
  },
  patience: { headers: 600, whole: 1200 },
});

function access(provider: ProviderName, more: Record<string, string> = {}): Access {
  const found = readAccess({ ...replicas.environment, ...more }).get(provider);
  if (found === undefined) throw new Error(`${provider} is not configured`);
  return found;
}

async function askAlpaca(reached: Access = access('alpaca')): Promise<ProviderAnswer> {
  const need = {
    symbols: ['IWM', 'SPY'],
    from: '2026-01-29',
    to: '2026-01-30',
    now,
    adjustment: 'raw',
  } as const;
  const request = alpacaRequest(need, reached);
  const question = { request, symbols: need.symbols, session: need.to, calendar: world.calendar };
  return await ask(line(), reached, question);
}

it('asks once where the answer is good', async () => {
  const answer = await askAlpaca();
  expect(told(answer)).toEqual(
    ['IWM', 'SPY'].flatMap((symbol) =>
      ['2026-01-29', '2026-01-30'].map((day) => `${symbol}.close ${day} ${world.close(symbol, day)}`),
    ),
  );
  expect(replicas.requests).toHaveLength(1);
  expect(pauses).toEqual([]);
});

it.each<[Fault]>([['reset'], ['truncate'], ['unavailable'], ['hang'], ['drip']])(
  'tries again after %j, and takes the good answer',
  async (fault) => {
    replicas.fail('alpaca', fault, fault, null);
    expect((await askAlpaca()).kind).toBe('ok');
    expect(replicas.requests).toHaveLength(3);
    // Half of one second, half of two: full jitter of a doubling pause.
    expect(pauses).toEqual([500, 1000]);
  },
);

it.each<[Fault]>([['reset'], ['unavailable'], ['hang']])('gives up after the third %j', async (fault) => {
  replicas.fail('alpaca', fault);
  expect(await askAlpaca()).toMatchObject({ kind: 'transient', accepted: [] });
  expect(replicas.requests).toHaveLength(3);
});

it.each<[Fault, string]>([
  ['wall', 'blocked'],
  ['wall as data', 'blocked'],
  ['redirect away', 'blocked'],
  ['redirect forever', 'blocked'],
  ['too long', 'schema'],
  [{ error: 'a wrong key' }, 'auth'],
  [{ error: 'an end within the last minutes' }, 'not_yet'],
  [{ error: 'a symbol that spoils the batch' }, 'unknown_symbol'],
])('never tries again after %j', async (fault, kind) => {
  replicas.fail('alpaca', fault);
  expect(await askAlpaca()).toMatchObject({ kind, accepted: [] });
  expect(replicas.requests.length).toBeLessThanOrEqual(fault === 'redirect forever' ? 4 : 1);
  expect(pauses).toEqual([]);
});

it('follows a redirect within the provider, and does not mind a wrong type', async () => {
  replicas.fail('alpaca', 'redirect home', null);
  expect((await askAlpaca()).kind).toBe('ok');
  replicas.fail('alpaca', 'wrong type');
  expect((await askAlpaca()).kind).toBe('ok');
});

it('waits as long as it is told once, then leaves it to the next run', async () => {
  replicas.fail('alpaca', 'throttle', null);
  expect((await askAlpaca()).kind).toBe('ok');
  expect(pauses).toEqual([7500]);
  replicas.fail('alpaca', 'throttle');
  expect(await askAlpaca()).toMatchObject({ kind: 'rate_minute', accepted: [] });
  expect(pauses).toHaveLength(2);
});

describe('what a provider says of when to ask again', () => {
  const HOUR = 3_600_000;

  it.each([
    ['30', 429, 30_500],
    ['0', 429, 500],
    ['30', 503, 30_000],
    [new Date(EVENING + 20_000).toUTCString(), 429, 20_500],
    [new Date(EVENING - HOUR).toUTCString(), 429, 500],
  ] as const)('is waited for: %s under status %i', async (retryAfter, status, waited) => {
    replicas.fail('alpaca', { retryAfter, status }, null);
    expect((await askAlpaca()).kind).toBe('ok');
    expect(pauses).toEqual([waited]);
  });

  it.each(['soon', '-5', '1e3', '', '3.5', '99999999999999999999'])(
    'is passed over where it means nothing: %j',
    async (retryAfter) => {
      replicas.fail('alpaca', { retryAfter, status: 429 }, null);
      expect((await askAlpaca()).kind).toBe('ok');
      // The next minute, and half of a second.
      expect(pauses).toEqual([55_500]);
    },
  );

  it.each([
    ['7200', 429, 'rate_minute', 2 * HOUR],
    ['7200', 503, 'transient', 2 * HOUR],
    ['9999999', 429, 'rate_minute', 24 * HOUR],
  ] as const)(
    'is kept for later runs where it is long: %s under status %i',
    async (retryAfter, status, kind, until) => {
      replicas.fail('alpaca', { retryAfter, status }, null);
      expect((await askAlpaca()).kind).toBe(kind);
      now = EVENING + until - 100_000;
      expect(await askAlpaca()).toMatchObject({ kind, accepted: [] });
      expect(replicas.requests).toHaveLength(1);
      expect(pauses).toEqual([]);
      now = EVENING + until + 1000;
      expect((await askAlpaca()).kind).toBe('ok');
    },
  );
});

describe('a body', () => {
  const LONGEST = 8 * 1024 * 1024;

  it('is read up to eight megabytes and no further, however it is packed', async () => {
    replicas.fail('alpaca', { longer: LONGEST });
    expect((await askAlpaca()).kind).toBe('ok');
    for (const fault of [{ longer: LONGEST + 1 }, 'swell', 'too long'] as const) {
      replicas.fail('alpaca', fault);
      const answer = await askAlpaca();
      expect(answer).toMatchObject({
        kind: 'schema',
        accepted: [],
        detail: `more than ${LONGEST} bytes came`,
      });
    }
    expect(pauses).toEqual([]);
  });
});

describe('quotas', () => {
  it('are kept per provider and key, across cold starts, and waited for by the minute', async () => {
    const reached = access('alpaca');
    const budget = `budget/alpaca/${reached.account}`;
    await askAlpaca(reached);
    const kept = JSON.parse((await records.read(budget))?.value ?? '{}') as {
      windows: { minute: { start: number; used: number } };
    };
    expect(kept.windows.minute.used).toBe(1);
    const used = JSON.stringify({ windows: { minute: { start: kept.windows.minute.start, used: 180 } } });
    await records.write(budget, used, 1);
    expect((await askAlpaca(reached)).kind).toBe('ok');
    expect(pauses).toEqual([55_500]);
    const other = access('alpaca', { APCA_API_KEY_ID: 'ANOTHER' });
    expect(other.account).not.toBe(reached.account);
  });

  it('close after a wall for hours, whoever asks', async () => {
    replicas.fail('alpaca', 'wall', null);
    await askAlpaca();
    expect(await askAlpaca()).toMatchObject({ kind: 'blocked', accepted: [] });
    expect(replicas.requests).toHaveLength(1);
    now += 6 * 3_600_000;
    expect((await askAlpaca()).kind).toBe('ok');
  });

  it('close after five answers in a row in another format until the next evening, and at once where it lasts', async () => {
    const strange = async (times: number): Promise<void> => {
      replicas.fail('alpaca', 'too long');
      for (let time = 0; time < times; time += 1) expect((await askAlpaca()).kind).toBe('schema');
      replicas.fail('alpaca', null);
    };
    await strange(4);
    expect((await askAlpaca()).kind).toBe('ok');
    await strange(5);
    const resting = 'not asked again before 2026-01-31T22:00:00.000Z';
    expect(await askAlpaca()).toMatchObject({ kind: 'schema', accepted: [], detail: resting });
    expect((await readAnswers(records)).get('alpaca')).toMatchObject({ kind: 'schema', detail: resting });
    expect(replicas.requests).toHaveLength(10);
    now = Date.UTC(2026, 0, 31, 22);
    await strange(1);
    expect((await askAlpaca()).detail).toBe('not asked again before 2026-02-01T22:00:00.000Z');
    now = Date.UTC(2026, 1, 1, 22);
    expect((await askAlpaca()).kind).toBe('ok');
    await strange(1);
    expect((await askAlpaca()).kind).toBe('ok');
  });

  it('close for a wrong key, and open for a new one', async () => {
    const wrong = access('alpaca', { APCA_API_SECRET_KEY: 'a-wrong-secret' });
    expect((await askAlpaca(wrong)).kind).toBe('auth');
    expect((await askAlpaca(wrong)).kind).toBe('auth');
    expect(replicas.requests).toHaveLength(1);
    expect((await askAlpaca()).kind).toBe('ok');
  });
});

describe('keys', () => {
  it('are in no answer, also where a provider echoes them', async () => {
    replicas.fail('alpaca', 'echo');
    // Keys at the beginning of the echo, and one that the end of a sample would cut in half.
    for (let length = 5; length < 140; length += 6) {
      const more = { APCA_API_KEY_ID: 'K'.repeat(length), APCA_API_SECRET_KEY: KEYS.alpacaSecret };
      const answer = JSON.stringify(await askAlpaca(access('alpaca', more)));
      expect(answer).toContain('[hidden]');
      expect(answer).not.toContain(KEYS.alpacaSecret.slice(0, 8));
      expect(answer).not.toContain('KKKK');
    }
    const wrong = 'fedcba9876543210fedcba9876543210';
    const fred = access('fred', { FRED_API_KEY: wrong });
    const request = fredRequest({ series: 'DFEDTARU', from: '2026-01-20' }, fred);
    const said = await ask(line(), fred, { request, symbols: ['DFEDTARU'], calendar: world.calendar });
    expect(said.kind).toBe('auth');
    expect(JSON.stringify(said)).not.toContain(wrong);
  });

  it('of every provider are hidden in the answers of each', () => {
    const more = { FRED_API_KEY: 'fedcba9876543210fedcba9876543210' };
    expect(access('nyfed', more).secrets).toEqual(access('alpaca', more).secrets);
    expect(access('nyfed', more).secrets).toContain(more.FRED_API_KEY);
    expect(access('nyfed', more).secrets).toContain(KEYS.alpacaSecret);
    expect(access('alpaca', more).account).toBe(access('alpaca').account);
    expect(access('nyfed', more).account).toBe('open');
  });

  it('are in no record of quotas', async () => {
    await askAlpaca();
    const kept = JSON.stringify(await records.list(''));
    expect(kept).not.toContain(KEYS.alpacaId);
    expect(kept).not.toContain(KEYS.alpacaSecret);
  });
});

it('says what failed without the address that failed', async () => {
  const nowhere = access('fred', { TIDEMARK_FRED_URL: 'http://127.0.0.1:9' });
  const request = fredRequest({ series: 'DFEDTARU', from: '2026-01-20' }, nowhere);
  const answer = await ask(line(), nowhere, { request, symbols: ['DFEDTARU'], calendar: world.calendar });
  expect(answer.kind).toBe('transient');
  expect(JSON.stringify(answer)).not.toContain(KEYS.fred);
});
