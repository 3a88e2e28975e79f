import { createHash } from 'node:crypto';
import type { SendMailOptions, Transporter } from 'nodemailer';
import type { MailPicture } from '../../shared/ports/mail.ts';

/** One e-mail as a mail server is given it. */
export interface Mail {
  /** What makes it this mail and no other: a second sending carries the same message id. */
  readonly name: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly headers: Readonly<Record<string, string>>;
  /** The same as HTML, with the pictures it shows by `cid:`; absent where it is plain. */
  readonly html?: string;
  readonly pictures?: readonly MailPicture[];
}

/** A mail without sender and id, as the mail library takes it. */
export function partsOf({ to, subject, text, headers, html, pictures = [] }: Mail): SendMailOptions {
  const parts = { to, subject, text, headers: { ...headers } };
  if (html === undefined) return parts;
  const attachments = pictures.map(({ id, png }, position) => ({
    ...{ cid: id, filename: `line-${position + 1}.png`, contentType: 'image/png' },
    ...{ content: Buffer.from(png), contentDisposition: 'inline' as const },
  }));
  return { ...parts, html, attachments };
}

/** What a mail server made of an e-mail: `retryable`, it may take it later; `permanent`, it never will. */
export type Relayed =
  | { readonly kind: 'accepted' }
  | { readonly kind: 'retryable' | 'permanent'; readonly error: string };

/** Hands e-mails to a mail server, one connection each. Never throws, and names no recipient in an error. */
export interface Relay {
  /** The server, for people; no user and no password. */
  readonly name: string;
  send(mail: Mail): Promise<Relayed>;
}

/** Where e-mails go out. */
export interface SmtpPlace {
  /** `smtp://user:password@host:587`, or `smtps://…`. */
  readonly url: string;
  /** The sender's address. */
  readonly from: string;
}

/** A server that keeps silent holds up nothing longer than a lease. */
const PATIENCE = { connectionTimeout: 8000, greetingTimeout: 8000, socketTimeout: 12_000, dnsTimeout: 5000 };

/** Makes a relay. Throws a `TypeError` where the URL is none of SMTP; its message does not repeat it. */
export function smtpRelay({ url, from }: SmtpPlace): Relay {
  const parsed = URL.parse(url);
  if (parsed === null || !/^smtps?:$/.test(parsed.protocol) || parsed.hostname === '') {
    throw new TypeError('expected an address such as smtp://user:password@mail.example.com:587');
  }
  let opened: Promise<Transporter> | null = null;
  return {
    name: parsed.host,
    async send(mail) {
      const messageId = messageIdOf(mail, from.slice(from.lastIndexOf('@') + 1));
      try {
        opened ??= openTransport(url);
        await (await opened).sendMail({ ...partsOf(mail), from, messageId });
        return { kind: 'accepted' };
      } catch (error) {
        return classifyMailFailure(error);
      }
    },
  };
}

/** The id of a mail: the same for the same name, so that a mail that comes twice is seen to. */
export function messageIdOf({ name }: Mail, domain: string): string {
  return `<${createHash('sha256').update(name).digest('hex').slice(0, 32)}@${domain}>`;
}

/** The library is loaded by who sends: most commands do not. What its errors quote of recipients is logged nowhere. */
async function openTransport(url: string): Promise<Transporter> {
  const { createTransport } = await import('nodemailer');
  return createTransport({
    ...{ url, ...PATIENCE, logger: false, disableFileAccess: true, disableUrlAccess: true },
  });
}

/** Failures of one message; of all others (connection, greeting, sign-in) the next mail would know as well. */
const OF_MESSAGE = new Set(['EENVELOPE', 'EMESSAGE']);

/** Classifies what the mail library threw, by code and reply alone: its words may quote an address. */
export function classifyMailFailure(error: unknown): Exclude<Relayed, { kind: 'accepted' }> {
  const code = property(error, 'code');
  const reply = property(error, 'responseCode');
  const known = typeof code === 'string' && /^[A-Z_]+$/.test(code) ? code : 'unknown';
  const words = typeof reply === 'number' ? `${known}, reply ${reply}` : known;
  const refused = typeof reply === 'number' && reply >= 500 && OF_MESSAGE.has(known);
  return { kind: refused ? 'permanent' : 'retryable', error: `the mail server did not take it (${words})` };
}

function property(error: unknown, name: string): unknown {
  return typeof error === 'object' && error !== null ? Reflect.get(error, name) : undefined;
}
