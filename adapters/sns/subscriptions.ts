import { ConfirmSubscriptionCommand, UnsubscribeCommand } from '@aws-sdk/client-sns';
import type { Channel, Subscription, Subscriptions } from '../../shared/ports/delivery.ts';
import { readAddress } from '../../shared/subscriptions/address.ts';
import type { Filtered } from '../../shared/subscriptions/filter-policy.ts';
import { type SubscriptionRecord, subscriptionOf } from '../../shared/subscriptions/record.ts';
import { shelfOf } from '../subscriptions/shelf.ts';
import { subscriptionId } from '../subscriptions/subscription-id.ts';
import { answered, attempt, type SnsFailureText, thrown } from './failures.ts';
import { subscribeAt } from './subscribe.ts';
import { filterInForce, hasOptedOut, type SnsTopic, type TopicEntry, topicEntries } from './topic.ts';

/** A list from SNS may lag behind a call just made; so long, a subscription it does not show is not missed. */
const LIST_LAG_MS = 15 * 60_000;

/** A subscription without a filter gets everything. */
const EVERYTHING: Filtered = { rules: ['*'], severity: 'info', form: 'single' };

/** How SNS answers a token that it did not give, or that has run out. */
const WRONG_TOKEN: ReadonlySet<SnsFailureText> = new Set([
  'a parameter was refused',
  'no such topic or subscription',
]);

/** Subscriptions of one topic, kept by SNS; what SNS does not tell (of a pending one, its filter) is in our own record. */
export function snsSubscriptions(whole: SnsTopic): Subscriptions {
  // Who gets HTML mail is none of SNS's.
  const topic = { ...whole, shelf: shelfOf(whole.shelf, 'text') };
  return {
    subscribe: (wanted) => subscribeAt(topic, wanted),
    confirm: (token) => confirmAt(topic, token),
    unsubscribe: (channel, address) => unsubscribeAt(topic, channel, address),
    list: () => listAt(topic),
  };
}

/**
 * Confirms on behalf of the owner of the address, who handed over the token in the link he was sent. Only so can SNS be
 * told to refuse an unsubscribe link that anyone may follow to whom a message was passed on.
 */
async function confirmAt({ client, topicArn }: SnsTopic, token: string): Promise<'confirmed' | 'unknown'> {
  const command = new ConfirmSubscriptionCommand({
    TopicArn: topicArn,
    Token: token,
    AuthenticateOnUnsubscribe: 'true',
  });
  const made = await attempt(client.send(command));
  if (made.ok) return 'confirmed';
  if (WRONG_TOKEN.has(made.failure.error)) return 'unknown';
  throw thrown(made.failure);
}

async function unsubscribeAt(
  topic: SnsTopic,
  channel: Channel,
  address: string,
): Promise<'removed' | 'pending' | 'unknown'> {
  const read = readAddress(channel, address);
  if (!read.ok) return 'unknown';
  const id = subscriptionId(channel, read.value);
  const standing = (await topicEntries(topic)).people.find((entry) => entry.id === id);
  if (standing?.arn === null) return 'pending';
  const record = await topic.shelf.get(id);
  if (standing === undefined && record === null) return 'unknown';
  if (standing !== undefined) {
    await answered(topic.client.send(new UnsubscribeCommand({ SubscriptionArn: standing.arn })));
  }
  await topic.shelf.remove(id);
  return 'removed';
}

async function listAt(topic: SnsTopic): Promise<readonly Subscription[]> {
  const { people } = await topicEntries(topic);
  const records = new Map((await topic.shelf.all()).map((record) => [record.id, record]));
  const standing: Subscription[] = [];
  for (const entry of people) {
    const record = records.get(entry.id);
    standing.push(await standingOf(topic, entry, record));
    // Noted when it is first seen, for those who may read our records and not ask SNS.
    if (entry.arn !== null && record?.confirmedAt === null) {
      await topic.shelf.put({ ...record, confirmedAt: topic.now() });
    }
  }
  const listed = new Set(people.map(({ id }) => id));
  const missing = [...records.values()].filter(({ id }) => !listed.has(id));
  return [...standing, ...missing.map((record) => missingOf(topic, record))].toSorted((a, b) =>
    a.id < b.id ? -1 : 1,
  );
}

async function standingOf(
  topic: SnsTopic,
  { id, channel, address, arn }: TopicEntry,
  record: SubscriptionRecord | undefined,
): Promise<Subscription> {
  const filtered = record ?? (arn === null ? null : await filterInForce(topic, arn)) ?? EVERYTHING;
  const { rules, severity, form } = filtered;
  const subscription = { id, channel, address, rules, severity, form };
  if (arn === null) return { ...subscription, status: 'pending' };
  const optedOut = channel === 'sms' && (await hasOptedOut(topic, address));
  return { ...subscription, status: optedOut ? 'opted out' : 'confirmed' };
}

function missingOf({ now }: SnsTopic, record: SubscriptionRecord): Subscription {
  const fresh = now() - record.requestedAt < LIST_LAG_MS;
  if (!fresh) return subscriptionOf(record, 'vanished');
  return subscriptionOf(record, record.confirmedAt === null ? 'pending' : 'confirmed');
}
