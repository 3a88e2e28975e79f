import type { RecordStore, Versioned } from '../../shared/ports/records.ts';

/** Keeps named values in memory, as long as the process lives. */
export function createMemoryRecords(): RecordStore {
  const records = new Map<string, Versioned<string>>();
  const revisionOf = (name: string): number => records.get(name)?.revision ?? 0;
  return {
    read: async (name) => records.get(name) ?? null,
    async write(name, value, expected) {
      if (revisionOf(name) !== expected) return 'conflict';
      records.set(name, { value, revision: expected + 1 });
      return 'written';
    },
    async list(prefix) {
      return [...records]
        .filter(([name]) => name.startsWith(prefix))
        .toSorted(([a], [b]) => (a < b ? -1 : 1))
        .map(([name, record]) => ({ name, ...record }));
    },
    async remove(name, expected) {
      if (revisionOf(name) !== expected) return 'conflict';
      records.delete(name);
      return 'written';
    },
  };
}
