import { CfnOutput, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { HttpJwtAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { EventBus } from 'aws-cdk-lib/aws-events';
import { ScheduleGroup } from 'aws-cdk-lib/aws-scheduler';
import type { App } from 'aws-cdk-lib';
import { type Config, stackName } from './config.ts';
import { Access } from './constructs/access.ts';
import { Alarms } from './constructs/alarms.ts';
import { Api, API_THROTTLE } from './constructs/api.ts';
import { ConsoleDeployment } from './constructs/console-deployment.ts';
import { Console } from './constructs/console.ts';
import { Deliver } from './constructs/deliver.ts';
import { Evaluate, EVALUATE_TIMEOUT } from './constructs/evaluate.ts';
import { Front } from './constructs/front.ts';
import type { Ground } from './constructs/ground.ts';
import { Ingest } from './constructs/ingest.ts';
import { Links, LINKS_THROTTLE } from './constructs/links.ts';
import { Mail, MAIL_TIMEOUT } from './constructs/mail.ts';
import { overview } from './constructs/overview.ts';
import { People } from './constructs/people.ts';
import { Queues } from './constructs/queues.ts';
import { Reconcile } from './constructs/reconcile.ts';
import { Store } from './constructs/store.ts';
import { Topics } from './constructs/topics.ts';
import { Watchdog } from './constructs/watchdog.ts';
import type { AlarmsProps } from './constructs/watches.ts';

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
    queues: new Queues(stack, 'Queues', {
      evaluateTimeout: EVALUATE_TIMEOUT,
      mailTimeout: config.mail === null ? null : MAIL_TIMEOUT,
    }),
    bus: EventBus.fromEventBusName(stack, 'Bus', 'default'),
    schedules: new ScheduleGroup(stack, 'Schedules', { removalPolicy: RemovalPolicy.DESTROY }),
  };
  const { access, front, links, console, tokens } = pages(stack, config);
  const { mails } = ground.queues;
  const functions = {
    api: new Api(stack, 'Api', ground, { front, tokens }).function,
    people: new People(stack, 'People', ground, { front, tokens, console: console.url }).function,
    ingest: new Ingest(stack, 'Ingest', ground).function,
    evaluate: new Evaluate(stack, 'Evaluate', ground).function,
    deliver: new Deliver(stack, 'Deliver', ground).function,
    watchdog: new Watchdog(stack, 'Watchdog', ground).function,
    reconcile: new Reconcile(stack, 'Reconcile', ground).function,
    ...(mails === null || links === null
      ? {}
      : {
          mail: new Mail(stack, 'Mail', ground, { queue: mails, console: console.url }).function,
          links: new Links(stack, 'Links', ground, links).function,
        }),
  };
  const watched: AlarmsProps = { ...ground, functions, api: front.api };
  const dashboard = overview(stack, watched, new Alarms(stack, 'Alarms', watched));
  tellOutputs(stack, ground, dashboard.dashboardName, functions);
  tellPages(stack, config, {
    console: console.url,
    api: front.api.apiEndpoint,
    pool: access.pool.userPoolId,
  });
  return stack;
}

/** The console with who may sign in to it, and the doors to what answers it. */
function pages(stack: Stack, config: Config) {
  const access = new Access(stack, 'Access', config);
  const front = new Front(stack, 'Front', { description: 'Tidemark: the API', throttle: API_THROTTLE });
  const links =
    config.mail === null
      ? null
      : new Front(stack, 'LinksFront', { description: 'Tidemark: links in mails', throttle: LINKS_THROTTLE });
  const console = new Console(stack, 'Console', { access, api: front, links });
  const client = access.consoleAt(console.url);
  new ConsoleDeployment(stack, 'ConsoleDeployment', console, {
    auth: { authority: access.issuer, clientId: client.userPoolClientId, domain: access.signIn },
  });
  const tokens = new HttpJwtAuthorizer('Tokens', access.issuer, { jwtAudience: [client.userPoolClientId] });
  return { access, front, links, console, tokens };
}

/** Where people go, and as whom HTML mail comes. */
function tellPages(
  stack: Stack,
  { mail }: Config,
  { console, api, pool }: { readonly console: string; readonly api: string; readonly pool: string },
): void {
  const tell = (name: string, description: string, value: string) =>
    new CfnOutput(stack, name, { description, value });
  tell('ConsoleUrl', 'The console', console);
  tell('ApiUrl', 'The API, without the console before it', api);
  tell('UserPoolId', 'Who may sign in: make the first account here', pool);
  if (mail === null) return;
  tell('MailFrom', 'HTML mail comes from here', mail.from);
  if (mail.replyTo !== null) tell('MailReplyTo', 'Answers to it go here', mail.replyTo);
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
  tell('ApiFunctionName', 'Answers the console', functions.api.functionName);
  tell('PeopleFunctionName', 'Manages subscriptions', functions.people.functionName);
  tell('IngestFunctionName', 'Fills gaps and releases sessions', functions.ingest.functionName);
  tell('EvaluateFunctionName', 'Evaluates released sessions', functions.evaluate.functionName);
  tell('DeliverFunctionName', 'Sends what is due', functions.deliver.functionName);
  tell('WatchdogFunctionName', 'Says what is overdue', functions.watchdog.functionName);
  const { mail, links } = functions;
  if (mail !== undefined) tell('MailFunctionName', 'Sends HTML mail', mail.functionName);
  if (links !== undefined) tell('LinksFunctionName', 'Answers links in mails', links.functionName);
  tell('ReconcileFunctionName', 'Looks at the subscriptions', functions.reconcile.functionName);
}
