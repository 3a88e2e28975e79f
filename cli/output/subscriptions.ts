import type { Subscription } from '../../shared/ports/delivery.ts';
import { maskAddress } from '../../shared/subscriptions/address.ts';

/** Whether addresses are shown as they are. */
export type AddressStyle = 'masked' | 'shown';

/** A subscription as scripts read it. */
export function subscriptionKeys(subscription: Subscription, style: AddressStyle): Record<string, unknown> {
  const { id, channel, rules, severity, form, format = 'text', status } = subscription;
  return { id, channel, address: addressText(subscription, style), rules, severity, form, format, status };
}

/** An address in the style that is wanted. */
export function addressText({ channel, address }: Subscription, style: AddressStyle): string {
  return style === 'shown' ? address : maskAddress(channel, address);
}
