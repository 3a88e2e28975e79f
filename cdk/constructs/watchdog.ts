import { Duration } from 'aws-cdk-lib';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import type { NodejsFunction } from 'aws-cdk-lib/aws-lambda-nodejs';
import { Construct } from 'constructs';
import type { Ground } from './ground.ts';
import { serviceFunction } from './service-function.ts';

/**
 * Says every hour of every day how many sessions are overdue. It hangs on a rule of its own, not on the scheduler that
 * wakes the rest; its alarm takes silence for trouble, so a dead watchdog is noticed as well.
 */
export class Watchdog extends Construct {
  readonly function: NodejsFunction;

  constructor(scope: Construct, id: string, { service, config, store, queues }: Ground) {
    super(scope, id);
    this.function = serviceFunction(this, {
      name: 'watchdog',
      description: 'says how many sessions are overdue',
      environment: { service, table: store.table.tableName, deadline: config.deadline },
      memory: 512,
      timeout: Duration.minutes(1),
      failed: queues.failed,
    });
    store.grant(this.function, 'BatchGetItem', 'GetItem', 'PutItem', 'Query');
    store.grantDue(this.function);
    new Rule(this, 'Hourly', {
      description: 'Looks for overdue sessions, every hour of the year',
      // Five past, so that a deadline on the hour is told of minutes later.
      schedule: Schedule.cron({ minute: '5' }),
      targets: [new LambdaFunction(this.function, { deadLetterQueue: queues.undelivered, retryAttempts: 3 })],
    });
  }
}
