import type { Instant } from '../../shared/calendar/calendar.ts';
import { type Mail, messageIdOf, partsOf } from './smtp-relay.ts';

/** A mail as a mail program opens it from a file: plain text, HTML and pictures in one. */
export async function mimeOf(mail: Mail, now: Instant): Promise<string> {
  const { createTransport } = await import('nodemailer');
  const writer = createTransport({ streamTransport: true, buffer: true, newline: 'unix' });
  const { message } = await writer.sendMail({
    ...partsOf(mail),
    date: new Date(now),
    messageId: messageIdOf(mail, 'outbox.invalid'),
  });
  if (!Buffer.isBuffer(message))
    throw new Error('the mail library gave a stream where a buffer was asked for');
  return message.toString('utf8');
}

/** The plain text of a mail in several parts; the body as it is where it has one part. */
export function plainPart(head: string, body: string): string {
  const boundary = /^Content-Type: multipart\/[^]*?boundary="([^"]+)"/im.exec(head)?.[1];
  if (boundary === undefined) return body;
  for (const part of body.split(`--${boundary}`)) {
    const [, partHead = '', partBody = ''] = /^\s*([^]*?)\n\n([^]*)$/.exec(part) ?? [];
    if (/^Content-Type: multipart\//im.test(partHead)) return plainPart(partHead, partBody);
    if (/^Content-Type: text\/plain/im.test(partHead)) return decoded(partHead, partBody);
  }
  return body;
}

function decoded(head: string, text: string): string {
  if (!/^Content-Transfer-Encoding: quoted-printable/im.test(head)) return text;
  const bytes = text
    .replaceAll(/=\r?\n/g, '')
    .replaceAll(/=([0-9A-F]{2})/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
  return Buffer.from(bytes, 'latin1').toString('utf8');
}
