import { Duration, Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { NodejsFunction } from 'aws-cdk-lib/aws-lambda-nodejs';
import { Construct } from 'constructs';
import type { Ground } from './ground.ts';
import { serviceFunction } from './service-function.ts';
import { WakeUp } from './wake-up.ts';

/** Fills gaps up to the last finished session and releases what is complete enough, five times around an evening. */
export class Ingest extends Construct {
  readonly function: NodejsFunction;

  constructor(scope: Construct, id: string, ground: Ground) {
    super(scope, id);
    const { service, config, store, queues, bus, schedules } = ground;
    const parameters = `/${service}/providers`;
    this.function = serviceFunction(this, {
      name: 'ingest',
      description: 'fills gaps and releases sessions for evaluation',
      environment: { service, table: store.table.tableName, parameters },
      memory: 1024,
      // Quotas by the minute are waited for, and history is filled for eight minutes of a run.
      timeout: Duration.minutes(15),
      failed: queues.failed,
    });
    store.grant(this.function, 'BatchGetItem', 'DeleteItem', 'GetItem', 'PutItem', 'Query');
    this.function.addToRolePolicy(
      new PolicyStatement({ actions: ['events:PutEvents'], resources: [bus.eventBusArn] }),
    );
    // Secure parameters under AWS's own key need no grant of the key: it lets whoever may read them decrypt.
    this.function.addToRolePolicy(
      new PolicyStatement({
        actions: ['ssm:GetParametersByPath'],
        resources: [
          Stack.of(this).formatArn({
            service: 'ssm',
            resource: 'parameter',
            resourceName: parameters.slice(1),
          }),
        ],
      }),
    );
    const wakeUp = new WakeUp(this, 'WakeUp', {
      group: schedules,
      target: this.function,
      undelivered: queues.undelivered,
    });
    for (const [run, cron] of Object.entries(config.schedules)) wakeUp.at(run, cron, { run });
  }
}
