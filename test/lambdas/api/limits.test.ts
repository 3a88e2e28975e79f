import { describe, expect, it } from 'vitest';
import { LIMITS } from '../../../lambdas/api/limits.ts';
import { createBuckets } from '../../../lambdas/api/web/buckets.ts';
import { KEPT_ANSWERS } from '../../../shared/service/names.ts';
import { apiWorld, type Asked, problemIn } from './world.ts';

const SILENCE = { rule: 'ahead', until: '2026-02-27', why: 'known' };
const keyed = (key: string, body: unknown = SILENCE, as: Asked['as'] = 'ed:editor'): Asked => ({
  ...{ as, body },
  headers: { 'idempotency-key': key },
});

describe('a write under an idempotency key', () => {
  it('is done once, and answered alike', async () => {
    const { ask, records } = await apiWorld();
    const first = await ask('POST', '/api/silences', keyed('k1'));
    const again = await ask('POST', '/api/silences', keyed('k1'));
    expect(first.status).toBe(200);
    expect(again.body).toEqual(first.body);
    expect([first, again].map(({ headers }) => headers.get('idempotent-replayed'))).toEqual([null, 'true']);
    expect(await records.list('silence/')).toHaveLength(1);
  });

  it('is refused where the key belongs to another call, and is another one for another user', async () => {
    const world = await apiWorld();
    await world.ask('POST', '/api/silences', keyed('k1'));
    const other = problemIn(
      await world.ask('POST', '/api/silences', keyed('k1', { ...SILENCE, why: 'else' })),
    );
    expect([other.status, other.code]).toEqual([422, 'key-reused']);
    world.time.now += 1;
    expect((await world.ask('POST', '/api/silences', keyed('k1', SILENCE, 'eve:editor'))).status).toBe(200);
  });

  it('keeps what was refused too, and forgets what failed', async () => {
    let fails = true;
    const { ask, records, told } = await apiWorld({
      runNow: async () => {
        if (fails) throw new Error('the disk is full');
      },
    });
    const bad = keyed('k1', { ...SILENCE, rule: 'nothing' });
    expect(problemIn(await ask('POST', '/api/silences', bad)).code).toBe('refused');
    expect((await ask('POST', '/api/silences', bad)).headers.get('idempotent-replayed')).toBe('true');
    const run = { as: 'op:operator', headers: { 'idempotency-key': 'k2' } } as const;
    expect((await ask('POST', '/api/run', run)).status).toBe(500);
    fails = false;
    expect((await ask('POST', '/api/run', run)).status).toBe(200);
    expect(told.warnings).toEqual(['call failed | evaluateNow | the disk is full']);
    expect(await records.list(KEPT_ANSWERS)).toHaveLength(2);
  });

  it('is refused while the same is being done, and may be done again once that is abandoned', async () => {
    const gate = Promise.withResolvers<void>();
    const begun = Promise.withResolvers<void>();
    let runs = 0;
    const world = await apiWorld({
      runNow: async () => {
        runs += 1;
        begun.resolve();
        if (runs === 1) await gate.promise;
      },
    });
    const run = { as: 'op:operator', headers: { 'idempotency-key': 'k' } } as const;
    const first = world.ask('POST', '/api/run', run);
    await begun.promise;
    const second = await world.ask('POST', '/api/run', run);
    expect(problemIn(second).code).toBe('under-way');
    expect(second.headers.get('retry-after')).toBe('1');
    world.time.now += 61_000;
    expect((await world.ask('POST', '/api/run', run)).status).toBe(200);
    gate.resolve();
    expect((await first).status).toBe(200);
    expect(runs).toBe(2);
  });

  it('is forgotten after a day, and keeps no address', async () => {
    const world = await apiWorld();
    const wanted = {
      channel: 'email',
      address: 'jane@example.com',
      rules: ['*'],
      severity: 'info',
      form: 'single',
    };
    await world.ask('POST', '/api/subscriptions', keyed('k1', wanted));
    const [kept] = await world.records.list(KEPT_ANSWERS);
    expect(kept?.value).toContain('j…@example.com');
    expect(JSON.stringify(kept)).not.toMatch(/jane|k1/);
    world.time.now += LIMITS.keptFor;
    world.time.ticks += LIMITS.keptFor;
    await world.ask('POST', '/api/silences', keyed('k2'));
    expect((await world.records.list(KEPT_ANSWERS)).map(({ name }) => name)).not.toContain(kept?.name);
  });

  it('takes a key of 1 to 100 printable characters, and none for what changes nothing', async () => {
    const { ask } = await apiWorld();
    expect(problemIn(await ask('POST', '/api/silences', keyed('x'.repeat(101)))).code).toBe('invalid');
    expect(problemIn(await ask('POST', '/api/silences', keyed('a b'))).code).toBe('invalid');
    const read = { headers: { 'idempotency-key': 'a b' } };
    expect((await ask('GET', '/api/me', read)).status).toBe(200);
  });
});

describe('a limit', () => {
  it('of writes makes a caller wait and nobody else, and room comes back with time', async () => {
    const world = await apiWorld();
    const lift = (as: NonNullable<Asked['as']>) => world.ask('DELETE', '/api/silences/none', { as });
    for (let sent = 0; sent < LIMITS.writes.burst; sent += 1) {
      expect((await lift('ed:editor')).status).toBe(404);
    }
    const refused = await lift('ed:editor');
    expect([refused.status, problemIn(refused).code, refused.headers.get('retry-after')]).toEqual([
      ...[429, 'too-fast', '1'],
    ]);
    expect((await lift('eve:editor')).status).toBe(404);
    expect((await world.ask('GET', '/api/me', { as: 'ed:editor' })).status).toBe(200);
    world.time.ticks += 1000;
    expect((await lift('ed:editor')).status).toBe(404);
    expect((await lift('ed:editor')).status).toBe(429);
  });

  it('is counted by a clock that may even go back', () => {
    const buckets = createBuckets();
    const take: typeof buckets.take = (...asked) => buckets.take(...asked);
    const rate = { burst: 1, perSecond: 0.5 };
    expect(take('k', rate, 1000)).toBe(0);
    expect(take('k', rate, 500)).toBe(2);
    expect(take('k', rate, 1500)).toBe(1);
    expect(take('k', rate, 2500)).toBe(0);
  });

  it('of recipients counts the addresses that a user subscribed', async () => {
    const { ask } = await apiWorld();
    const subscribe = (number: number, as: Asked['as'] = 'ann:reader') => {
      const address = `reader${number}@example.com`;
      const body = { channel: 'email', address, rules: ['*'], severity: 'info', form: 'single' };
      return ask('POST', '/api/subscriptions', { as, body });
    };
    for (let number = 0; number < LIMITS.recipients; number += 1) {
      expect((await subscribe(number)).status).toBe(200);
    }
    const refused = problemIn(await subscribe(LIMITS.recipients));
    expect([refused.status, refused.code]).toEqual([422, 'too-many']);
    expect((await subscribe(0)).status).toBe(200);
    expect((await subscribe(LIMITS.recipients, 'bob:reader')).status).toBe(200);
  });
});
