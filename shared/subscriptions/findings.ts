import type { Instant } from '../calendar/calendar.ts';
import type { Subscription } from '../ports/delivery.ts';
import { maskAddress } from './address.ts';
import { PENDING_FOR } from './record.ts';

const HOUR = 3_600_000;
/** What an account may spend on SMS a month until AWS raises it, in US dollars. */
const STARTING_SPEND_LIMIT = 1;

/** A subscription as the daily reconciliation sees it. */
export interface Observed {
  readonly subscription: Subscription;
  /** When it was last asked for; null where it was not asked for through us. */
  readonly requestedAt: Instant | null;
  /** Whether it was ever seen confirmed. */
  readonly wasConfirmed: boolean;
  /** Whether the filter in force is the one asked for; null where it cannot be told. */
  readonly filterHolds: boolean | null;
}

/** What limits SMS in the account; null where it could not be asked. */
export interface SmsAccount {
  readonly inSandbox: boolean | null;
  /** US dollars. */
  readonly monthlySpendLimit: number | null;
}

export type FindingCode =
  | 'pending'
  | 'lapsed'
  | 'vanished'
  | 'opted-out'
  | 'other-filter'
  | 'sms-sandbox'
  | 'sms-spend-limit'
  | 'sms-unknown';

/** Something about delivery that the operator should know. It holds no address that anyone could use. */
export interface OperatorFinding {
  readonly code: FindingCode;
  /** The id of the subscription; null where the finding is about the account. */
  readonly subscription: string | null;
  readonly text: string;
}

/** What is wrong with the subscriptions, in their order, and then with the account, which matters only to SMS. */
export function subscriptionFindings(
  observed: readonly Observed[],
  account: SmsAccount,
  now: Instant,
): readonly OperatorFinding[] {
  const own = observed.flatMap((one) => {
    const found = findingOf(one, now);
    return found === null ? [] : [{ ...found, subscription: one.subscription.id }];
  });
  const sms = observed.filter(
    ({ subscription }) => subscription.channel === 'sms' && subscription.status === 'confirmed',
  );
  return sms.length === 0 ? own : [...own, ...accountFindings(account, sms.length)];
}

type Found = Omit<OperatorFinding, 'subscription'>;

function findingOf(observed: Observed, now: Instant): Found | null {
  const { channel, address, status } = observed.subscription;
  const who = maskAddress(channel, address);
  switch (status) {
    case 'pending':
      return { code: 'pending', text: `${who} ${pendingText(observed.requestedAt, now)}` };
    case 'vanished':
      return observed.wasConfirmed ? vanished(who) : lapsed(who);
    case 'opted out':
      return { code: 'opted-out', text: `${who} has opted out of SMS: only its owner can opt in again` };
    case 'confirmed':
      return observed.filterHolds === false ? otherFilter(who) : null;
  }
}

function pendingText(requestedAt: Instant | null, now: Instant): string {
  if (requestedAt === null) return 'has not confirmed; it was not subscribed through tidemark';
  const waited = now - requestedAt;
  const left = Math.max(0, PENDING_FOR - waited);
  return `has not confirmed for ${hours(waited)}; the request lapses by itself in ${hours(left)}`;
}

function hours(span: number): string {
  const whole = Math.floor(span / HOUR);
  return whole === 1 ? '1 hour' : `${whole} hours`;
}

function vanished(who: string): Found {
  return {
    code: 'vanished',
    text: `${who} is subscribed no more, and not by us: its owner followed the unsubscribe link, or somebody removed it`,
  };
}

function lapsed(who: string): Found {
  return {
    code: 'lapsed',
    text: `${who} is gone and was never seen confirmed: most likely nobody confirmed within two days. Subscribe it again if it is wanted`,
  };
}

function otherFilter(who: string): Found {
  return {
    code: 'other-filter',
    text: `${who} has another filter in force than the one asked for: subscribe it again`,
  };
}

function accountFindings(
  { inSandbox, monthlySpendLimit }: SmsAccount,
  sms: number,
): readonly OperatorFinding[] {
  const found: Found[] = [];
  if (inSandbox === true) {
    found.push({
      code: 'sms-sandbox',
      text: `SMS is in the sandbox: of ${sms} numbers only those verified there, at most 10, receive anything`,
    });
  }
  if (monthlySpendLimit !== null && monthlySpendLimit <= STARTING_SPEND_LIMIT) {
    found.push({
      code: 'sms-spend-limit',
      text: `SMS may spend ${monthlySpendLimit} USD a month, and stops there without a word: ask AWS for more`,
    });
  }
  if (inSandbox === null || monthlySpendLimit === null) {
    found.push({ code: 'sms-unknown', text: 'the limits of SMS in this account could not be read' });
  }
  return found.map((one) => ({ ...one, subscription: null }));
}
