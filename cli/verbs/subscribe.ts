import type { Channel, MailFormat, Subscription } from '../../shared/ports/delivery.ts';
import type { Severity } from '../../shared/rules/rule.ts';
import { dropOwner } from '../../shared/service/subscription-owners.ts';
import { maskAddress } from '../../shared/subscriptions/address.ts';
import type { Context } from '../context.ts';
import { EXIT, type ExitCode, refuse } from '../exit.ts';
import { jsonLine } from '../output/json.ts';
import { subscriptionKeys } from '../output/subscriptions.ts';
import { noteUnknownRules } from '../output/unknown-rules.ts';
import { type Service, type ServiceOptions, withService } from '../service/service.ts';

/** Whom a verb is about: one of the two. */
export interface Recipient {
  readonly email?: string;
  readonly sms?: string;
}

export interface SubscribeOptions extends ServiceOptions, Recipient {
  readonly rules: readonly string[];
  readonly severity: Severity;
  readonly digest?: true;
  readonly format: MailFormat;
}

/** Subscribes an address, or changes what it wants. */
export function subscribe(context: Context, options: SubscribeOptions): Promise<ExitCode> {
  const recipient = requireRecipient(options);
  return withService(context, options, async (service) => {
    const { rules, severity, digest, format } = options;
    const form = digest ? 'digest' : 'single';
    const standing = (await service.subscriptions.list()).filter(({ status }) => status !== 'vanished');
    const outcome = await service.subscriptions.subscribe({
      ...{ ...recipient, rules, severity, form },
      ...(format === 'html' ? { format } : {}),
    });
    if (outcome.kind === 'refused') {
      if (options.json) context.out.write(jsonLine({ outcome: 'refused', reason: outcome.reason }));
      else context.err.write(`${context.err.paint('red', 'refused:')} ${outcome.reason}\n`);
      return EXIT.findings;
    }
    const { subscription } = outcome;
    // Whoever had an earlier one at this address, which ended elsewhere, has nothing to do with this one.
    if (!standing.some(({ id }) => id === subscription.id)) await dropOwner(service.records, subscription.id);
    if (options.json) {
      context.out.write(jsonLine({ outcome: outcome.kind, ...subscriptionKeys(subscription, 'masked') }));
    } else context.out.write(`${outcome.kind}: ${nextText(service, options, subscription)}\n`);
    await noteUnknownRules(context.err, service.records, subscription.rules);
    return EXIT.fine;
  });
}

function nextText({ topic }: Service, { dataDir }: ServiceOptions, subscription: Subscription): string {
  const { id, channel, address, format, status } = subscription;
  const who = maskAddress(channel, address);
  if (status !== 'pending') return `${who} is ${status} (${id})`;
  const how =
    topic === null
      ? `the message that asks is in ${dataDir}/outbox; confirm with npx tidemark confirm ${id}`
      : `its owner has to follow the link in the message that ${format === 'html' ? 'was sent there' : 'AWS sends'}`;
  return `${who} is pending (${id}): ${how}. Until then it cannot be removed, and it lapses after two days`;
}

/** Exactly one address, by its channel; anything else is wrong usage. */
export function requireRecipient({ email, sms }: Recipient): {
  readonly channel: Channel;
  readonly address: string;
} {
  if (email !== undefined && sms === undefined) return { channel: 'email', address: email };
  if (sms !== undefined && email === undefined) return { channel: 'sms', address: sms };
  return refuse('name one address: --email name@example.com or --sms +12025550123.');
}
