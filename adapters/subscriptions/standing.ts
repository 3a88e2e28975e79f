import type { Instant } from '../../shared/calendar/calendar.ts';
import type { Subscription } from '../../shared/ports/delivery.ts';
import { hasLapsed, ownStatus, subscriptionOf } from '../../shared/subscriptions/record.ts';
import type { SubscriptionShelf } from './shelf.ts';

/** What looking at subscriptions kept by ourselves stands on. */
export interface Standing {
  readonly shelf: SubscriptionShelf;
  readonly now: () => Instant;
}

/** Every subscription on a shelf as it stands now. */
export async function listKept({ shelf, now }: Standing): Promise<readonly Subscription[]> {
  const records = await shelf.all();
  return records.map((record) => subscriptionOf(record, ownStatus(record, now())));
}

/** Confirms a subscription by its id; one that has lapsed is unknown. */
export async function confirmKept(
  { shelf, now }: Standing,
  id: string | null,
): Promise<'confirmed' | 'unknown'> {
  const record = id === null ? null : await shelf.get(id);
  if (record === null || hasLapsed(record, now())) return 'unknown';
  await shelf.put({ ...record, confirmedAt: record.confirmedAt ?? now() });
  return 'confirmed';
}
