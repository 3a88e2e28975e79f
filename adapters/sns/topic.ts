import {
  CheckIfPhoneNumberIsOptedOutCommand,
  GetSubscriptionAttributesCommand,
  ListSubscriptionsByTopicCommand,
  type SNSClient,
  type Subscription as SnsSubscription,
} from '@aws-sdk/client-sns';
import type { Instant } from '../../shared/calendar/calendar.ts';
import type { Channel } from '../../shared/ports/delivery.ts';
import type { Filtered } from '../../shared/subscriptions/filter-policy.ts';
import { readFilterPolicy } from '../../shared/subscriptions/read-filter-policy.ts';
import type { SubscriptionShelf } from '../subscriptions/shelf.ts';
import { subscriptionId } from '../subscriptions/subscription-id.ts';
import { answered, attempt, thrown } from './failures.ts';

/** A topic, and what we remember of its subscriptions. */
export interface SnsTopic {
  readonly client: SNSClient;
  readonly topicArn: string;
  readonly shelf: SubscriptionShelf;
  readonly now: () => Instant;
}

/** What SNS says of a subscription of ours. */
export interface TopicEntry {
  readonly id: string;
  readonly channel: Channel;
  readonly address: string;
  /** Its name; null while it is pending. */
  readonly arn: string | null;
}

/** The subscriptions of a topic; `total` counts those by other protocols too, because the limit does. */
export interface TopicEntries {
  readonly people: readonly TopicEntry[];
  readonly total: number;
}

/** Reads all pages. */
export async function topicEntries({ client, topicArn }: SnsTopic): Promise<TopicEntries> {
  const people: TopicEntry[] = [];
  let total = 0;
  let token: string | undefined;
  do {
    const page = await answered(
      client.send(new ListSubscriptionsByTopicCommand({ TopicArn: topicArn, NextToken: token })),
    );
    const standing = (page.Subscriptions ?? []).filter(
      ({ SubscriptionArn }) => SubscriptionArn !== 'Deleted',
    );
    total += standing.length;
    people.push(...standing.map(entryOf).filter((entry) => entry !== null));
    token = page.NextToken;
  } while (token !== undefined && token !== '');
  return { people, total };
}

function entryOf({ Protocol, Endpoint, SubscriptionArn }: SnsSubscription): TopicEntry | null {
  if ((Protocol !== 'email' && Protocol !== 'sms') || Endpoint === undefined) return null;
  // While it is pending SNS writes `PendingConfirmation` in place of a name.
  const arn = SubscriptionArn?.startsWith('arn:') === true ? SubscriptionArn : null;
  return { id: subscriptionId(Protocol, Endpoint), channel: Protocol, address: Endpoint, arn };
}

/**
 * What a confirmed subscription's filter lets through; null for none, for one that is not ours, and where there is no
 * subscription of this name any more: its owner may have left, and come back by another one.
 */
export async function filterInForce({ client }: SnsTopic, arn: string): Promise<Filtered | null> {
  const asked = await attempt(client.send(new GetSubscriptionAttributesCommand({ SubscriptionArn: arn })));
  if (asked.ok) return readFilterPolicy(asked.answer.Attributes?.['FilterPolicy'] ?? '');
  if (asked.failure.error === 'no such topic or subscription') return null;
  throw thrown(asked.failure);
}

/** Whether the owner of a number has told his carrier that he wants no messages. */
export async function hasOptedOut({ client }: SnsTopic, phoneNumber: string): Promise<boolean> {
  const { isOptedOut } = await answered(
    client.send(new CheckIfPhoneNumberIsOptedOutCommand({ phoneNumber })),
  );
  return isOptedOut === true;
}
