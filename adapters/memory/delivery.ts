import type { Instant } from '../../shared/calendar/calendar.ts';
import type { Publication, Publisher, Subscriptions } from '../../shared/ports/delivery.ts';
import { keptSubscriptions, recipientsOf } from '../subscriptions/kept-subscriptions.ts';
import { memoryShelf } from '../subscriptions/shelf.ts';

/** One publish as it was made: a second one of the same key is a second entry. */
export interface MemoryPublish {
  readonly publication: Publication;
  readonly publishId: string;
  /** Ids of the subscriptions it reached. */
  readonly recipients: readonly string[];
}

/** Subscriptions and a publisher that last as long as the process; `published` is everything sent, in order. */
export interface MemoryDelivery {
  readonly publisher: Publisher;
  readonly subscriptions: Subscriptions;
  readonly published: readonly MemoryPublish[];
}

/** Delivery in memory: a subscription is confirmed with its own id. */
export function memoryDelivery(now: () => Instant): MemoryDelivery {
  const subscriptions = keptSubscriptions({
    shelf: memoryShelf(),
    now,
    askToConfirm: nothing,
    settled: nothing,
  });
  const published: MemoryPublish[] = [];
  const publisher: Publisher = {
    async publish(publication) {
      const recipients = await recipientsOf(subscriptions, publication.attributes);
      const publishId = `memory-${published.length + 1}`;
      published.push({ publication, publishId, recipients: recipients.map(({ id }) => id) });
      return { kind: 'published', publishId };
    },
  };
  return { publisher, subscriptions, published };
}

async function nothing(): Promise<void> {}
