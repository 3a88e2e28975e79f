import type { Alert, Message } from '../../shared/alerts/alert.ts';
import type { AlertRecord, DeliveryState } from '../../shared/ports/records.ts';
import { type Item, longText, longTextOf, number, numberOf, text, textOf } from './items.ts';
import { alertKey, DUE } from './keys.ts';

/** What an alert item says beside alert and message: attributes that conditions and the index need apart. */
export type DeliveryAttributes = Record<string, Item[string]>;

/** An alert as an item; alert and message are compressed, so that a large one stays far below 400 KB. */
export function alertItem({ alert, message, createdAt, delivery }: AlertRecord): Item {
  const { pk, sk } = alertKey(alert.id);
  return {
    pk: text(pk),
    sk: text(sk),
    createdAt: number(createdAt),
    content: longText(JSON.stringify([alert, message])),
    ...deliveryAttributes(delivery),
    ...(isDue(delivery) ? { duePk: text(DUE), dueSk: text(sk) } : {}),
  };
}

export function alertRecordOf(item: Item): AlertRecord {
  const [alert, message] = JSON.parse(longTextOf(item, 'content')) as [Alert, Message];
  return { alert, message, createdAt: numberOf(item, 'createdAt'), delivery: deliveryOf(item) };
}

/** Whether an alert still waits for a publish that may yet happen. */
export function isDue({ kind }: DeliveryState): boolean {
  return kind === 'unsent' || kind === 'claimed';
}

/** What an outcome leaves in the item; what is not named here goes when a claim is settled. */
export function deliveryAttributes(delivery: DeliveryState): DeliveryAttributes {
  const state = text(delivery.kind);
  switch (delivery.kind) {
    case 'unsent':
      return { state };
    case 'claimed':
      return { state, leaseUntil: number(delivery.until), attempts: number(delivery.attempts) };
    case 'sent': {
      const { at, publishId, attempts } = delivery;
      return { state, attempts: number(attempts), outcome: text(JSON.stringify({ at, publishId })) };
    }
    case 'withheld': {
      const { reason, detail } = delivery;
      return { state, outcome: text(JSON.stringify({ reason, detail })) };
    }
    case 'failed': {
      const { at, error, attempts } = delivery;
      return { state, attempts: number(attempts), outcome: text(JSON.stringify({ at, error })) };
    }
  }
}

function deliveryOf(item: Item): DeliveryState {
  const kind = textOf(item, 'state') as DeliveryState['kind'];
  const attempts = numberOf(item, 'attempts');
  if (kind === 'unsent') return { kind };
  if (kind === 'claimed') return { kind, until: numberOf(item, 'leaseUntil'), attempts };
  const outcome = JSON.parse(textOf(item, 'outcome')) as object;
  return { kind, ...outcome, ...(kind === 'withheld' ? {} : { attempts }) } as DeliveryState;
}
