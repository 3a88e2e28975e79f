import type { Alert, Message } from '../alert.ts';
import { emailBody } from './email.ts';
import { smsOf, subjectOf } from './short.ts';
import { wrap } from './wrap.ts';

/** How messages are marked. */
export interface Style {
  /** Present where the figures come from sample data: what the message says of it, such as "made from seed 7". */
  readonly sample?: string;
}

/** What a message from sample data begins with in a subject or an SMS. */
export const SAMPLE_MARK = 'SAMPLE DATA - ';

/**
 * Renders an alert for every channel (DESIGN section 5): a subject under 100 printable ASCII characters, a plain-text
 * body with one sentence of what happened first, and an SMS in one GSM-7 segment.
 */
export function renderMessage(alert: Alert, style: Style = {}): Message {
  const mark = style.sample === undefined ? '' : SAMPLE_MARK;
  return {
    subject: subjectOf(alert, mark),
    email: marked(emailBody(alert), style),
    sms: smsOf(alert, mark),
  };
}

/** A body that says at its beginning and at its end where it rests on sample data. */
export function marked(body: string, { sample }: Style): string {
  if (sample === undefined) return `${body}\n`;
  const source = sample.trim() === '' ? '' : `: ${sample.trim()}`;
  const [first = '', ...others] = body.split('\n\n');
  return [wrap(`${SAMPLE_MARK}${first}`), ...others, wrap(`This is sample data, not the market${source}.`)]
    .join('\n\n')
    .concat('\n');
}
