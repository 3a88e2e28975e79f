import type { MailLinks } from '../../alerts/mail/render.ts';
import type { Instant } from '../../calendar/calendar.ts';
import type { MessageAttributes, Subscription } from '../../ports/delivery.ts';
import type { Compose, Mailed, Mailing, MailSender } from '../../ports/mail.ts';
import type { RecordStore } from '../../ports/records.ts';
import { attributesOf, matches } from '../../subscriptions/attributes.ts';
import type { Protocol } from '../report.ts';
import { claimMail, type MailName, settleMail } from './claims.ts';

/** What sending stands on. */
export interface MailGround {
  readonly records: RecordStore;
  readonly compose: Compose;
  readonly sender: MailSender;
  /** Everybody who wants HTML mail, whatever of. */
  readonly recipients: () => Promise<readonly Subscription[]>;
  readonly links: (recipient: Subscription) => Promise<MailLinks>;
  readonly clock: () => Instant;
  /** Resolves when the next mail may go out. */
  readonly pace: () => Promise<void>;
  /** This run's own name: no two runs have the same. */
  readonly owner: string;
  /** How long a claim holds, in milliseconds: longer than the run may last. */
  readonly lease: number;
  /** No mail is begun from this instant on. */
  readonly stopAt: Instant;
}

/** What the topic said. */
export interface Said {
  /** The id of an alert, or of a digest. */
  readonly key: string;
  readonly form: MessageAttributes['form'];
}

/**
 * Mails what was published under a key to everybody who asked for HTML and whom it reaches, each once: a claim by a
 * conditional write comes before every mail. Returns whether all of them are settled; what is not is left to another call.
 * Throws where the store does not answer.
 */
export async function sendMails(
  ground: MailGround,
  protocol: Protocol,
  { key, form }: Said,
): Promise<boolean> {
  const everybody = await ground.recipients();
  if (everybody.length === 0) return true;
  const mailing = await ground.compose(key);
  if (mailing === null) {
    protocol.find('mail failed', key, 'nothing is recorded under it');
    return true;
  }
  const attributes = attributesOf(mailing.alerts, form);
  const reached = everybody.filter((one) => one.status === 'confirmed' && matches(one, attributes));
  let done = true;
  for (const recipient of reached) done = (await sendOne(ground, protocol, { mailing, recipient })) && done;
  return done;
}

interface One {
  readonly mailing: Mailing;
  readonly recipient: Subscription;
}

/** Claims, sends and settles one mail. Returns whether it is settled. */
async function sendOne(
  ground: MailGround,
  protocol: Protocol,
  { mailing, recipient }: One,
): Promise<boolean> {
  const { records, owner, clock, lease, stopAt } = ground;
  const name: MailName = {
    session: mailing.alerts[0]?.session ?? '',
    key: mailing.key,
    subscription: recipient.id,
  };
  await ground.pace();
  if (clock() >= stopAt) {
    protocol.count('leftForTime');
    return false;
  }
  const now = clock();
  const attempts = await claimMail(records, name, { owner, now, until: now + lease });
  if (attempts === null) return true;
  if (attempts === 'busy') return false;
  if (attempts > 1) {
    protocol.count('secondPublishes');
    protocol.decide(
      'second mail',
      `${name.key} to ${recipient.id}`,
      `attempt ${attempts}: an earlier claim ran out`,
    );
  }
  const mailed = await ground.sender.send(await outgoing(ground, { mailing, recipient }));
  return await settle(ground, protocol, { name, mailed, attempts });
}

interface Ended {
  readonly name: MailName;
  readonly mailed: Mailed;
  readonly attempts: number;
}

async function settle(
  { records, owner, clock }: MailGround,
  protocol: Protocol,
  { name, mailed, attempts }: Ended,
): Promise<boolean> {
  const at = clock();
  const subject = `${name.key} to ${name.subscription}`;
  if (mailed.kind === 'sent') {
    protocol.count('mailsSent');
    protocol.decide('mailed', subject, `as ${mailed.id}`);
    await settleMail(records, { name, owner }, { kind: 'sent', at, id: mailed.id, attempts });
    return true;
  }
  if (mailed.kind === 'permanent') {
    protocol.count('mailsRefused');
    protocol.find('mail refused', subject, mailed.error);
    await settleMail(records, { name, owner }, { kind: 'refused', at, error: mailed.error, attempts });
    return true;
  }
  protocol.find('mail failed', subject, `again later: ${mailed.error}`);
  if (mailed.kind === 'retryable') await settleMail(records, { name, owner }, null);
  return false;
}

async function outgoing(
  { links }: MailGround,
  { mailing, recipient }: One,
): Promise<Parameters<MailSender['send']>[0]> {
  const own = await links(recipient);
  const unsubscribe: Readonly<Record<string, string>> =
    own.unsubscribe === null
      ? {}
      : { 'List-Unsubscribe': `<${own.unsubscribe}>`, 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' };
  return {
    to: recipient.address,
    subject: mailing.subject,
    text: mailing.text,
    html: mailing.html(own),
    pictures: mailing.pictures,
    headers: { 'X-Tidemark-Alert': mailing.key, ...unsubscribe },
  };
}
