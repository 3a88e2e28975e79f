import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import { HttpApi, HttpStage, LogGroupLogDestination } from 'aws-cdk-lib/aws-apigatewayv2';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';

/** What one front door has of its own. */
export interface FrontProps {
  readonly description: string;
  /** Requests a second, and at once, of all callers together. */
  readonly throttle: { readonly rateLimit: number; readonly burstLimit: number };
}

/** One line a request: who (an id, no name), what, how it ended, how long. No path and no query: both may hold a token. */
const LOGGED = {
  request: '$context.requestId',
  at: '$context.requestTimeEpoch',
  route: '$context.routeKey',
  status: '$context.status',
  ms: '$context.responseLatency',
  user: '$context.authorizer.claims.sub',
  refused: '$context.authorizer.error',
  error: '$context.integrationErrorMessage',
};

/** An HTTP API without any route yet: CloudFront needs its name before its routes can know who may come. */
export class Front extends Construct {
  readonly api: HttpApi;

  constructor(scope: Construct, id: string, { description, throttle }: FrontProps) {
    super(scope, id);
    // No CORS: the console asks its own origin, and no other page has any business here.
    this.api = new HttpApi(this, 'Http', { description, createDefaultStage: false });
    const logs = new LogGroup(this, 'AccessLogs', {
      retention: RetentionDays.THREE_MONTHS,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    new HttpStage(this, 'Stage', {
      httpApi: this.api,
      stageName: '$default',
      autoDeploy: true,
      throttle,
      accessLogSettings: {
        destination: new LogGroupLogDestination(logs),
        format: AccessLogFormat.custom(JSON.stringify(LOGGED)),
      },
    });
  }

  /** Where it answers, without CloudFront before it. */
  get host(): string {
    const { region, urlSuffix } = Stack.of(this);
    return `${this.api.apiId}.execute-api.${region}.${urlSuffix}`;
  }
}
