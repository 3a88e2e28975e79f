import { CfnOutput, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { EventBus } from 'aws-cdk-lib/aws-events';
import { ScheduleGroup } from 'aws-cdk-lib/aws-scheduler';
import type { App } from 'aws-cdk-lib';
import { type Config, stackName } from './config.ts';
import { Alarms, type AlarmsProps } from './constructs/alarms.ts';
import { Deliver } from './constructs/deliver.ts';
import { Evaluate, EVALUATE_TIMEOUT } from './constructs/evaluate.ts';
import type { Ground } from './constructs/ground.ts';
import { Ingest } from './constructs/ingest.ts';
import { overview } from './constructs/overview.ts';
import { Queues } from './constructs/queues.ts';
import { Reconcile } from './constructs/reconcile.ts';
import { Store } from './constructs/store.ts';
import { Topics } from './constructs/topics.ts';
import { Watchdog } from './constructs/watchdog.ts';

/** The whole service in one stack, so that `npx cdk deploy` needs no name. It wires and makes nothing itself. */
export function tidemarkStack(app: App, config: Config): Stack {
  const stack = new Stack(app, stackName(config), {
    description: 'Tidemark: alerts for a change of market leadership',
    tags: { Application: 'Tidemark', Stage: config.stage },
  });
  const ground: Ground = {
    service: stack.stackName,
    config,
    store: new Store(stack, 'Store', config),
    topics: new Topics(stack, 'Topics', config),
    queues: new Queues(stack, 'Queues', { evaluateTimeout: EVALUATE_TIMEOUT }),
    bus: EventBus.fromEventBusName(stack, 'Bus', 'default'),
    schedules: new ScheduleGroup(stack, 'Schedules', { removalPolicy: RemovalPolicy.DESTROY }),
  };
  const functions = {
    ingest: new Ingest(stack, 'Ingest', ground).function,
    evaluate: new Evaluate(stack, 'Evaluate', ground).function,
    deliver: new Deliver(stack, 'Deliver', ground).function,
    watchdog: new Watchdog(stack, 'Watchdog', ground).function,
    reconcile: new Reconcile(stack, 'Reconcile', ground).function,
  };
  const watched: AlarmsProps = { ...ground, functions };
  const dashboard = overview(stack, watched, new Alarms(stack, 'Alarms', watched));
  tellOutputs(stack, ground, dashboard.dashboardName, functions);
  return stack;
}

/** What a person or `--stack` needs to find; the command reads them by these names. */
function tellOutputs(
  stack: Stack,
  { store, topics }: Ground,
  dashboard: string,
  functions: AlarmsProps['functions'],
): void {
  const tell = (name: string, description: string, value: string) =>
    new CfnOutput(stack, name, { description, value });
  tell('TableName', 'The one table', store.table.tableName);
  tell('AlertTopicArn', 'Alerts for subscribers', topics.alerts.topicArn);
  tell('OperatorTopicArn', 'Alarms for who runs this', topics.operators.topicArn);
  tell('DashboardName', 'The dashboard in CloudWatch', dashboard);
  tell('IngestFunctionName', 'Fills gaps and releases sessions', functions.ingest.functionName);
  tell('EvaluateFunctionName', 'Evaluates released sessions', functions.evaluate.functionName);
  tell('DeliverFunctionName', 'Sends what is due', functions.deliver.functionName);
  tell('WatchdogFunctionName', 'Says what is overdue', functions.watchdog.functionName);
  tell('ReconcileFunctionName', 'Looks at the subscriptions', functions.reconcile.functionName);
}
