import { renameSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import { CreateQueueCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { instantOn } from '../../shared/service/progress.ts';
import { filterPolicyOf } from '../../shared/subscriptions/filter-policy.ts';
import type { Emulator } from './emulator.ts';

const PRELOAD = fileURLToPath(new URL('clock.mjs', import.meta.url));
const PATIENCE_MS = 30_000;
const PAUSE_MS = 250;

/** What a subscriber's queue is handed. */
export interface Arrival {
  readonly Subject: string;
  readonly Message: string;
  readonly MessageAttributes: Readonly<Record<string, { readonly Type: string; readonly Value: string }>>;
}

/**
 * Subscribes a new queue to a topic as somebody who wants one rule, and returns its address. A prefix would do on AWS; the
 * emulator knows none in lists.
 */
export async function subscribeQueue(topic: string): Promise<string> {
  const { QueueUrl = '' } = await new SQSClient({}).send(new CreateQueueCommand({ QueueName: 'rehearsal' }));
  const arn = `arn:aws:sqs:${process.env['AWS_REGION']}:${QueueUrl.split('/').slice(-2).join(':')}`;
  const filter = filterPolicyOf({ rules: ['small-cap-streak'], severity: 'notice', form: 'single' });
  await new SNSClient({}).send(
    new SubscribeCommand({
      TopicArn: topic,
      Protocol: 'sqs',
      Endpoint: arn,
      Attributes: { FilterPolicy: JSON.stringify(filter) },
    }),
  );
  return QueueUrl;
}

/** Waits for a message on the queue. Throws where none comes in time. */
export async function arrivalOn(queue: string): Promise<Arrival> {
  const sqs = new SQSClient({});
  return await eventually('a message in the subscribed queue', async () => {
    const { Messages } = await sqs.send(
      new ReceiveMessageCommand({ QueueUrl: queue, VisibilityTimeout: 300 }),
    );
    const body = Messages?.[0]?.Body;
    return body === undefined ? null : (JSON.parse(body) as Arrival);
  });
}

/** Looks again and again until there is something. Throws where nothing comes in time. */
export async function eventually<Value>(what: string, look: () => Promise<Value | null>): Promise<Value> {
  const end = Date.now() + PATIENCE_MS;
  while (Date.now() < end) {
    const found = await look();
    if (found !== null) return found;
    await new Promise((resolve) => {
      setTimeout(resolve, PAUSE_MS);
    });
  }
  throw new Error(`waited ${PATIENCE_MS / 1000} s in vain for ${what}`);
}

/** The clock of the deployed functions. */
export interface RehearsedClock {
  /** Lets it be `HH:MM` in New York on (or, from 24:00, after) a session. */
  set(session: string, time: string): void;
  /** What time it is there. */
  now(): number;
}

/** Gives the deployed functions a clock that can be set; everything else of them stays as it was deployed. */
export async function rehearsedClock(emulator: Emulator, file: string): Promise<RehearsedClock> {
  let ahead = 0;
  const set = (session: string, time: string): void => {
    const [hours = 0, minutes = 0] = time.split(':').map(Number);
    const [at, since] = [instantOn(session, 60 * hours + minutes), Date.now()];
    ahead = at - since;
    // At once: a function may read the time just then.
    writeFileSync(`${file}.next`, JSON.stringify({ at, since }));
    renameSync(`${file}.next`, file);
  };
  set('2026-01-09', '18:00');
  for (const [output, name] of Object.entries(emulator.outputs)) {
    if (!output.endsWith('FunctionName')) continue;
    const path = `/2015-03-31/functions/${name}/configuration`;
    const { Environment } = (await emulator.request('lambda', { method: 'GET', path })) as {
      Environment: { Variables: Record<string, string> };
    };
    const { NODE_OPTIONS = '', ...variables } = Environment.Variables;
    const Variables = {
      ...variables,
      NODE_OPTIONS: `${NODE_OPTIONS} --import ${PRELOAD}`,
      REHEARSAL_CLOCK: file,
    };
    await emulator.request('lambda', { method: 'PUT', path, body: { Environment: { Variables } } });
  }
  return { set, now: () => Date.now() + ahead };
}
