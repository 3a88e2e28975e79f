import { subscriptionId } from '../../adapters/subscriptions/subscription-id.ts';
import { dropOwner } from '../../shared/service/subscription-owners.ts';
import { maskAddress, readAddress } from '../../shared/subscriptions/address.ts';
import type { Context } from '../context.ts';
import { EXIT, type ExitCode } from '../exit.ts';
import { jsonLine } from '../output/json.ts';
import { type ServiceOptions, withService } from '../service/service.ts';
import { type Recipient, requireRecipient } from './subscribe.ts';

export interface UnsubscribeOptions extends ServiceOptions, Recipient {}

const TEXT = {
  removed: 'is subscribed no more',
  pending: 'has not confirmed yet and cannot be removed before: the request lapses by itself after two days',
  unknown: 'is not subscribed',
} as const;

/** Removes a subscription. */
export function unsubscribe(context: Context, options: UnsubscribeOptions): Promise<ExitCode> {
  const { channel, address } = requireRecipient(options);
  return withService(context, options, async ({ subscriptions, records }) => {
    const outcome = await subscriptions.unsubscribe(channel, address);
    const read = readAddress(channel, address);
    if (outcome === 'removed' && read.ok) await dropOwner(records, subscriptionId(channel, read.value));
    if (options.json) context.out.write(jsonLine({ outcome }));
    else {
      const output = outcome === 'removed' ? context.out : context.err;
      output.write(`${outcome}: ${maskAddress(channel, address)} ${TEXT[outcome]}\n`);
    }
    return outcome === 'removed' ? EXIT.fine : EXIT.findings;
  });
}
