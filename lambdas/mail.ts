import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import * as z from 'zod/mini';
import type { Instant } from '../shared/calendar/calendar.ts';
import type { RecordStore } from '../shared/ports/records.ts';
import { forgetMails } from '../shared/service/mail/claims.ts';
import { type MailGround, type Said, sendMails } from '../shared/service/mail/send-mails.ts';
import { openProtocol, textOf } from '../shared/service/report.ts';
import { type Instruments, tell } from './instruments.ts';
import type { Handle } from './middleware.ts';

/** What mailing works with; each run gets a name of its own and a time to end. */
export interface MailService {
  readonly ground: Omit<MailGround, 'owner' | 'stopAt'>;
  /** The name of the next run: no two runs anywhere have the same. */
  readonly owner: () => string;
}

const ATTRIBUTE = z.object({ Value: z.string() });
/** What SNS puts into a queue, as far as it is read. */
const NOTIFICATION = z.object({
  MessageAttributes: z.object({ key: ATTRIBUTE, form: ATTRIBUTE }),
});

/** No mail is begun in the second half of a claim: a run that ends late must not be overtaken. */
const SHARE_OF_LEASE = 0.5;

/**
 * Mails what the topic said, message by message, and answers which messages are not mailed to all of them, so that they come
 * again. A message that is none of ours is told and comes again until it is put aside.
 */
export function mailHandler(
  { ground, owner }: MailService,
  instruments: Instruments,
): Handle<SQSEvent, SQSBatchResponse> {
  let tidied = false;
  return async ({ Records }) => {
    const begun = ground.clock();
    const protocol = openProtocol('mail', begun);
    const run = { ...ground, owner: owner(), stopAt: begun + ground.lease * SHARE_OF_LEASE };
    const failed: string[] = [];
    for (const { messageId, body } of Records) {
      try {
        if (!(await sendMails(run, protocol, saidIn(body)))) failed.push(messageId);
      } catch (error) {
        failed.push(messageId);
        protocol.find('mail failed', messageId, textOf(error));
      }
    }
    tell(instruments, protocol.report());
    if (!tidied) await tidy(ground.records, begun, instruments);
    tidied = true;
    return { batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) };
  };
}

function saidIn(body: string): Said {
  const { key, form } = NOTIFICATION.parse(JSON.parse(body)).MessageAttributes;
  const forms = new Set(form.Value.match(/single|digest/g));
  return { key: key.Value, form: forms.size === 2 ? 'both' : forms.has('digest') ? 'digest' : 'single' };
}

/** Old claims only take room; that they could not be removed is nobody's trouble. */
async function tidy(records: RecordStore, now: Instant, instruments: Instruments): Promise<void> {
  try {
    const forgotten = await forgetMails(records, now);
    if (forgotten > 0)
      instruments.line('info', { what: 'forgot', subject: `${forgotten} mails`, why: 'months old' });
  } catch (error) {
    instruments.line('info', { what: 'not tidied', subject: 'mail', why: textOf(error) });
  }
}
