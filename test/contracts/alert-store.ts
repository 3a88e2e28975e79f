import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AlertStore, DeliveryState } from '../../shared/ports/records.ts';
import { alertRecord } from '../support/alert-record.ts';
import type { Started } from './observation-store.ts';

const NOW = Date.UTC(2026, 0, 12, 22, 20);
const lease = (owner: string, now: number, length = 60) => ({ owner, now, until: now + length });

/** Registers what every `AlertStore` has to keep. */
export function alertStoreContract(name: string, start: () => Promise<Started<AlertStore>>): void {
  describe(`${name} keeps alerts`, () => {
    let started: Started<AlertStore>;
    let store: AlertStore;
    const record = alertRecord('a', '2026-01-12');
    const { id } = record.alert;
    const sent: DeliveryState = { kind: 'sent', at: NOW + 1, publishId: 'p-1', attempts: 1 };

    beforeEach(async () => {
      started = await start();
      ({ store } = started);
    });

    afterEach(() => started.end());

    const dueIds = async (now: number, limit = 100): Promise<string[]> =>
      (await store.due(now, limit)).map(({ alert }) => alert.id);

    it('and stores an id once, for ever', async () => {
      expect(await store.get(id)).toBeNull();
      expect(await store.put(record)).toBe('new');
      expect(await store.put({ ...record, createdAt: 5 })).toBe('known');
      expect(await store.get(id)).toEqual(record);
      await store.claim(id, lease('one', NOW));
      await store.settle(id, 'one', sent);
      expect(await store.put(record)).toBe('known');
      expect((await store.get(id))?.delivery).toEqual(sent);
    });

    it('and stores one of many at once', async () => {
      const outcomes = await Promise.all(Array.from({ length: 5 }, () => store.put(record)));
      expect(outcomes.toSorted()).toEqual(['known', 'known', 'known', 'known', 'new']);
    });

    it('and keeps large alerts', async () => {
      const email = Array.from({ length: 40_000 }, (_, index) => `line ${index} of many\n`).join('');
      const large = { ...record, message: { ...record.message, email } };
      await store.put(large);
      expect(await store.get(id)).toEqual(large);
    });

    it('and shows what is due, oldest session first', async () => {
      for (const one of [alertRecord('b', '2026-01-13'), record, alertRecord('z', '2025-12-31')])
        await store.put(one);
      await store.put(alertRecord('old', '2020-01-02', { kind: 'withheld', reason: 'history', detail: '' }));
      expect(await dueIds(NOW)).toEqual([
        alertRecord('z', '2025-12-31').alert.id,
        id,
        alertRecord('b', '2026-01-13').alert.id,
      ]);
      expect(await dueIds(NOW, 2)).toHaveLength(2);
    });

    it('and leases a publish to one of many at once', async () => {
      await store.put(record);
      const owners = ['one', 'two', 'three', 'four'];
      const claims = await Promise.all(owners.map((owner) => store.claim(id, lease(owner, NOW))));
      expect(claims.filter(({ kind }) => kind === 'claimed')).toEqual([{ kind: 'claimed', attempts: 1 }]);
      expect(await dueIds(NOW + 60)).toEqual([]);
      expect((await store.get(id))?.delivery).toEqual({ kind: 'claimed', until: NOW + 60, attempts: 1 });
    });

    it('and counts one more attempt where a lease ran out', async () => {
      await store.put(record);
      await store.claim(id, lease('one', NOW));
      expect(await store.claim(id, lease('two', NOW + 60))).toEqual({ kind: 'taken' });
      expect(await dueIds(NOW + 61)).toEqual([id]);
      expect(await store.claim(id, lease('two', NOW + 61))).toEqual({ kind: 'claimed', attempts: 2 });
      expect(await store.claim(id, lease('two', NOW + 200))).toEqual({ kind: 'claimed', attempts: 3 });
    });

    it('and finds an own claim again without counting it', async () => {
      await store.put(record);
      await store.claim(id, lease('one', NOW));
      expect(await store.claim(id, lease('one', NOW + 5))).toEqual({ kind: 'claimed', attempts: 1 });
      expect((await store.get(id))?.delivery).toEqual({ kind: 'claimed', until: NOW + 65, attempts: 1 });
    });

    it('and claims nothing that is not there or is settled', async () => {
      expect(await store.claim(id, lease('one', NOW))).toEqual({ kind: 'taken' });
      await store.put(record);
      await store.claim(id, lease('one', NOW));
      await store.settle(id, 'one', sent);
      expect(await store.claim(id, lease('one', NOW + 500))).toEqual({ kind: 'taken' });
      expect(await dueIds(NOW + 500)).toEqual([]);
    });

    it.each<DeliveryState>([
      sent,
      { kind: 'withheld', reason: 'silence', detail: 'until 2026-02-01: earnings' },
      { kind: 'failed', at: NOW, error: 'the topic is gone', attempts: 1 },
    ])('and settles a claim as $kind, also when told twice', async (outcome) => {
      await store.put(record);
      await store.claim(id, lease('one', NOW));
      expect(await store.settle(id, 'one', outcome)).toBe('written');
      expect(await store.settle(id, 'one', outcome)).toBe('written');
      expect(await store.get(id)).toEqual({ ...record, delivery: outcome });
      expect(await dueIds(NOW + 500)).toEqual([]);
    });

    it('and gives a claim back', async () => {
      await store.put(record);
      await store.claim(id, lease('one', NOW));
      expect(await store.settle(id, 'one', { kind: 'unsent' })).toBe('written');
      expect(await store.get(id)).toEqual(record);
      expect(await dueIds(NOW)).toEqual([id]);
      expect(await store.claim(id, lease('two', NOW + 1))).toEqual({ kind: 'claimed', attempts: 2 });
    });

    it('and settles only an own claim, even one whose lease ran out', async () => {
      expect(await store.settle(id, 'one', sent)).toBe('conflict');
      await store.put(record);
      expect(await store.settle(id, 'one', sent)).toBe('conflict');
      await store.claim(id, lease('one', NOW));
      expect(await store.settle(id, 'two', sent)).toBe('conflict');
      await store.claim(id, lease('two', NOW + 61));
      expect(await store.settle(id, 'one', sent)).toBe('conflict');
      expect(await store.settle(id, 'two', { ...sent, attempts: 2 })).toBe('written');
      expect((await store.get(id))?.delivery).toEqual({ ...sent, attempts: 2 });
    });

    it('and shows what became due again behind more than a page of running leases', async () => {
      const sessions = Array.from({ length: 130 }, (_, index) =>
        alertRecord(`r${1000 + index}`, '2026-01-12'),
      );
      for (const one of sessions) await store.put(one);
      for (const one of sessions.slice(0, 125)) await store.claim(one.alert.id, lease('one', NOW));
      expect(await dueIds(NOW + 1, 3)).toEqual(sessions.slice(125, 128).map(({ alert }) => alert.id));
    });

    it('and pages through them, newest session first', async () => {
      const sessions = ['2024-12-31', '2025-06-30', '2025-12-31', '2026-01-02', '2026-01-12'];
      const records = sessions.flatMap((session) => [alertRecord('a', session), alertRecord('b', session)]);
      for (const one of records) await store.put(one);
      const ids = records.map(({ alert }) => alert.id).toReversed();
      for (const limit of [1, 2, 3, 4, 9, 10, 11]) {
        const seen: string[] = [];
        let cursor: string | null = null;
        do {
          const page: Awaited<ReturnType<AlertStore['page']>> = await store.page({
            from: '1990-01-01',
            to: '2027-12-31',
            limit,
            cursor,
          });
          expect(page.records.length).toBeLessThanOrEqual(limit);
          seen.push(...page.records.map(({ alert }) => alert.id));
          ({ cursor } = page);
        } while (cursor !== null);
        expect(seen).toEqual(ids);
      }
    });

    it('and pages within its sessions, both inclusive', async () => {
      for (const session of ['2025-12-30', '2025-12-31', '2026-01-02', '2026-01-05'])
        await store.put(alertRecord('a', session));
      const { records, cursor } = await store.page({
        from: '2025-12-31',
        to: '2026-01-02',
        limit: 10,
        cursor: null,
      });
      expect(records.map(({ alert }) => alert.session)).toEqual(['2026-01-02', '2025-12-31']);
      expect(cursor).toBeNull();
    });
  });
}
