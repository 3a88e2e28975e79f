import { Duration } from 'aws-cdk-lib';
import { HttpMethod } from 'aws-cdk-lib/aws-apigatewayv2';
import type { HttpJwtAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import type { NodejsFunction } from 'aws-cdk-lib/aws-lambda-nodejs';
import { Construct } from 'constructs';
import type { Front } from './front.ts';
import type { Ground } from './ground.ts';
import { mailerOf } from './mail-settings.ts';
import { serviceFunction } from './service-function.ts';

/** All callers together; Lambda and the table would take more, and nobody's console asks for more. */
export const API_THROTTLE = { rateLimit: 25, burstLimit: 100 };

/** API Gateway gives up after 30 seconds, and no page waits so long. */
const TIMEOUT = Duration.seconds(25);

/** Where the API is asked, and what asks for a token of our own pool. */
export interface Door {
  readonly front: Front;
  readonly tokens: HttpJwtAuthorizer;
}

/** The API but for subscriptions: one function behind one route that takes what no other does; none is without a token. */
export class Api extends Construct {
  readonly function: NodejsFunction;

  constructor(scope: Construct, id: string, ground: Ground, { front, tokens }: Door) {
    super(scope, id);
    const { service, config, store, queues } = ground;
    this.function = serviceFunction(this, {
      name: 'api',
      description: 'answers the console',
      environment: {
        service,
        table: store.table.tableName,
        mailFrom: mailerOf(config).mailFrom,
      },
      // A whole processor: a preview computes 25 years while somebody types.
      memory: 1769,
      timeout: TIMEOUT,
      failed: queues.failed,
    });
    store.grant(this.function, 'BatchGetItem', 'DeleteItem', 'GetItem', 'PutItem', 'Query');
    front.api.addRoutes({
      path: '/api/{proxy+}',
      methods: [HttpMethod.ANY],
      integration: new HttpLambdaIntegration('Integration', this.function),
      authorizer: tokens,
    });
  }
}
