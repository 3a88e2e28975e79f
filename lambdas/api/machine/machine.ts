import { counted } from '../../../shared/alerts/message/numbers.ts';
import { shortDate } from '../../../shared/alerts/message/dates.ts';
import { failure, success } from '../../../shared/result.ts';
import { readProgress } from '../../../shared/service/progress.ts';
import { listRuns } from '../../../shared/service/report.ts';
import type { OutboxEntry } from '../ground.ts';
import type { Handler } from '../handler.ts';
import { notFound } from '../problem.ts';

const NOT_HERE = notFound('this exists only where the service runs on a machine of its own');

/** The newest messages of the outbox. */
export const outbox: Handler<'outbox'> = async ({ ground }) => {
  if (ground.outbox === null) return failure(NOT_HERE);
  return success({ messages: (await ground.outbox.list()).map(lineOf) });
};

/** One message as it was written, its addressee masked. */
export const outboxMessage: Handler<'outboxMessage'> = async ({ ground, params: { name } }) => {
  const message = (await ground.outbox?.read(name)) ?? null;
  if (message === null) return failure(notFound('the outbox holds no message of that name'));
  return success({ ...lineOf(message), text: message.text });
};

function lineOf({ name, at, channel, to, subject }: OutboxEntry): Omit<OutboxEntry, 'text'> {
  return { name, at, channel, to, subject };
}

/** Runs ingest, evaluation and delivery once, now. */
export const evaluateNow: Handler<'evaluateNow'> = async ({ ground }) => {
  const { records, runNow } = ground;
  if (runNow === null) return failure(NOT_HERE);
  const before = (await listRuns(records, 'evaluate'))[0]?.at;
  await runNow();
  const session = (await readProgress(records))?.evaluated ?? null;
  const [evaluated] = await listRuns(records, 'evaluate');
  const made = evaluated !== undefined && evaluated.at !== before ? (evaluated.counts['alerts'] ?? 0) : 0;
  const where =
    session === null ? 'No session has been evaluated yet' : `Evaluated up to ${shortDate(session)}`;
  return success({ session, text: `${where}; ${made === 0 ? 'no new alert' : counted(made, 'new alert')}.` });
};
