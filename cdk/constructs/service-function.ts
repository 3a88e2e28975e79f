import { fileURLToPath } from 'node:url';
import { type Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, type IDestination, Runtime } from 'aws-cdk-lib/aws-lambda';
import { type BundlingOptions, LogLevel, NodejsFunction, OutputFormat } from 'aws-cdk-lib/aws-lambda-nodejs';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { type Environment, environmentOf, type FunctionName } from '../../lambdas/environment.ts';
import { standInsOf } from '../stand-ins.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** What one function has of its own; the rest is the same for all. */
export interface ServiceFunctionProps<Name extends FunctionName> {
  readonly name: Name;
  readonly description: string;
  readonly environment: Environment<Name>;
  /** In MiB; Lambda gives processor time in proportion, one whole processor at 1,769. */
  readonly memory: number;
  readonly timeout: Duration;
  /** Where an event goes on which the function failed in all its attempts. */
  readonly failed: Queue;
  /** Files that lie beside its code, by their path in this folder. */
  readonly files?: readonly string[];
}

/**
 * One function: its handler in `lambdas/`, bundled with its part of the SDK and the deployment's rules, a log group that
 * forgets, a role that may write to that log group and to its failure queue and nothing else until it is granted more.
 */
export function serviceFunction<Name extends FunctionName>(
  scope: Construct,
  props: ServiceFunctionProps<Name>,
): NodejsFunction {
  const logGroup = new LogGroup(scope, 'Logs', {
    retention: RetentionDays.THREE_MONTHS,
    removalPolicy: RemovalPolicy.DESTROY,
  });
  const role = new Role(scope, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
  const may = (action: string[], resource: string) =>
    role.addToPolicy(new PolicyStatement({ actions: action, resources: [resource] }));
  may(['logs:CreateLogStream', 'logs:PutLogEvents'], logGroup.logGroupArn);
  may(['sqs:SendMessage'], props.failed.queueArn);
  return new NodejsFunction(scope, 'Function', {
    description: `${Stack.of(scope).stackName}: ${props.description}`,
    entry: `${ROOT}lambdas/entry/${props.name}.ts`,
    projectRoot: ROOT,
    depsLockFilePath: `${ROOT}package-lock.json`,
    handler: 'handler',
    runtime: Runtime.NODEJS_24_X,
    architecture: Architecture.ARM_64,
    memorySize: props.memory,
    timeout: props.timeout,
    environment: { ...environmentOf(props.name, props.environment), NODE_OPTIONS: '--enable-source-maps' },
    logGroup,
    role,
    retryAttempts: 2,
    onFailure: destination(props.failed),
    bundling: bundling(props.name, props.files ?? []),
  });
}

/** ESM with the SDK inside: a bundle of only what is used starts faster than the SDK that Lambda brings. */
function bundling(name: FunctionName, files: readonly string[]): BundlingOptions {
  return {
    format: OutputFormat.ESM,
    target: 'node24',
    logLevel: LogLevel.WARNING,
    mainFields: ['module', 'main'],
    bundleAwsSDK: true,
    minify: true,
    sourceMap: true,
    sourcesContent: false,
    esbuildArgs: Object.fromEntries(
      standInsOf(name).map(([module, file]) => [`--alias:${module}`, `${ROOT}${file}`]),
    ),
    // CommonJS inside an ESM bundle asks for Node's own modules by `require`.
    banner: "import{createRequire}from'node:module';const require=createRequire(import.meta.url);",
    commandHooks: {
      beforeBundling: () => [],
      beforeInstall: () => [],
      afterBundling: (_, output) => [
        `"${process.execPath}" "${ROOT}cdk/bundle-rules.ts" "${ROOT}rules" "${output}"`,
        ...files.map((file) => `cp "${ROOT}${file}" "${output}"`),
      ],
    },
  };
}

/** The queue as a destination; CDK's own would grant more than sending. */
function destination({ queueArn }: Queue): IDestination {
  return { bind: () => ({ destination: queueArn }) };
}
