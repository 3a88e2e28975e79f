import { type App, type CfnResource, type Stack, Validations } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { AwsSolutionsChecks, ServerlessChecks } from 'cdk-nag';

/** A finding of the packs that we mean as it is: where, which, why. */
interface Acknowledged {
  /** Path of the construct within the stack; the whole stack without one. */
  readonly at?: string;
  readonly id: string;
  readonly reason: string;
}

const DEAD_LETTERS = ['Undelivered', 'Failed', 'Unread', 'Unevaluated'].map((name) => `Queues/${name}`);

/** Eight ids; the wildcards are named one by one, so that another one is found. */
function acknowledged(stack: Stack): readonly Acknowledged[] {
  const table = stack.getLogicalId(
    stack.node.findChild('Store').node.findChild('Table').node.defaultChild as CfnResource,
  );
  return [
    ...DEAD_LETTERS.flatMap((at) => [
      {
        at,
        id: 'AwsSolutions::AwsSolutions-SQS3',
        reason: 'It is a dead-letter queue itself, of schedules, rules, functions or the stream.',
      },
      {
        at,
        id: 'Serverless::Serverless-SQSRedrivePolicy',
        reason: 'It is a dead-letter queue itself; its alarm goes off at the first message.',
      },
    ]),
    {
      id: 'Serverless::Serverless-LambdaDLQ',
      reason: 'Every function has a failure destination instead, which also tells the error.',
    },
    {
      id: 'Serverless::Serverless-LambdaTracing',
      reason: 'No tracer: the SDK of X-Ray nears its end of support, and one line per decision tells more.',
    },
    {
      at: 'Topics',
      id: 'Serverless::Serverless-SNSRedrivePolicy',
      reason: 'What cannot be handed over to a person has an alarm; an e-mail in a queue would reach nobody.',
    },
    {
      at: 'Evaluate/Portions',
      id: 'Serverless::Serverless-LambdaEventSourceMappingDestination',
      reason: 'A queue as source has no failure destination; its own dead-letter queue takes what failed.',
    },
    {
      at: 'Deliver/Role',
      id: `AwsSolutions::AwsSolutions-IAM5[Resource::<${table}.Arn>/stream/*]`,
      reason:
        'Lambda lists the streams of the table before it reads the one; the call names no single stream.',
    },
    {
      at: 'Reconcile/Role',
      id: 'AwsSolutions::AwsSolutions-IAM5[Resource::*]',
      reason: 'Reading a subscription, an opt-out and the limits of SMS: calls of SNS that know no resource.',
    },
  ];
}

/** Holds the application to cdk-nag's AwsSolutions and Serverless packs at synthesis. */
export function checkPractice(app: App, stack: Stack): void {
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app), new ServerlessChecks(app));
  for (const { at, id, reason } of acknowledged(stack)) {
    const scope = (at ?? '')
      .split('/')
      .filter(Boolean)
      .reduce((node, name) => node.node.findChild(name), stack as Construct);
    Validations.of(scope).acknowledge({ id, reason });
  }
}
