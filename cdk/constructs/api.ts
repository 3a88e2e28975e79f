import { Duration } from 'aws-cdk-lib';
import { HttpMethod } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpJwtAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import type { UserPoolClient } from 'aws-cdk-lib/aws-cognito';
import type { NodejsFunction } from 'aws-cdk-lib/aws-lambda-nodejs';
import { Construct } from 'constructs';
import type { Access } from './access.ts';
import type { Front } from './front.ts';
import type { Ground } from './ground.ts';
import { grantSendMail, mailerOf } from './mail-settings.ts';
import { serviceFunction } from './service-function.ts';

/** All callers together; Lambda and the table would take more, and nobody's console asks for more. */
export const API_THROTTLE = { rateLimit: 25, burstLimit: 100 };

/** API Gateway gives up after 30 seconds, and no page waits so long. */
const TIMEOUT = Duration.seconds(25);

/** Where the API is asked, and by whom. */
export interface ApiProps {
  readonly front: Front;
  readonly access: Access;
  readonly client: UserPoolClient;
  /** The address of the console. */
  readonly console: string;
}

/** The API: one function behind one route, which asks for a token of our own pool; there is no route without. */
export class Api extends Construct {
  readonly function: NodejsFunction;

  constructor(scope: Construct, id: string, ground: Ground, { front, access, client, console }: ApiProps) {
    super(scope, id);
    const { service, config, store, topics, queues } = ground;
    this.function = serviceFunction(this, {
      name: 'api',
      description: 'answers the console',
      environment: {
        service,
        table: store.table.tableName,
        alertTopic: topics.alerts.topicArn,
        ...mailerOf(config),
        console,
      },
      // A whole processor: a preview computes 25 years while somebody types.
      memory: 1769,
      timeout: TIMEOUT,
      failed: queues.failed,
    });
    store.grant(this.function, 'BatchGetItem', 'DeleteItem', 'GetItem', 'PutItem', 'Query');
    topics.grantSubscribe(this.function);
    // Only to ask an address whether it wants what was subscribed for it.
    grantSendMail(this, this.function, config);
    front.api.addRoutes({
      path: '/api/{proxy+}',
      methods: [HttpMethod.ANY],
      integration: new HttpLambdaIntegration('Integration', this.function),
      authorizer: new HttpJwtAuthorizer('Tokens', access.issuer, { jwtAudience: [client.userPoolClientId] }),
    });
  }
}
