import * as z from 'zod/mini';
import type { Instant } from '../calendar/calendar.ts';
import type { Subscription, SubscriptionStatus } from '../ports/delivery.ts';

const HOUR = 3_600_000;
/** How long a confirmation message can be answered: the life of its token at SNS. */
export const PENDING_FOR = 48 * HOUR;

/** What we keep of a subscription ourselves: one of the two places an address may lie in (DESIGN section 6). */
export interface SubscriptionRecord extends Omit<Subscription, 'status'> {
  /** When it was last asked for. */
  readonly requestedAt: Instant;
  /** When it was first seen confirmed; null until then. */
  readonly confirmedAt: Instant | null;
  /** Its name at SNS; null where there is none. */
  readonly arn: string | null;
}

const RECORD = z.object({
  id: z.string(),
  channel: z.enum(['email', 'sms']),
  address: z.string(),
  rules: z.array(z.string()),
  severity: z.enum(['info', 'notice', 'urgent']),
  form: z.enum(['single', 'digest']),
  format: z.optional(z.enum(['text', 'html'])),
  requestedAt: z.number(),
  confirmedAt: z.nullable(z.number()),
  arn: z.nullable(z.string()),
});

/** The text a record is stored as. */
export function writeRecord(record: SubscriptionRecord): string {
  return JSON.stringify(record);
}

/** A stored record; null where the text is none. */
export function readRecord(text: string): SubscriptionRecord | null {
  try {
    const read = RECORD.safeParse(JSON.parse(text)).data;
    if (read === undefined) return null;
    const { format, ...record } = read;
    return format === undefined ? record : { ...record, format };
  } catch {
    return null;
  }
}

/** Whether its confirmation message can no longer be answered. */
export function hasLapsed({ requestedAt, confirmedAt }: SubscriptionRecord, now: Instant): boolean {
  return confirmedAt === null && now - requestedAt >= PENDING_FOR;
}

/** Where a subscription stands that nobody else keeps. */
export function ownStatus(record: SubscriptionRecord, now: Instant): SubscriptionStatus {
  if (record.confirmedAt !== null) return 'confirmed';
  return hasLapsed(record, now) ? 'vanished' : 'pending';
}

/** A record as the subscription it is of. */
export function subscriptionOf(record: SubscriptionRecord, status: SubscriptionStatus): Subscription {
  const { id, channel, address, rules, severity, form, format } = record;
  const subscription = { id, channel, address, rules, severity, form, status };
  return format === undefined ? subscription : { ...subscription, format };
}
