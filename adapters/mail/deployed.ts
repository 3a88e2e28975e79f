import { confirmationMail } from '../../shared/alerts/mail/confirmation.ts';
import type { LinkAction } from '../../shared/alerts/mail/link-pages.ts';
import type { Subscriptions } from '../../shared/ports/delivery.ts';
import type { MailSender } from '../../shared/ports/mail.ts';
import { snsSubscriptions } from '../sns/subscriptions.ts';
import type { SnsTopic } from '../sns/topic.ts';
import { mailedSubscriptions } from './mailed-subscriptions.ts';
import type { LinkTokens } from './tokens.ts';

/** What the subscriptions of a deployment stand on. */
export interface DeployedGround {
  readonly topic: SnsTopic;
  /** Null where no HTML mail is sent. */
  readonly sender: MailSender | null;
  readonly tokens: LinkTokens;
  /** The address of the console, which answers links in mails too. */
  readonly console: string;
}

/** Where a link in a mail leads. */
export function linkTo(console: string, action: LinkAction, token: string): string {
  return `${console}/mail/${action}?t=${token}`;
}

/** The subscriptions of a deployment, plain text and HTML, each in its place. */
export function deployedSubscriptions({ topic, sender, tokens, console }: DeployedGround): Subscriptions {
  return mailedSubscriptions({
    sns: snsSubscriptions(topic),
    ...{ shelf: topic.shelf, now: topic.now, tokens },
    ask:
      sender === null
        ? null
        : async ({ address }, token) => {
            const mail = confirmationMail(linkTo(console, 'confirm', token));
            const mailed = await sender.send({ ...mail, to: address, pictures: [], headers: {} });
            if (mailed.kind !== 'sent') throw new Error(`the confirmation was not sent: ${mailed.error}`);
          },
  });
}
