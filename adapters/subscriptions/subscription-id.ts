import { createHash } from 'node:crypto';
import type { Channel } from '../../shared/ports/delivery.ts';

/** Names a subscription by its channel and address without telling the address: `email-` or `sms-` and 12 hex digits. */
export function subscriptionId(channel: Channel, address: string): string {
  const digest = createHash('sha256').update(`${channel}:${address}`).digest('hex');
  return `${channel}-${digest.slice(0, 12)}`;
}
