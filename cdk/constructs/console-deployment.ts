import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import {
  BucketDeployment,
  type BucketDeploymentProps,
  CacheControl,
  type ISource,
  Source,
} from 'aws-cdk-lib/aws-s3-deployment';
import { Construct } from 'constructs';
import type { ConsoleConfig } from '../../shared/api/console-config.ts';
import { ASSETS, consoleFiles } from '../console-files.ts';
import type { Console } from './console.ts';

const CONFIG = 'config.json';

/**
 * Puts the built console into its bucket, with what it reads at start. CloudFront asks again for whatever is not named by
 * its content, so nothing has to be invalidated.
 */
export class ConsoleDeployment extends Construct {
  constructor(scope: Construct, id: string, console: Console, config: ConsoleConfig) {
    super(scope, id);
    const logGroup = new LogGroup(this, 'Logs', {
      retention: RetentionDays.THREE_MONTHS,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    role.addToPolicy(
      new PolicyStatement({
        actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
        resources: [logGroup.logGroupArn],
      }),
    );
    const put = (
      name: string,
      sources: ISource[],
      more: Omit<BucketDeploymentProps, 'destinationBucket' | 'sources'>,
    ) =>
      new BucketDeployment(this, name, {
        ...{ sources, destinationBucket: console.bucket, logGroup, role, memoryLimit: 256 },
        // A page that is open still asks for the files it was built with.
        prune: false,
        ...more,
      });
    const files = consoleFiles(Stack.of(this));
    const assets = put('Assets', [files], {
      exclude: ['*'],
      include: [`${ASSETS}/*`],
      cacheControl: [
        CacheControl.setPublic(),
        CacheControl.maxAge(Duration.days(365)),
        CacheControl.immutable(),
      ],
    });
    const page = put('Page', [files, Source.jsonData(CONFIG, config)], {
      exclude: [`${ASSETS}/*`],
      cacheControl: [CacheControl.noCache()],
    });
    // A page must not be there before what it asks for.
    page.node.addDependency(assets);
  }
}
