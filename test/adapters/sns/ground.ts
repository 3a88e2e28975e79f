import { snsPublisher } from '../../../adapters/sns/publisher.ts';
import { snsSubscriptions } from '../../../adapters/sns/subscriptions.ts';
import { storedShelf } from '../../../adapters/subscriptions/shelf.ts';
import type { RecordStore } from '../../../shared/ports/records.ts';
import { fakeSns, TOPIC } from './fake-sns.ts';

export const HOUR = 3_600_000;

/** The adapter over a fake SNS, with a clock of its own. */
export function ground() {
  const clock = { now: Date.UTC(2026, 0, 12) };
  const sns = fakeSns(() => clock.now);
  const { store, values } = recordStore();
  const shelf = storedShelf(store);
  const topic = { client: sns.client, topicArn: TOPIC, shelf, now: () => clock.now };
  return {
    ...{ clock, sns, shelf, topic, store, values },
    subscriptions: snsSubscriptions(topic),
    publisher: snsPublisher(sns.client, TOPIC),
  };
}

/** Records under optimistic locking, as plainly as can be. */
export function recordStore(): {
  readonly store: RecordStore;
  readonly values: Map<string, { value: string; revision: number }>;
} {
  const values = new Map<string, { value: string; revision: number }>();
  const store: RecordStore = {
    read: async (name) => values.get(name) ?? null,
    write: async (name, value, expected) => {
      if ((values.get(name)?.revision ?? 0) !== expected) return 'conflict';
      values.set(name, { value, revision: expected + 1 });
      return 'written';
    },
    list: async (prefix) =>
      [...values].filter(([name]) => name.startsWith(prefix)).map(([name, stored]) => ({ name, ...stored })),
    remove: async (name, expected) => {
      if (values.get(name)?.revision !== expected) return 'conflict';
      values.delete(name);
      return 'written';
    },
  };
  return { store, values };
}
