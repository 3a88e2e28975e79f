import { Duration } from 'aws-cdk-lib';
import { Rule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { EventSourceMapping } from 'aws-cdk-lib/aws-lambda';
import type { NodejsFunction } from 'aws-cdk-lib/aws-lambda-nodejs';
import { Construct } from 'constructs';
import { eventSource, SESSION_INGESTED } from '../../shared/service/events.ts';
import type { Ground } from './ground.ts';
import { serviceFunction } from './service-function.ts';

/** How long one evaluation may take; the queue of portions is built around it. */
export const EVALUATE_TIMEOUT = Duration.minutes(5);

/** Evaluates released sessions: woken by the event of their release, and by portions of a large set of rules. */
export class Evaluate extends Construct {
  readonly function: NodejsFunction;

  constructor(scope: Construct, id: string, ground: Ground) {
    super(scope, id);
    const { service, store, queues } = ground;
    this.function = serviceFunction(this, {
      name: 'evaluate',
      description: 'evaluates rules on released sessions and stores alerts',
      environment: {
        service,
        table: store.table.tableName,
        evaluationQueue: queues.evaluation.queueUrl,
      },
      memory: 1769,
      timeout: EVALUATE_TIMEOUT,
      failed: queues.failed,
    });
    store.grant(this.function, 'BatchGetItem', 'GetItem', 'PutItem', 'Query');
    this.onRelease(ground);
    this.onPortions(ground);
  }

  private onRelease({ service, bus, queues }: Ground): void {
    new Rule(this, 'Released', {
      eventBus: bus,
      description: 'A session is released for evaluation',
      eventPattern: { source: [eventSource(service)], detailType: [SESSION_INGESTED] },
      targets: [
        new LambdaFunction(this.function, {
          deadLetterQueue: queues.undelivered,
          retryAttempts: 10,
          maxEventAge: Duration.hours(1),
        }),
      ],
    });
  }

  private onPortions({ queues }: Ground): void {
    const { queueArn } = queues.evaluation;
    const may = (...actions: string[]) =>
      this.function.addToRolePolicy(new PolicyStatement({ actions, resources: [queueArn] }));
    may('sqs:SendMessage', 'sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes');
    new EventSourceMapping(this, 'Portions', {
      target: this.function,
      eventSourceArn: queueArn,
      batchSize: 1,
      maxConcurrency: 10,
      reportBatchItemFailures: true,
    });
  }
}
