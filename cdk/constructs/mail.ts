import { Duration } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { EventSourceMapping } from 'aws-cdk-lib/aws-lambda';
import type { NodejsFunction } from 'aws-cdk-lib/aws-lambda-nodejs';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { Ground } from './ground.ts';
import { grantSendMail, mailerOf } from './mail-settings.ts';
import { serviceFunction } from './service-function.ts';

/** How long one batch of messages may take; the queue of mails is built around it. */
export const MAIL_TIMEOUT = Duration.minutes(2);

/** What mails what the topic says, and where its links lead. */
export interface MailProps {
  readonly queue: Queue;
  /** The address of the console. */
  readonly console: string;
}

/** Sends alerts as HTML mail to those who asked for it: fed from the topic, beside everybody whom SNS itself serves. */
export class Mail extends Construct {
  readonly function: NodejsFunction;

  constructor(scope: Construct, id: string, ground: Ground, { queue, console }: MailProps) {
    super(scope, id);
    const { service, config, store, topics, queues } = ground;
    this.function = serviceFunction(this, {
      name: 'mail',
      description: 'sends alerts as HTML mail, once to each recipient',
      environment: { service, table: store.table.tableName, ...mailerOf(config), console },
      // A whole processor: the chart computes the measure over all history.
      memory: 1769,
      timeout: MAIL_TIMEOUT,
      failed: queues.failed,
      files: ['node_modules/@resvg/resvg-wasm/index_bg.wasm'],
    });
    store.grant(this.function, 'BatchGetItem', 'DeleteItem', 'GetItem', 'PutItem', 'Query');
    grantSendMail(this, this.function, config);
    topics.feed(queue);
    this.function.addToRolePolicy(
      new PolicyStatement({
        actions: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'],
        resources: [queue.queueArn],
      }),
    );
    new EventSourceMapping(this, 'Mails', {
      target: this.function,
      eventSourceArn: queue.queueArn,
      batchSize: 5,
      // The least there is: each keeps to half of what SES lets a new account send.
      maxConcurrency: 2,
      reportBatchItemFailures: true,
    });
  }
}
