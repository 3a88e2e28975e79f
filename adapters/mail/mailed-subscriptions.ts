import type { SubscribeOutcome, Subscriptions, WantedSubscription } from '../../shared/ports/delivery.ts';
import { checkWanted } from '../../shared/subscriptions/wanted.ts';
import { keptSubscriptions } from '../subscriptions/kept-subscriptions.ts';
import { shelfOf, type SubscriptionShelf } from '../subscriptions/shelf.ts';
import { subscriptionId } from '../subscriptions/subscription-id.ts';
import type { SubscriptionRecord } from '../../shared/subscriptions/record.ts';
import type { Instant } from '../../shared/calendar/calendar.ts';
import type { LinkTokens } from './tokens.ts';

/** What subscriptions of both formats stand on. */
export interface MailedGround {
  /** The subscriptions that SNS keeps: plain text, and SMS. */
  readonly sns: Subscriptions;
  /** Our own records, of both formats. */
  readonly shelf: SubscriptionShelf;
  readonly now: () => Instant;
  readonly tokens: LinkTokens;
  /** Asks an address whether it wants HTML mail, with the token that confirms; null where no such mail is sent. */
  readonly ask: ((record: SubscriptionRecord, token: string) => Promise<void>) | null;
}

const NO_HTML = 'this service sends no HTML mail: leave the format out, or deploy it with mailFrom';
const WAITS =
  'this address is asked to confirm plain text already: it has to confirm that first, or two days have to pass';

/**
 * Subscriptions of a deployed service. Plain text and SMS are kept by SNS, HTML mail by ourselves: an address is in one of
 * the two places, never in both. To change the format moves it.
 */
export function mailedSubscriptions(ground: MailedGround): Subscriptions {
  const { sns } = ground;
  const kept = keptHtml(ground);
  return {
    subscribe: (wanted) =>
      wanted.format === 'html' ? subscribeHtml(ground, kept, wanted) : subscribeText(ground, kept, wanted),
    async confirm(token) {
      const outcome = await kept.confirm(token);
      return outcome === 'confirmed' ? outcome : await sns.confirm(token);
    },
    async unsubscribe(channel, address) {
      const outcome = await kept.unsubscribe(channel, address);
      return outcome === 'unknown' ? await sns.unsubscribe(channel, address) : outcome;
    },
    list: async () =>
      [...(await sns.list()), ...(await kept.list())].toSorted((a, b) => (a.id < b.id ? -1 : 1)),
  };
}

/** The subscriptions to HTML mail alone. */
function keptHtml({ shelf, now, tokens, ask }: Omit<MailedGround, 'sns'>): Subscriptions {
  return keptSubscriptions({
    shelf: shelfOf(shelf, 'html'),
    now,
    idOf: (token) => tokens.read('confirm', token),
    askToConfirm: async (record) => await ask?.(record, await tokens.sign('confirm', record.id)),
    settled: async () => {},
  });
}

async function subscribeHtml(
  { sns, shelf, ask, now }: MailedGround,
  kept: Subscriptions,
  wanted: WantedSubscription,
): Promise<SubscribeOutcome> {
  if (ask === null) return { kind: 'refused', reason: NO_HTML };
  const checked = checkWanted(wanted);
  if (!checked.ok) return { kind: 'refused', reason: checked.errors.join('; ') };
  const { channel, address } = checked.value;
  const id = subscriptionId(channel, address);
  const standing = (await sns.list()).find((one) => one.id === id);
  if (standing?.status === 'pending') return { kind: 'refused', reason: WAITS };
  // SNS first: cut off here, an address has nothing and asks again; the other way round it would get both.
  if (standing !== undefined) await sns.unsubscribe(channel, address);
  if (standing?.status === 'confirmed') {
    // Whoever confirmed plain text at this address need not be asked again.
    await shelf.put({ ...checked.value, id, requestedAt: now(), confirmedAt: now(), arn: null });
  }
  return await kept.subscribe(checked.value);
}

async function subscribeText(
  { sns, shelf }: MailedGround,
  kept: Subscriptions,
  wanted: WantedSubscription,
): Promise<SubscribeOutcome> {
  const checked = checkWanted(wanted);
  const id = checked.ok ? subscriptionId(checked.value.channel, checked.value.address) : null;
  const standing = id === null ? undefined : (await kept.list()).find((one) => one.id === id);
  const before = standing === undefined || id === null ? null : await shelf.get(id);
  if (before !== null) await shelf.remove(before.id);
  const outcome = await sns.subscribe(wanted);
  // Refused, it stays what it was.
  if (outcome.kind === 'refused' && before !== null) await shelf.put(before);
  return outcome;
}
