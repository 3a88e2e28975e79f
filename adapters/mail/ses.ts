import type { Instant } from '../../shared/calendar/calendar.ts';
import type { Mailed, MailSender, OutgoingMail } from '../../shared/ports/mail.ts';
import { type Caller, signedHeaders } from '../aws/signed-call.ts';

/** What sending through SES stands on. */
export interface SesGround {
  /** Asked before every call: a role's credentials change. */
  readonly caller: () => Promise<Caller>;
  readonly clock: () => Instant;
  /** Where SES answers in a region. */
  readonly endpoint: (region: string) => string;
  /** The verified sender. */
  readonly from: string;
  /** Where answers go; null where to the sender. */
  readonly replyTo: string | null;
}

const PATH = '/v2/email/outbound-emails';
const PATIENCE_MS = 8000;
const UTF8 = 'UTF-8';

/** Where SES answers in a region, unless the environment says otherwise. */
export function sesEndpoint(
  environment: Readonly<Record<string, string | undefined>>,
): (region: string) => string {
  const said = environment['AWS_ENDPOINT_URL_SESV2'] ?? environment['AWS_ENDPOINT_URL'];
  return (region) => {
    const domain = region.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com';
    return (said ?? `https://email.${region}.${domain}`).replace(/\/+$/, '');
  };
}

/**
 * Sends mails through SES (API v2, SendEmail), one call each, never again by itself: whoever holds the claim tries again.
 * What SES says of a failure may quote an address, so only its class is told.
 */
export function sesSender(ground: SesGround): MailSender {
  return { send: (mail) => send(ground, mail) };
}

async function send(
  { caller, clock, endpoint, from, replyTo }: SesGround,
  mail: OutgoingMail,
): Promise<Mailed> {
  const body = JSON.stringify({
    FromEmailAddress: `Tidemark <${from}>`,
    ...(replyTo === null ? {} : { ReplyToAddresses: [replyTo] }),
    Destination: { ToAddresses: [mail.to] },
    Content: { Simple: contentOf(mail) },
  });
  try {
    const own = await caller();
    const at = endpoint(own.region);
    const { host } = new URL(at);
    const headers = signedHeaders(own, { host, service: 'ses', path: PATH, body }, clock());
    const signal = AbortSignal.timeout(PATIENCE_MS);
    const answer = await fetch(`${at}${PATH}`, { method: 'POST', headers, body, signal });
    const said = (await answer.json()) as { readonly MessageId?: string };
    return answer.ok ? { kind: 'sent', id: said.MessageId ?? '' } : failureOf(answer);
  } catch (error) {
    return { kind: 'unknown', error: `no answer (${error instanceof Error ? error.name : 'unknown'})` };
  }
}

function contentOf({ subject, text, html, pictures, headers }: OutgoingMail): object {
  return {
    Subject: { Data: subject, Charset: UTF8 },
    Body: { Text: { Data: text, Charset: UTF8 }, Html: { Data: html, Charset: UTF8 } },
    Headers: Object.entries(headers).map(([Name, Value]) => ({ Name, Value })),
    ...(pictures.length === 0 ? {} : { Attachments: pictures.map(attachmentOf) }),
  };
}

function attachmentOf({ id, png }: OutgoingMail['pictures'][number], position: number): object {
  return {
    RawContent: Buffer.from(png).toString('base64'),
    ContentDisposition: 'INLINE',
    ContentId: id,
    ContentType: 'image/png',
    ContentTransferEncoding: 'BASE64',
    FileName: `line-${position + 1}.png`,
  };
}

/** What SES refuses of one mail for good; all else may pass, if only once somebody has put it right. */
const PERMANENT: ReadonlyMap<string, string> = new Map([
  ['MessageRejected', 'SES rejects the message: in its sandbox sender and recipient have to be verified'],
  ['MailFromDomainNotVerifiedException', "the sender's domain is not verified"],
  ['BadRequestException', 'a parameter was refused'],
  ['NotFoundException', 'no such identity'],
]);

function failureOf(answer: Response): Mailed {
  const name = (answer.headers.get('x-amzn-errortype') ?? '').split(':')[0] ?? '';
  const error = PERMANENT.get(name);
  if (error !== undefined) return { kind: 'permanent', error };
  const known = /^[A-Za-z]{1,60}$/.test(name) ? ` ${name}` : '';
  // Of its own errors SES does not say how far it had come.
  return {
    kind: answer.status >= 500 ? 'unknown' : 'retryable',
    error: `SES answered ${answer.status}${known}`,
  };
}
