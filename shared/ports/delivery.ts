import type { Message } from '../alerts/alert.ts';
import type { Compose } from './mail.ts';
import type { Severity } from '../rules/rule.ts';

/**
 * What subscriptions filter on, made by `attributesOf` (shared/subscriptions). Several values each for a digest, which
 * reaches everyone whom any of its alerts would have reached, and nobody else.
 */
export interface MessageAttributes {
  readonly rules: readonly string[];
  readonly severities: readonly Severity[];
  /** Which rule speaks how loudly: what the two lists alone do not say of a digest. */
  readonly alerts: readonly { readonly rule: string; readonly severity: Severity }[];
  /** `single`, `digest` (instead of single alerts) or `both` where subscribers of either kind are to get it. */
  readonly form: 'single' | 'digest' | 'both';
}

/** One publish to everybody subscribed. `key` is the alert id (or the digest's), the same on every attempt. */
export interface Publication {
  readonly key: string;
  readonly message: Message;
  readonly attributes: MessageAttributes;
}

/** How a publish ended: a `retryable` failure may be tried again once the lease is over, a `permanent` one never. */
export type Published =
  | { readonly kind: 'published'; readonly publishId: string }
  | { readonly kind: 'retryable'; readonly error: string }
  | { readonly kind: 'permanent'; readonly error: string };

/** Sends a message to its subscribers. Never throws, and never names a recipient in an error. */
export interface Publisher {
  publish(publication: Publication): Promise<Published>;
}

/** A publisher that hands mails over by itself, and sends HTML to who wants it where it is given what composes it. */
export interface MailingPublisher extends Publisher {
  composing(compose: Compose): Publisher;
}

export type Channel = 'email' | 'sms';
export type MailFormat = 'text' | 'html';
export type SubscriptionStatus = 'pending' | 'confirmed' | 'opted out' | 'vanished';

/** Who wants which alerts where. */
export interface Subscription {
  /** Stable, derived from channel and address by the adapter; safe to print. */
  readonly id: string;
  readonly channel: Channel;
  readonly address: string;
  /** Rule id patterns: an id, a prefix ending in `*`, or `*`. */
  readonly rules: readonly string[];
  readonly severity: Severity;
  readonly form: 'single' | 'digest';
  /** How an e-mail looks; plain text where it is absent. HTML only where the service sends such mail. */
  readonly format?: MailFormat;
  readonly status: SubscriptionStatus;
}

export type SubscribeOutcome =
  | { readonly kind: 'subscribed' | 'updated'; readonly subscription: Subscription }
  | { readonly kind: 'refused'; readonly reason: string };

/** A subscription as somebody asks for it. */
export type WantedSubscription = Omit<Subscription, 'id' | 'status'>;

/** Subscriptions, kept by whoever delivers. */
export interface Subscriptions {
  /** Subscribing an address again replaces what it wants. */
  subscribe(wanted: WantedSubscription): Promise<SubscribeOutcome>;
  /** Confirms with the token of the confirmation message. */
  confirm(token: string): Promise<'confirmed' | 'unknown'>;
  /** `pending`: cannot be removed before it is confirmed, and lapses by itself. */
  unsubscribe(channel: Channel, address: string): Promise<'removed' | 'pending' | 'unknown'>;
  list(): Promise<readonly Subscription[]>;
}
