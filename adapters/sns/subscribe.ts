import { SetSubscriptionAttributesCommand, SubscribeCommand } from '@aws-sdk/client-sns';
import type { SubscribeOutcome, WantedSubscription } from '../../shared/ports/delivery.ts';
import { filterPolicyOf, MAX_POLICIES_PER_TOPIC } from '../../shared/subscriptions/filter-policy.ts';
import { subscriptionOf } from '../../shared/subscriptions/record.ts';
import { checkWanted, fullTopic } from '../../shared/subscriptions/wanted.ts';
import { subscriptionId } from '../subscriptions/subscription-id.ts';
import { type Attempt, attempt, type SnsFailureText, thrown } from './failures.ts';
import { hasOptedOut, type SnsTopic, type TopicEntry, topicEntries } from './topic.ts';

const OPTED_OUT =
  'this number has opted out of messages: its owner can opt in again by answering START to the last one, and nobody else can';

/** What a person can do about a call that SNS refused; every other failure is thrown. */
const REFUSALS: ReadonlyMap<SnsFailureText, string> = new Map([
  ['a parameter was refused', 'SNS does not take this address: check it for a slip'],
  ['the recipient has opted out', OPTED_OUT],
  ['no more filter policies fit', fullTopic(MAX_POLICIES_PER_TOPIC) ?? ''],
  ['no more subscriptions fit', fullTopic(MAX_POLICIES_PER_TOPIC) ?? ''],
]);

/** Subscribes an address, or gives the subscription it has a new filter. */
export async function subscribeAt(topic: SnsTopic, wanted: WantedSubscription): Promise<SubscribeOutcome> {
  const checked = checkWanted(wanted);
  if (!checked.ok) return refused(checked.errors.join('; '));
  const { channel, address } = checked.value;
  if (channel === 'sms' && (await hasOptedOut(topic, address))) return refused(OPTED_OUT);
  const { people, total } = await topicEntries(topic);
  const id = subscriptionId(channel, address);
  const standing = people.find((entry) => entry.id === id);
  const full = standing === undefined ? fullTopic(total) : null;
  if (full !== null) return refused(full);
  const placed = await placeAt(topic, checked.value, standing);
  if (placed.ok) return remember(topic, checked.value, { id, arn: placed.answer, standing });
  const reason = REFUSALS.get(placed.failure.error);
  if (reason === undefined) throw thrown(placed.failure);
  return refused(reason);
}

function refused(reason: string): SubscribeOutcome {
  return { kind: 'refused', reason };
}

/** Tells SNS, and gives the subscription's name: SNS tells it even while the subscription is pending, if asked. */
async function placeAt(
  topic: SnsTopic,
  wanted: WantedSubscription,
  standing: TopicEntry | undefined,
): Promise<Attempt<string | null>> {
  const policy = JSON.stringify(filterPolicyOf(wanted));
  const arn = standing?.arn ?? null;
  if (arn !== null) return setFilter(topic, arn, policy);
  // For a pending one this sends the confirmation message once more.
  const command = new SubscribeCommand({
    TopicArn: topic.topicArn,
    Protocol: wanted.channel,
    Endpoint: wanted.address,
    ReturnSubscriptionArn: true,
    Attributes: { FilterPolicyScope: 'MessageAttributes', FilterPolicy: policy },
  });
  const made = await attempt(topic.client.send(command));
  if (made.ok) return { ok: true, answer: made.answer.SubscriptionArn ?? null };
  const known = standing === undefined ? null : ((await topic.shelf.get(standing.id))?.arn ?? null);
  // SNS refuses to subscribe an address again with another filter: then the filter alone is changed.
  return known !== null && made.failure.error === 'a parameter was refused'
    ? setFilter(topic, known, policy)
    : made;
}

async function setFilter({ client }: SnsTopic, arn: string, policy: string): Promise<Attempt<string | null>> {
  const command = new SetSubscriptionAttributesCommand({
    SubscriptionArn: arn,
    AttributeName: 'FilterPolicy',
    AttributeValue: policy,
  });
  const made = await attempt(client.send(command));
  return made.ok ? { ok: true, answer: arn } : made;
}

/** Keeps our own record, after SNS has its own: one that SNS never heard of would look as if it had vanished. */
async function remember(
  { shelf, now }: SnsTopic,
  wanted: WantedSubscription,
  placed: { readonly id: string; readonly arn: string | null; readonly standing: TopicEntry | undefined },
): Promise<SubscribeOutcome> {
  const confirmed = wanted.channel === 'sms' || (placed.standing?.arn ?? null) !== null;
  const earlier = placed.standing === undefined ? null : await shelf.get(placed.id);
  const record = {
    ...wanted,
    id: placed.id,
    arn: placed.arn,
    requestedAt: now(),
    confirmedAt: confirmed ? (earlier?.confirmedAt ?? now()) : null,
  };
  await shelf.put(record);
  const subscription = subscriptionOf(record, confirmed ? 'confirmed' : 'pending');
  return { kind: placed.standing === undefined ? 'subscribed' : 'updated', subscription };
}
