import { sesEndpoint, sesSender } from '../adapters/mail/ses.ts';
import type { Instant } from '../shared/calendar/calendar.ts';
import type { MailSender } from '../shared/ports/mail.ts';
import { type Environment, NO_MAIL } from './environment.ts';
import { roleIn } from './role.ts';

/** As whom a deployment sends mail. */
export type MailEnvironment = Pick<Environment<'mail'>, 'mailFrom' | 'mailReplyTo'>;

/** The sender of a deployment; null where it sends no HTML mail. */
export function openSender(
  { mailFrom, mailReplyTo }: MailEnvironment,
  clock: () => Instant,
): MailSender | null {
  if (mailFrom === NO_MAIL) return null;
  return sesSender({
    caller: async () => roleIn(process.env),
    clock,
    endpoint: sesEndpoint(process.env),
    from: mailFrom,
    replyTo: mailReplyTo === NO_MAIL ? null : mailReplyTo,
  });
}
