import { SendMessageBatchCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { PortionQueue } from '../../shared/ports/flow.ts';

/** What one call to SQS takes. */
const MESSAGES_PER_CALL = 10;

/** Hands portions of rules over through a queue. Throws where it does not take every portion. */
export function sqsPortionQueue(client: Pick<SQSClient, 'send'>, queueUrl: string): PortionQueue {
  return {
    async put(portions: readonly (readonly string[])[]): Promise<void> {
      for (let start = 0; start < portions.length; start += MESSAGES_PER_CALL) {
        const Entries = portions
          .slice(start, start + MESSAGES_PER_CALL)
          .map((rules, index) => ({ Id: String(index), MessageBody: JSON.stringify({ rules }) }));
        const answer = await client.send(new SendMessageBatchCommand({ QueueUrl: queueUrl, Entries }));
        const [refused] = answer.Failed ?? [];
        if (refused !== undefined) throw new Error(`the queue refused a portion of rules: ${refused.Code}`);
      }
    },
  };
}
