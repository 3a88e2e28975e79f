import { createHash } from 'node:crypto';
import type { Instant } from '../../shared/calendar/calendar.ts';
import type { MailLinks } from '../../shared/alerts/mail/render.ts';
import type { Publication, Subscription } from '../../shared/ports/delivery.ts';
import type { Mailing } from '../../shared/ports/mail.ts';
import type { SubscriptionRecord } from '../../shared/subscriptions/record.ts';
import { mimeOf } from './mime.ts';
import type { Mail } from './smtp-relay.ts';

/** A file of the outbox: its name and its text. */
export interface Letter {
  readonly name: string;
  readonly text: string;
  /** The same for a mail server; null for an SMS. */
  readonly mail: Mail | null;
  /** The HTML of the mail as a file that a browser opens; absent where it has none. */
  readonly page?: string;
}

/** Names of files are limited to 255 bytes; a key longer than this is named by its beginning and a digest. */
const LONGEST_KEY = 160;

/**
 * A message as this recipient would get it, headers first. Its name is decided by the key and the recipient, so a second
 * publish finds it there.
 */
export function letterOf({ key, message }: Publication, recipient: Subscription, now: Instant): Letter {
  const name = `${fileName(key)}--${recipient.id}`;
  const to = recipient.address;
  const head = headers(to, now, [`${ALERT_HEADER}: ${key}`]);
  if (recipient.channel === 'sms') {
    return { name: `${name}.txt`, text: `${head}\n\n${message.sms}\n`, mail: null };
  }
  const { subject, email } = message;
  return {
    name: `${name}.eml`,
    text: `${head}\nSubject: ${subject}\n${PLAIN}\n\n${email}\n`,
    mail: { name, to, subject, text: `${email}\n`, headers: { [ALERT_HEADER]: key } },
  };
}

/** Nothing on this machine answers a link in a mail. */
const NO_LINKS: MailLinks = { alert: null, manage: null, unsubscribe: null };

/** A message as HTML mail, for a recipient who wants that. The plain text goes along. */
export async function htmlLetterOf(
  publication: Publication,
  {
    recipient,
    mailing,
    now,
  }: { readonly recipient: Subscription; readonly mailing: Mailing; readonly now: Instant },
): Promise<Letter> {
  const plain = letterOf(publication, recipient, now);
  if (plain.mail === null) return plain;
  const mail = { ...plain.mail, html: mailing.html(NO_LINKS), pictures: mailing.pictures };
  return {
    name: plain.name,
    text: await mimeOf(mail, now),
    mail,
    page: mailing.html(NO_LINKS, ({ png }) => `data:image/png;base64,${Buffer.from(png).toString('base64')}`),
  };
}

const ALERT_HEADER = 'X-Tidemark-Alert';

const PLAIN = 'MIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8';

/** The message that asks an address to confirm. */
export function confirmationLetter(record: SubscriptionRecord, now: Instant): Letter {
  const body = [
    'Tidemark alerts were asked for at this address.',
    '',
    `To receive them, run within two days:  npx tidemark confirm ${record.id}`,
    'To receive nothing, do nothing: the request lapses by itself.',
  ];
  const to = record.address;
  const subject = 'Confirm your Tidemark subscription';
  const text = `${body.join('\n')}\n`;
  const head = headers(to, now, [`Subject: ${subject}`, PLAIN]);
  const name = confirmationName(record.id);
  // Asked again, it is another mail.
  const mail = { name: `${name} ${record.requestedAt}`, to, subject, text, headers: {} };
  return { name, text: `${head}\n\n${text}`, mail };
}

/** The file name of the message that asks a subscription to be confirmed. */
export function confirmationName(id: string): string {
  return `confirm--${id}.eml`;
}

function headers(address: string, now: Instant, more: readonly string[]): string {
  return [`To: ${address}`, `Date: ${new Date(now).toUTCString()}`, ...more].join('\n');
}

function fileName(key: string): string {
  const plain = key.replaceAll('/', '_');
  if (/^[A-Za-z0-9._-]+$/.test(plain) && plain.length <= LONGEST_KEY) return plain;
  const digest = createHash('sha256').update(key).digest('hex').slice(0, 16);
  return `${plain.replace(/[^A-Za-z0-9._-]/g, '_').slice(0, LONGEST_KEY)}-${digest}`;
}
