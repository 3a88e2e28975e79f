import { Duration } from 'aws-cdk-lib';
import { HttpMethod } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import type { NodejsFunction } from 'aws-cdk-lib/aws-lambda-nodejs';
import { Construct } from 'constructs';
import type { Front } from './front.ts';
import type { Ground } from './ground.ts';
import { serviceFunction } from './service-function.ts';

/** A mail server follows a link once; more at once is nobody's mail. */
export const LINKS_THROTTLE = { rateLimit: 5, burstLimit: 20 };

/**
 * What links in mails open: to confirm a subscription and to end one. Nobody signs in for that, so it is no part of the
 * API: a front of its own, a function that knows these two things only, and a role that sees neither data nor alerts.
 */
export class Links extends Construct {
  readonly function: NodejsFunction;

  constructor(scope: Construct, id: string, { service, store, queues }: Ground, front: Front) {
    super(scope, id);
    this.function = serviceFunction(this, {
      name: 'links',
      description: 'confirms and ends subscriptions by the links in mails',
      environment: { service, table: store.table.tableName },
      memory: 512,
      timeout: Duration.seconds(10),
      failed: queues.failed,
    });
    store.grantRecords(this.function, 'DeleteItem', 'GetItem', 'PutItem');
    front.api.addRoutes({
      path: '/mail/{action}',
      methods: [HttpMethod.GET, HttpMethod.POST],
      integration: new HttpLambdaIntegration('Integration', this.function),
    });
  }
}
