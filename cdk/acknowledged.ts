import type { CfnResource, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';

/** A finding of the packs that we mean as it is: where, which, why. */
export interface Acknowledged {
  /** Path of the construct within the stack; the whole stack without one. */
  readonly at?: string;
  readonly id: string;
  readonly reason: string;
}

/** CDK's own function that copies a folder into a bucket. */
const COPIER = 'Custom::CDKBucketDeployment8693BB64968944B69AAFB0CC9EB8756C256MiB';

const DEAD_LETTERS = ['Undelivered', 'Failed', 'Unread', 'Unevaluated', 'Unmailed'].map(
  (name) => `Queues/${name}`,
);

/** The wildcards are named one by one, so that another one is found. */
export function acknowledged(stack: Stack): readonly Acknowledged[] {
  return [...ofService(stack), ...ofConsole(stack), ...ofMail()];
}

/** Users, the console's distribution and its bucket, and what puts files there. */
function ofConsole(stack: Stack): readonly Acknowledged[] {
  return [...OF_PAGES, ...copies(stack).map(ofCopy)];
}

const OF_PAGES: readonly Acknowledged[] = [
  solution(
    'Access/Users',
    'COG2',
    'A second factor is offered to everybody; a team that wants to can require it.',
  ),
  solution(
    'Access/Users',
    'COG8',
    'Threat protection costs more a user than the whole service, for a handful of invited users.',
  ),
  solution(
    'Console/Distribution',
    'CFR1',
    'Readers may travel; who may read is decided by the sign-in, not by the country.',
  ),
  solution(
    'Console/Distribution',
    'CFR2',
    'A firewall costs more than the whole service; the API is throttled, and refuses whoever has no token.',
  ),
  solution(
    'Console/Distribution',
    'CFR3',
    'What is served are the files of an open program; who asked the API for what is in its own log.',
  ),
  solution(
    'Console/Distribution',
    'CFR4',
    'A floor under TLS needs a domain and certificate of your own: docs/deploy.md.',
  ),
  solution(
    'Console/Files',
    'S1',
    'Only the distribution reads the bucket, and what it holds are the files of an open program.',
  ),
  solution(COPIER, 'L1', 'CDK brings the function and says what it runs on.'),
  {
    at: COPIER,
    id: 'Serverless::Serverless-LambdaLatestVersion',
    reason: 'CDK brings the function and says what it runs on.',
  },
];

/** The wildcards of CDK's copying from its own assets into the console's bucket. */
function copies(stack: Stack): readonly string[] {
  const actions = ['Abort*', 'DeleteObject*', 'GetBucket*', 'GetObject*', 'List*'];
  const assets = `cdk-${stack.synthesizer.bootstrapQualifier ?? ''}-assets-<AWS::AccountId>-<AWS::Region>`;
  return [
    ...actions.map((action) => `Action::s3:${action}`),
    `Resource::<${logicalId(stack, 'Console', 'Files')}.Arn>/*`,
    `Resource::arn:<AWS::Partition>:s3:::${assets}/*`,
  ];
}

function ofCopy(wildcard: string): Acknowledged {
  const reason =
    "CDK's own function copies a folder: it lists, reads and writes all objects of these two buckets.";
  return solution('ConsoleDeployment/Role', `IAM5[${wildcard}]`, reason);
}

function solution(at: string, id: string, reason: string): Acknowledged {
  return { at, id: `AwsSolutions::AwsSolutions-${id}`, reason };
}

/** HTML mail, where it is sent. */
function ofMail(): readonly Acknowledged[] {
  const identities = 'Resource::arn:<AWS::Partition>:ses:<AWS::Region>:<AWS::AccountId>:identity/*';
  return [
    ...['Mail/Role', 'People/Role'].map((at) => ({
      at,
      id: `AwsSolutions::AwsSolutions-IAM5[${identities}]`,
      reason: 'A condition holds it to the one sender; which identity SES asks for depends on its sandbox.',
    })),
    {
      at: 'LinksFront/Http',
      id: 'AwsSolutions::AwsSolutions-APIG4',
      reason:
        'Who follows a link in a mail has no account: each link carries a signed token, and the function has no other use.',
    },
    {
      at: 'Mail/Mails',
      id: 'Serverless::Serverless-LambdaEventSourceMappingDestination',
      reason: 'A queue as source has no failure destination; its own dead-letter queue takes what failed.',
    },
  ];
}

function logicalId(stack: Stack, ...path: readonly string[]): string {
  const found = path.reduce((node, name) => node.node.findChild(name), stack as Construct);
  return stack.getLogicalId(found.node.defaultChild as CfnResource);
}

/** Queues, topics and functions of the service. */
function ofService(stack: Stack): readonly Acknowledged[] {
  return [...DEAD_LETTERS.flatMap(ofDeadLetters), ...OF_FUNCTIONS, ...ofRoles(stack)];
}

function ofDeadLetters(at: string): readonly Acknowledged[] {
  return [
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
  ];
}

const OF_FUNCTIONS: readonly Acknowledged[] = [
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
];

function ofRoles(stack: Stack): readonly Acknowledged[] {
  const stream = `Resource::<${logicalId(stack, 'Store', 'Table')}.Arn>/stream/*`;
  return [
    solution(
      'Deliver/Role',
      `IAM5[${stream}]`,
      'Lambda lists the streams of the table before it reads the one; the call names no single stream.',
    ),
    solution(
      'People/Role',
      'IAM5[Resource::*]',
      'Reading, changing and ending a subscription, and an opt-out: calls of SNS that know no resource.',
    ),
    solution(
      'Reconcile/Role',
      'IAM5[Resource::*]',
      'Reading a subscription, an opt-out and the limits of SMS: calls of SNS that know no resource.',
    ),
  ];
}
