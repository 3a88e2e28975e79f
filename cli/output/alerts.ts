import type { Alert, Message } from '../../shared/alerts/alert.ts';
import type { Output } from '../context.ts';

/** An alert as a subscriber would get it: its subject, then the part of its e-mail that is wanted. */
export function alertText(out: Output, alert: Alert, subject: string, body: string): string {
  const head = `${alert.session}  ${alert.kind}  ${alert.rule}`;
  return `${out.paint('dim', head)}\n${out.paint('bold', subject)}\n\n${body.trimEnd()}\n`;
}

/** The first paragraph of an e-mail: what happened. */
export function firstParagraph({ email }: Message): string {
  return email.trimStart().split('\n\n')[0] ?? '';
}
