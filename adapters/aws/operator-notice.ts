import { PublishCommand, type SNSClient } from '@aws-sdk/client-sns';
import type { OperatorNotice } from '../../shared/ports/flow.ts';

/** Writes to the operators through a topic of their own. Throws where the topic does not take it. */
export function topicNotice(client: Pick<SNSClient, 'send'>, topicArn: string): OperatorNotice {
  return {
    async tell(subject: string, text: string): Promise<void> {
      await client.send(new PublishCommand({ TopicArn: topicArn, Subject: subject, Message: text }));
    },
  };
}
