import { Duration } from 'aws-cdk-lib';
import type { NodejsFunction } from 'aws-cdk-lib/aws-lambda-nodejs';
import { Construct } from 'constructs';
import { RECONCILE } from '../schedules.ts';
import type { Ground } from './ground.ts';
import { serviceFunction } from './service-function.ts';
import { WakeUp } from './wake-up.ts';

/** Looks once a day for recipients who get nothing and for limits of SMS, and tells the operators. */
export class Reconcile extends Construct {
  readonly function: NodejsFunction;

  constructor(scope: Construct, id: string, { service, store, topics, queues, schedules }: Ground) {
    super(scope, id);
    this.function = serviceFunction(this, {
      name: 'reconcile',
      description: 'compares subscriptions with what SNS knows of them',
      environment: {
        service,
        table: store.table.tableName,
        alertTopic: topics.alerts.topicArn,
        operatorTopic: topics.operators.topicArn,
      },
      memory: 512,
      timeout: Duration.minutes(2),
      failed: queues.failed,
    });
    store.grant(this.function, 'GetItem', 'PutItem', 'Query');
    topics.grantReadSubscriptions(this.function);
    topics.grantTellOperators(this.function);
    const wakeUp = new WakeUp(this, 'WakeUp', {
      group: schedules,
      target: this.function,
      undelivered: queues.undelivered,
    });
    wakeUp.at('daily', RECONCILE, { run: 'daily' });
  }
}
