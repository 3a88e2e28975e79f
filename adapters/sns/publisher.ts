import { type MessageAttributeValue, PublishCommand, type SNSClient } from '@aws-sdk/client-sns';
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

function commandFor(topicArn: string, { message, attributes }: Publication): PublishCommand {
  const texts = { default: message.email, email: message.email, sms: message.sms };
  return new PublishCommand({
    TopicArn: topicArn,
    Subject: message.subject,
    MessageStructure: 'json',
    Message: JSON.stringify(texts),
    MessageAttributes: Object.fromEntries(
      [...attributeLists(attributes)].map(([name, values]) => [name, attributeOf(values)]),
    ),
  });
}

/** A list of one is a plain text, which SNS filters alike, and other readers of the topic more readily. */
function attributeOf(values: readonly string[]): MessageAttributeValue {
  const [only, ...more] = values;
  if (only !== undefined && more.length === 0) return { DataType: 'String', StringValue: only };
  return { DataType: 'String.Array', StringValue: JSON.stringify(values) };
}
