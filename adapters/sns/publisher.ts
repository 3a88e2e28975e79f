import { type MessageAttributeValue, PublishCommand, type SNSClient } from '@aws-sdk/client-sns';
import type { Message } from '../../shared/alerts/alert.ts';
import type { Publication, Published, Publisher } from '../../shared/ports/delivery.ts';
import { attributeLists } from '../../shared/subscriptions/filter-policy.ts';
import { attempt, thrown } from './failures.ts';

/**
 * Publishes to one topic, one call for each message: SNS gives every channel its own text and filters by the attributes.
 * The client must not try again by itself (`snsClient`).
 */
export function snsPublisher(client: SNSClient, topicArn: string): Publisher {
  return {
    async publish(publication): Promise<Published> {
      const made = await attempt(client.send(commandFor(topicArn, publication)));
      if (!made.ok) return { kind: made.failure.kind, error: thrown(made.failure).message };
      return { kind: 'published', publishId: made.answer.MessageId ?? '' };
    },
  };
}

/** Says what was published: the id of an alert, or of a digest. HTML mail is composed from it. */
const KEY_ATTRIBUTE = 'key';

/** What one publish may weigh in bytes, texts and attributes together, less what SNS may count besides. */
const MOST_BYTES = 256 * 1024 - 2048;

function commandFor(topicArn: string, { key, message, attributes }: Publication): PublishCommand {
  const lists = [...attributeLists(attributes), [KEY_ATTRIBUTE, [key]] as const];
  const named = lists.map(([name, values]) => [name, attributeOf(values)] as const);
  const taken = named.reduce((sum, [name, one]) => sum + weightOf(name, one), 0);
  return new PublishCommand({
    TopicArn: topicArn,
    Subject: message.subject,
    MessageStructure: 'json',
    Message: textsOf(message, MOST_BYTES - taken),
    MessageAttributes: Object.fromEntries(named),
  });
}

/** A text for each channel; other readers of the topic get the long one too, or the short one where two are too much. */
function textsOf({ email, sms }: Message, room: number): string {
  const texts = JSON.stringify({ default: email, email, sms });
  return Buffer.byteLength(texts) <= room ? texts : JSON.stringify({ default: sms, email, sms });
}

function weightOf(name: string, { DataType = '', StringValue = '' }: MessageAttributeValue): number {
  return name.length + DataType.length + Buffer.byteLength(StringValue);
}

/** A list of one is a plain text, which SNS filters alike, and other readers of the topic more readily. */
function attributeOf(values: readonly string[]): MessageAttributeValue {
  const [only, ...more] = values;
  if (only !== undefined && more.length === 0) return { DataType: 'String', StringValue: only };
  return { DataType: 'String.Array', StringValue: JSON.stringify(values) };
}
