import {
  GetSMSAttributesCommand,
  GetSMSSandboxAccountStatusCommand,
  type SNSClient,
} from '@aws-sdk/client-sns';
import type { Subscription } from '../../shared/ports/delivery.ts';
import { filterPolicyOf } from '../../shared/subscriptions/filter-policy.ts';
import {
  type Observed,
  type OperatorFinding,
  type SmsAccount,
  subscriptionFindings,
} from '../../shared/subscriptions/findings.ts';
import { ownStatus, type SubscriptionRecord, subscriptionOf } from '../../shared/subscriptions/record.ts';
import { attempt } from './failures.ts';
import { snsSubscriptions } from './subscriptions.ts';
import { filterInForce, type SnsTopic } from './topic.ts';

/**
 * Compares what we know of the subscriptions with what SNS does, once a day: pending, lapsed, vanished and opted-out
 * recipients, filters that are not the ones asked for, and what limits SMS. Only reads, but for one note in our own
 * records: that a subscription was seen confirmed. Throws where SNS does not answer about the subscriptions.
 */
export async function reconcileSubscriptions(topic: SnsTopic): Promise<readonly OperatorFinding[]> {
  const records = new Map((await topic.shelf.all()).map((record) => [record.id, record]));
  const observed: Observed[] = [];
  for (const subscription of await snsSubscriptions(topic).list()) {
    observed.push(await observe(topic, subscription, records.get(subscription.id)));
  }
  for (const record of records.values()) {
    if (record.format !== 'html') continue;
    const { requestedAt, confirmedAt } = record;
    const subscription = subscriptionOf(record, ownStatus(record, topic.now()));
    observed.push({ subscription, requestedAt, wasConfirmed: confirmedAt !== null, filterHolds: null });
  }
  return subscriptionFindings(observed, await smsAccount(topic.client), topic.now());
}

async function observe(
  topic: SnsTopic,
  subscription: Subscription,
  record: SubscriptionRecord | undefined,
): Promise<Observed> {
  if (record === undefined) {
    return { subscription, requestedAt: null, wasConfirmed: true, filterHolds: null };
  }
  const wasConfirmed = record.confirmedAt !== null;
  const confirmed = subscription.status === 'confirmed';
  if (confirmed && !wasConfirmed) await topic.shelf.put({ ...record, confirmedAt: topic.now() });
  const filterHolds = confirmed ? await holds(topic, record) : null;
  return { subscription, requestedAt: record.requestedAt, wasConfirmed, filterHolds };
}

async function holds(topic: SnsTopic, record: SubscriptionRecord): Promise<boolean | null> {
  if (record.arn === null) return null;
  const inForce = await filterInForce(topic, record.arn);
  return inForce !== null && textOf(inForce) === textOf(record);
}

function textOf(filtered: Parameters<typeof filterPolicyOf>[0]): string {
  return JSON.stringify(filterPolicyOf(filtered));
}

/** What limits SMS in this account; what cannot be asked is null, so that it hides no other finding. */
async function smsAccount(client: SNSClient): Promise<SmsAccount> {
  const sandbox = await attempt(client.send(new GetSMSSandboxAccountStatusCommand({})));
  const spending = await attempt(
    client.send(new GetSMSAttributesCommand({ attributes: ['MonthlySpendLimit'] })),
  );
  return {
    inSandbox: sandbox.ok ? (sandbox.answer.IsInSandbox ?? null) : null,
    monthlySpendLimit: spending.ok ? spendLimit(spending.answer.attributes?.['MonthlySpendLimit']) : null,
  };
}

/** An account that never set a limit has the one it started with. */
function spendLimit(text: string | undefined): number | null {
  if (text === undefined) return 1;
  const limit = Number(text);
  return Number.isFinite(limit) ? limit : null;
}
