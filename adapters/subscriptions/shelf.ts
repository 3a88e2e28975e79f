import type { MailFormat } from '../../shared/ports/delivery.ts';
import type { RecordStore } from '../../shared/ports/records.ts';
import { readRecord, type SubscriptionRecord, writeRecord } from '../../shared/subscriptions/record.ts';

/** Where subscription records lie, one for each address; the last write of a record wins. */
export interface SubscriptionShelf {
  get(id: string): Promise<SubscriptionRecord | null>;
  put(record: SubscriptionRecord): Promise<void>;
  remove(id: string): Promise<void>;
  /** All of them, in order of id. */
  all(): Promise<readonly SubscriptionRecord[]>;
}

/** A shelf that lasts as long as the process. */
export function memoryShelf(): SubscriptionShelf {
  const records = new Map<string, SubscriptionRecord>();
  return {
    get: async (id) => records.get(id) ?? null,
    put: async (record) => {
      records.set(record.id, record);
    },
    remove: async (id) => {
      records.delete(id);
    },
    all: async () => inOrder([...records.values()]),
  };
}

const PREFIX = 'subscription/';
/** Rounds of reading again after a conflict; more writers than this on one address at once are none of ours. */
const ROUNDS = 5;

/** A shelf in a store of records, under names that begin with `subscription/`. */
export function storedShelf(store: RecordStore): SubscriptionShelf {
  return {
    async get(id) {
      const stored = await store.read(PREFIX + id);
      return stored === null ? null : readRecord(stored.value);
    },
    put: (record) =>
      untilWritten(async () => {
        const stored = await store.read(PREFIX + record.id);
        return store.write(PREFIX + record.id, writeRecord(record), stored?.revision ?? 0);
      }),
    remove: (id) =>
      untilWritten(async () => {
        const stored = await store.read(PREFIX + id);
        return stored === null ? 'written' : store.remove(PREFIX + id, stored.revision);
      }),
    async all() {
      const stored = await store.list(PREFIX);
      return inOrder(stored.map(({ value }) => readRecord(value)).filter((record) => record !== null));
    },
  };
}

/** The part of a shelf that holds records of one format; of the other it knows nothing. */
export function shelfOf(shelf: SubscriptionShelf, format: MailFormat): SubscriptionShelf {
  const isOwn = (record: SubscriptionRecord | null): boolean =>
    record !== null && (record.format ?? 'text') === format;
  const get = async (id: string): Promise<SubscriptionRecord | null> => {
    const record = await shelf.get(id);
    return isOwn(record) ? record : null;
  };
  return {
    get,
    put: (record) => shelf.put(record),
    remove: async (id) => ((await get(id)) === null ? undefined : await shelf.remove(id)),
    all: async () => (await shelf.all()).filter(isOwn),
  };
}

async function untilWritten(attempt: () => Promise<'written' | 'conflict'>): Promise<void> {
  for (let round = 0; round < ROUNDS; round += 1) {
    if ((await attempt()) === 'written') return;
  }
  throw new Error('a subscription record was changed by somebody else each time it was to be written');
}

/** Records in order of id, so that every shelf lists them alike. */
export function inOrder(records: readonly SubscriptionRecord[]): readonly SubscriptionRecord[] {
  return records.toSorted((a, b) => (a.id < b.id ? -1 : 1));
}
