import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RecordStore } from '../../shared/ports/records.ts';
import type { Started } from './observation-store.ts';

/** Registers what every `RecordStore` has to keep. */
export function recordStoreContract(name: string, start: () => Promise<Started<RecordStore>>): void {
  describe(`${name} keeps records`, () => {
    let started: Started<RecordStore>;
    let store: RecordStore;

    beforeEach(async () => {
      started = await start();
      ({ store } = started);
    });

    afterEach(() => started.end());

    it('and reads nothing where nothing is', async () => {
      expect(await store.read('rule/a')).toBeNull();
      expect(await store.list('')).toEqual([]);
    });

    it('and takes a write only over the revision it was read at', async () => {
      expect(await store.write('rule/a', 'one', 0)).toBe('written');
      expect(await store.write('rule/a', 'two', 0)).toBe('conflict');
      expect(await store.write('rule/a', 'two', 2)).toBe('conflict');
      expect(await store.read('rule/a')).toEqual({ value: 'one', revision: 1 });
      expect(await store.write('rule/a', 'two', 1)).toBe('written');
      expect(await store.read('rule/a')).toEqual({ value: 'two', revision: 2 });
    });

    it('and lets one of many writers at once through', async () => {
      const outcomes = await Promise.all(['a', 'b', 'c', 'd'].map((value) => store.write('x', value, 0)));
      expect(outcomes.filter((outcome) => outcome === 'written')).toHaveLength(1);
    });

    it('and removes only what is as it was read', async () => {
      await store.write('a', 'one', 0);
      expect(await store.remove('a', 2)).toBe('conflict');
      expect(await store.remove('a', 0)).toBe('conflict');
      expect(await store.remove('a', 1)).toBe('written');
      expect(await store.read('a')).toBeNull();
      expect(await store.remove('a', 1)).toBe('conflict');
      expect(await store.remove('a', 0)).toBe('written');
    });

    it('and lists what begins with a prefix, by name', async () => {
      for (const one of ['rule/b', 'rule/a', 'ruler', 'silence/a', 'Rule/c', 'rule/é', 'rule/𝒙']) {
        await store.write(one, `of ${one}`, 0);
      }
      const listed = await store.list('rule/');
      expect(listed).toEqual(
        ['rule/a', 'rule/b', 'rule/é', 'rule/𝒙'].map((one) => ({
          name: one,
          value: `of ${one}`,
          revision: 1,
        })),
      );
      expect(await store.list('')).toHaveLength(7);
    });

    it('and keeps a value of any length', async () => {
      for (const value of ['', 'é', '{}', 'long €uro '.repeat(60_000)]) {
        await store.write(`length ${value.length}`, value, 0);
        expect((await store.read(`length ${value.length}`))?.value).toBe(value);
      }
    });

    it('and lists more than one page holds', async () => {
      const values = Array.from({ length: 10 }, (_, index) => noise(120_000, index));
      for (const [index, value] of values.entries()) await store.write(`n${100 + index}`, value, 0);
      expect((await store.list('n')).map(({ value }) => value)).toEqual(values);
    });
  });
}

/** A text that compresses badly. */
function noise(length: number, seed: number): string {
  let state = seed + 1;
  return Array.from({ length }, () => {
    state = (state * 48_271) % 2_147_483_647;
    return String.fromCharCode(33 + (state % 90));
  }).join('');
}
