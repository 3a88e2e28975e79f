import {
  KMSDisabledException,
  KMSThrottlingException,
  PublishCommand,
  ThrottledException,
} from '@aws-sdk/client-sns';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { memoryDelivery } from '../../../adapters/memory/delivery.ts';
import { LONGEST_CALL_MS, snsClient } from '../../../adapters/sns/client.ts';
import { snsPublisher } from '../../../adapters/sns/publisher.ts';
import { renderDigest } from '../../../shared/alerts/message/digest.ts';
import type { WantedSubscription } from '../../../shared/ports/delivery.ts';
import { attributesOf, SEVERITIES } from '../../../shared/subscriptions/attributes.ts';
import { alertRecord } from '../../support/alert-record.ts';
import { publicationOf } from '../../contracts/subscriptions.ts';
import { forbidden, invalid, TOPIC } from './fake-sns.ts';
import { ground } from './ground.ts';

const publication = publicationOf('k', [{ rule: 'small-cap-streak', severity: 'notice' }], 'single');

function failing(name: string, more: object = {}): Error {
  return Object.assign(new Error('about ann@example.com'), { name, ...more });
}

describe('a publish to SNS', () => {
  it('carries a text for each channel, the subject and attributes', async () => {
    const { sns, publisher } = ground();
    expect(await publisher.publish(publication)).toEqual({ kind: 'published', publishId: 'message-0' });
    const { input } = sns.mock.commandCalls(PublishCommand)[0]?.args[0] ?? {};
    expect(input).toEqual({
      TopicArn: TOPIC,
      Subject: 'About k',
      MessageStructure: 'json',
      Message: '{"default":"Mail of k.","email":"Mail of k.","sms":"Text of k."}',
      MessageAttributes: {
        alert: { DataType: 'String', StringValue: 'notice:small-cap-streak' },
        form: { DataType: 'String', StringValue: 'single' },
        key: { DataType: 'String', StringValue: 'k' },
        rule: { DataType: 'String', StringValue: 'small-cap-streak' },
        severity: { DataType: 'String', StringValue: 'notice' },
      },
    });
  });

  it('weighs no more than SNS takes, with the alerts of a thousand rules with long ids', async () => {
    const { sns, publisher } = ground();
    const alerts = Array.from(
      { length: 1000 },
      (_, index) => alertRecord(`r-${'x'.repeat(57)}-${index}`, '2026-01-12').alert,
    );
    const weights: number[] = [];
    const defaults: string[] = [];
    for (const message of [renderDigest(alerts), { ...renderDigest(alerts), email: 'é'.repeat(50_000) }]) {
      await publisher.publish({ key: 'k', message, attributes: attributesOf(alerts, 'both') });
      const { Message = '', MessageAttributes = {} } =
        sns.mock.commandCalls(PublishCommand).at(-1)?.args[0].input ?? {};
      const attributes = Object.entries(MessageAttributes).map(([name, one]) =>
        Buffer.byteLength(`${name}${one.DataType}${one.StringValue}`),
      );
      weights.push(attributes.reduce((a, b) => a + b, Buffer.byteLength(Message)));
      defaults.push((JSON.parse(Message) as { default: string }).default);
      expect(JSON.parse(Message)).toMatchObject({ email: message.email, sms: message.sms });
    }
    for (const weight of weights) expect(weight).toBeLessThan(256 * 1024);
    // A text that does not fit twice is left to the channel it was made for.
    expect(defaults).toEqual([renderDigest(alerts).sms, renderDigest(alerts).sms]);
  });

  it.each([
    [
      'a throttle',
      new ThrottledException({ message: '', $metadata: {} }),
      'retryable',
      'too many calls at once',
    ],
    [
      'a throttled key',
      new KMSThrottlingException({ message: '', $metadata: { httpStatusCode: 400 } }),
      'retryable',
      'too many calls to the key service',
    ],
    ['a time-out', failing('TimeoutError'), 'retryable', 'no answer in time'],
    ['a lost connection', failing('Error', { code: 'ECONNRESET' }), 'retryable', 'no connection'],
    ['a 503', failing('Odd', { $metadata: { httpStatusCode: 503 } }), 'retryable', 'an unknown failure'],
    ['a 429', failing('Odd', { $metadata: { httpStatusCode: 429 } }), 'retryable', 'too many calls at once'],
    ['no answer at all', failing('Odd'), 'retryable', 'an unknown failure'],
    [
      'credentials that ran out',
      failing('ExpiredTokenException'),
      'retryable',
      'no valid credentials for now',
    ],
    ['a refused parameter', invalid(), 'permanent', 'a parameter was refused'],
    ['a lack of permission', forbidden(), 'permanent', 'not allowed'],
    [
      'a disabled key',
      new KMSDisabledException({ message: '', $metadata: {} }),
      'permanent',
      'the key of the topic may not be used',
    ],
    ['an odd 400', failing('Odd', { $metadata: { httpStatusCode: 400 } }), 'permanent', 'an unknown refusal'],
  ] as const)('that ends in %s is told by its class alone', async (_, error, kind, text) => {
    const { sns, publisher } = ground();
    sns.mock.on(PublishCommand).rejects(error);
    expect(await publisher.publish(publication)).toEqual({ kind, error: `SNS: ${text}` });
  });

  it('to a topic that is not there fails for good', async () => {
    const { sns } = ground();
    expect(await snsPublisher(sns.client, `${TOPIC}-gone`).publish(publication)).toEqual({
      kind: 'permanent',
      error: 'SNS: no such topic or subscription',
    });
  });

  it('is tried once, within a time that a lease can outlast', async () => {
    expect(await snsClient({ region: 'us-east-1' }).config.maxAttempts()).toBe(1);
    expect(LONGEST_CALL_MS).toBeLessThanOrEqual(10_000);
  });
});

