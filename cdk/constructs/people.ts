import { Duration } from 'aws-cdk-lib';
import { HttpMethod } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import type { NodejsFunction } from 'aws-cdk-lib/aws-lambda-nodejs';
import { Construct } from 'constructs';
import type { Route } from '../../shared/api/route.ts';
import { ROUTES } from '../../shared/api/routes.ts';
import type { Door } from './api.ts';
import type { Ground } from './ground.ts';
import { grantSendMail, mailerOf } from './mail-settings.ts';
import { serviceFunction } from './service-function.ts';

/** What the routes about subscriptions stand on besides. */
export interface PeopleProps extends Door {
  /** The address of the console. */
  readonly console: string;
}

/**
 * The part of the API that is about subscriptions: the only one that may touch those at SNS and ask an address by mail. It
 * sees neither data nor alerts.
 */
export class People extends Construct {
  readonly function: NodejsFunction;

  constructor(scope: Construct, id: string, ground: Ground, { front, tokens, console }: PeopleProps) {
    super(scope, id);
    const { service, config, store, topics, queues } = ground;
    this.function = serviceFunction(this, {
      name: 'people',
      description: 'manages subscriptions for the console',
      environment: {
        service,
        table: store.table.tableName,
        alertTopic: topics.alerts.topicArn,
        ...mailerOf(config),
        console,
      },
      memory: 1024,
      timeout: Duration.seconds(25),
      failed: queues.failed,
    });
    store.grantRecords(this.function, 'DeleteItem', 'GetItem', 'PutItem', 'Query');
    topics.grantSubscribe(this.function);
    // Only to ask an address whether it wants what was subscribed for it.
    grantSendMail(this, this.function, config);
    const integration = new HttpLambdaIntegration('Integration', this.function);
    for (const path of PATHS) {
      front.api.addRoutes({ path, methods: [HttpMethod.ANY], integration, authorizer: tokens });
    }
  }
}

/** Its paths, as the table of routes has them. */
const PATHS: ReadonlySet<string> = new Set(
  (Object.values(ROUTES) as Route[])
    .filter(({ by, where }) => by === 'people' && where === undefined)
    .map(({ path }) => path),
);
