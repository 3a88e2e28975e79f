import type {
  MessageAttributes,
  SubscribeOutcome,
  Subscription,
  Subscriptions,
  WantedSubscription,
} from '../../shared/ports/delivery.ts';
import { readAddress } from '../../shared/subscriptions/address.ts';
import { matches } from '../../shared/subscriptions/attributes.ts';
import {
  hasLapsed,
  ownStatus,
  type SubscriptionRecord,
  subscriptionOf,
} from '../../shared/subscriptions/record.ts';
import { checkWanted, fullTopic } from '../../shared/subscriptions/wanted.ts';
import { confirmKept, listKept, type Standing } from './standing.ts';
import { subscriptionId } from './subscription-id.ts';

/** What subscriptions stand on that no service keeps for us. */
export interface Keeping extends Standing {
  /** Asks an address whether it wants what was subscribed for it. */
  readonly askToConfirm: (record: SubscriptionRecord) => Promise<void>;
  /** Told when there is nothing left to confirm. */
  readonly settled: (id: string) => Promise<void>;
  /** The id that a token of a confirmation message stands for, or null; the token itself where it is absent. */
  readonly idOf?: (token: string) => Promise<string | null>;
}

/**
 * Subscriptions kept by ourselves, with the manners of SNS: an e-mail address is pending until it is confirmed and then
 * cannot be removed, a phone number is confirmed at once, and the same limits hold.
 */
export function keptSubscriptions(keeping: Keeping): Subscriptions {
  const { shelf, now } = keeping;
  return {
    subscribe: (wanted) => subscribe(keeping, wanted),
    async confirm(token) {
      const id = keeping.idOf === undefined ? token : await keeping.idOf(token);
      const outcome = await confirmKept(keeping, id);
      if (outcome === 'confirmed' && id !== null) await keeping.settled(id);
      return outcome;
    },
    async unsubscribe(channel, address) {
      const read = readAddress(channel, address);
      const record = read.ok ? await shelf.get(subscriptionId(channel, read.value)) : null;
      if (record === null) return 'unknown';
      if (ownStatus(record, now()) === 'pending') return 'pending';
      await shelf.remove(record.id);
      await keeping.settled(record.id);
      return 'removed';
    },
    list: () => listKept(keeping),
  };
}

async function subscribe(keeping: Keeping, wanted: WantedSubscription): Promise<SubscribeOutcome> {
  const { shelf, now } = keeping;
  const checked = checkWanted(wanted);
  if (!checked.ok) return { kind: 'refused', reason: checked.errors.join('; ') };
  const id = subscriptionId(checked.value.channel, checked.value.address);
  const standing = (await shelf.all()).filter((record) => !hasLapsed(record, now()));
  const known = standing.find((record) => record.id === id);
  const full = known === undefined ? fullTopic(standing.length) : null;
  if (full !== null) return { kind: 'refused', reason: full };
  const confirmedAt = known?.confirmedAt ?? (checked.value.channel === 'sms' ? now() : null);
  const record = { ...checked.value, id, requestedAt: now(), confirmedAt, arn: null };
  await shelf.put(record);
  if (confirmedAt === null) await keeping.askToConfirm(record);
  const subscription = subscriptionOf(record, ownStatus(record, now()));
  return { kind: known === undefined ? 'subscribed' : 'updated', subscription };
}

/** Whom a message reaches: confirmed subscriptions it matches. */
export async function recipientsOf(
  subscriptions: Subscriptions,
  attributes: MessageAttributes,
): Promise<readonly Subscription[]> {
  const all = await subscriptions.list();
  return all.filter((one) => one.status === 'confirmed' && matches(one, attributes));
}
