import type { DeliveryState } from '../ports/records.ts';

/** What became of an alert, in a few words that name nobody. */
export function deliveryText(delivery: DeliveryState): string {
  switch (delivery.kind) {
    case 'unsent':
      return 'not sent yet';
    case 'claimed':
      return 'being sent';
    case 'sent':
      return delivery.attempts > 1 ? `sent, ${delivery.attempts} times` : 'sent';
    case 'withheld':
      return `withheld: ${delivery.reason}`;
    case 'failed':
      return `failed: ${delivery.error}`;
  }
}
