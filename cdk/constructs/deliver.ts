import { Duration } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { EventSourceMapping, FilterCriteria, FilterRule, StartingPosition } from 'aws-cdk-lib/aws-lambda';
import type { NodejsFunction } from 'aws-cdk-lib/aws-lambda-nodejs';
import { Construct } from 'constructs';
import { PROGRESS } from '../../shared/service/names.ts';
import { TABLE } from '../../shared/service/table.ts';
import { DELIVER_SWEEP } from '../schedules.ts';
import type { Ground } from './ground.ts';
import { serviceFunction } from './service-function.ts';
import { WakeUp } from './wake-up.ts';

/** How the partitions of alert records are named. */
const ALERTS = 'ALERT#';
const TIMEOUT = Duration.minutes(2);
/** Longer than the function can run: a claim may only be taken over once nobody can still be publishing under it. */
const LEASE = Duration.minutes(3);

/** Sends what is due: woken by the table's stream at once, and by a schedule for what the stream did not bring. */
export class Deliver extends Construct {
  readonly function: NodejsFunction;

  constructor(scope: Construct, id: string, ground: Ground) {
    super(scope, id);
    const { service, config, store, topics, queues, schedules } = ground;
    this.function = serviceFunction(this, {
      name: 'deliver',
      description: 'publishes alerts that are due, once each',
      environment: {
        service,
        table: store.table.tableName,
        alertTopic: topics.alerts.topicArn,
        leaseSeconds: String(LEASE.toSeconds()),
        deadline: config.deadline,
      },
      memory: 512,
      timeout: TIMEOUT,
      failed: queues.failed,
    });
    if (LEASE.toSeconds() <= TIMEOUT.toSeconds()) throw new Error('the lease must outlast the function');
    store.grant(this.function, 'BatchGetItem', 'GetItem', 'PutItem', 'Query', 'UpdateItem');
    store.grantDue(this.function);
    topics.grantPublishAlerts(this.function);
    this.onNewAlerts(ground);
    const wakeUp = new WakeUp(this, 'WakeUp', {
      group: schedules,
      target: this.function,
      undelivered: queues.undelivered,
    });
    wakeUp.at('sweep', DELIVER_SWEEP, { run: 'sweep' });
  }

  private onNewAlerts({ store, queues }: Ground): void {
    store.grantStream(this.function);
    new EventSourceMapping(this, 'NewAlerts', {
      target: this.function,
      eventSourceArn: store.streamArn,
      startingPosition: StartingPosition.LATEST,
      batchSize: 100,
      // The alerts of one evaluation come together, so that those of one session can be told as one.
      maxBatchingWindow: Duration.seconds(5),
      bisectBatchOnError: true,
      retryAttempts: 5,
      maxRecordAge: Duration.hours(6),
      reportBatchItemFailures: true,
      onFailure: { bind: () => ({ destination: queues.unread.queueArn }) },
      filters: [
        FilterCriteria.filter({
          eventName: FilterRule.isEqual('INSERT'),
          dynamodb: { Keys: { [TABLE.partitionKey]: { S: FilterRule.beginsWith(ALERTS) } } },
        }),
        // A session's alerts wait for its evaluation to end, which only this record tells.
        FilterCriteria.filter({
          dynamodb: { Keys: { [TABLE.sortKey]: { S: FilterRule.isEqual(PROGRESS) } } },
        }),
      ],
    });
    this.function.addToRolePolicy(
      new PolicyStatement({ actions: ['sqs:SendMessage'], resources: [queues.unread.queueArn] }),
    );
  }
}