describe('SNS and delivery of our own', () => {
  const rule = fc.constantFrom('a', 'a-b', 'a-b-c', 'b');
  const wanted: fc.Arbitrary<Omit<WantedSubscription, 'channel' | 'address'>> = fc.record({
    rules: fc.array(fc.constantFrom('*', 'a', 'a*', 'a-b', 'a-b-*', 'b'), { minLength: 1, maxLength: 3 }),
    severity: fc.constantFrom(...SEVERITIES),
    form: fc.constantFrom('single' as const, 'digest' as const),
  });
  const messages = fc.array(
    fc.tuple(
      fc.array(fc.record({ rule, severity: fc.constantFrom(...SEVERITIES) }), { minLength: 1, maxLength: 5 }),
      fc.constantFrom('single' as const, 'digest' as const, 'both' as const),
    ),
    { minLength: 1, maxLength: 4 },
  );

  it('reach the same people with the same messages', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(wanted, { minLength: 1, maxLength: 4 }), messages, async (people, sent) => {
        const { sns, subscriptions, publisher } = ground();
        const own = memoryDelivery(() => 0);
        for (const [index, person] of people.entries()) {
          const address = `+1202555010${index}`;
          await subscriptions.subscribe({ ...person, channel: 'sms', address });
          await own.subscriptions.subscribe({ ...person, channel: 'sms', address });
        }
        for (const [index, [alerts, form]] of sent.entries()) {
          const one = { ...publicationOf(`k${index}`, [], form), attributes: attributesOf(alerts, form) };
          await publisher.publish(one);
          await own.publisher.publish(one);
        }
        const ids = new Map((await own.subscriptions.list()).map(({ id, address }) => [id, address]));
        const ours = own.published.flatMap(({ publication: { message }, recipients }) =>
          recipients.map((id) => `${message.subject} to ${ids.get(id)}`),
        );
        const theirs = sns.delivered.map(({ subject, endpoint }) => `${subject} to ${endpoint}`);
        expect(theirs.toSorted()).toEqual(ours.toSorted());
      }),
      { numRuns: 60, seed: 9 },
    );
  });
});
