import { describe, expect, it } from 'vitest';
import { PROVIDER_VARIABLES } from '../../adapters/providers/access.ts';
import { plain, reference, type Resource, resourcesOf, templateOf } from './template.ts';

interface Statement {
  readonly Effect: string;
  readonly Action: string | readonly string[];
  readonly Resource: unknown;
}

const template = templateOf();
const policies = [...resourcesOf(template, 'AWS::IAM::Policy').values()];

/** What the role of a part may do: every action with every resource, one line each. */
function allowed(part: string): string[] {
  const own = policies.filter(({ Properties }) => {
    const [role] = Properties['Roles'] as readonly unknown[];
    return plain(reference(role)) === `{${part}}`;
  });
  return own.flatMap(linesOf).toSorted();
}

function linesOf({ Properties }: Resource): string[] {
  const { Statement } = Properties['PolicyDocument'] as { Statement: readonly Statement[] };
  return Statement.flatMap(({ Effect, Action, Resource }) => {
    expect(Effect).toBe('Allow');
    const resources = Array.isArray(Resource) ? Resource : [Resource];
    const actions = typeof Action === 'string' ? [Action] : Action;
    return actions.flatMap((action) => resources.map((one) => `${action} ${plain(reference(one))}`));
  });
}

const TABLE = '{StoreTable.Arn}';
const table = (...actions: string[]): string[] => actions.map((action) => `dynamodb:${action} ${TABLE}`);
const ofEvery = (part: string): string[] => [
  `logs:CreateLogStream {${part}Logs.Arn}`,
  `logs:PutLogEvents {${part}Logs.Arn}`,
  'sqs:SendMessage {QueuesFailed.Arn}',
];
const publish = (topic: string): string[] => [
  'kms:Decrypt {TopicsKey.Arn}',
  'kms:GenerateDataKey {TopicsKey.Arn}',
  `sns:Publish {${topic}}`,
];

const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  Ingest: [
    ...ofEvery('Ingest'),
    ...table('BatchGetItem', 'DeleteItem', 'GetItem', 'PutItem', 'Query'),
    'events:PutEvents arn:{AWS::Partition}:events:{AWS::Region}:{AWS::AccountId}:event-bus/default',
    'ssm:GetParametersByPath arn:{AWS::Partition}:ssm:{AWS::Region}:{AWS::AccountId}:parameter/Tidemark/providers',
  ],
  Evaluate: [
    ...ofEvery('Evaluate'),
    ...table('BatchGetItem', 'GetItem', 'PutItem', 'Query'),
    'sqs:DeleteMessage {QueuesEvaluation.Arn}',
    'sqs:GetQueueAttributes {QueuesEvaluation.Arn}',
    'sqs:ReceiveMessage {QueuesEvaluation.Arn}',
    'sqs:SendMessage {QueuesEvaluation.Arn}',
  ],
  Deliver: [
    ...ofEvery('Deliver'),
    ...table('BatchGetItem', 'GetItem', 'PutItem', 'Query', 'UpdateItem'),
    `dynamodb:Query ${TABLE}/index/due`,
    'dynamodb:DescribeStream {StoreTable.StreamArn}',
    'dynamodb:GetRecords {StoreTable.StreamArn}',
    'dynamodb:GetShardIterator {StoreTable.StreamArn}',
    `dynamodb:ListStreams ${TABLE}/stream/*`,
    ...publish('TopicsAlerts'),
    'sqs:SendMessage {QueuesUnread.Arn}',
  ],
  Watchdog: [
    ...ofEvery('Watchdog'),
    ...table('BatchGetItem', 'GetItem', 'PutItem', 'Query'),
    `dynamodb:Query ${TABLE}/index/due`,
  ],
  Reconcile: [
    ...ofEvery('Reconcile'),
    ...table('GetItem', 'PutItem', 'Query'),
    'sns:CheckIfPhoneNumberIsOptedOut *',
    'sns:GetSMSAttributes *',
    'sns:GetSMSSandboxAccountStatus *',
    'sns:GetSubscriptionAttributes *',
    'sns:ListSubscriptionsByTopic {TopicsAlerts}',
    ...publish('TopicsOperators'),
  ],
};

describe('what the functions may do', () => {
  it.each(Object.keys(ALLOWED))('%s may do exactly this and nothing else', (part) => {
    expect(allowed(`${part}Role`)).toEqual([...(ALLOWED[part] ?? [])].toSorted());
  });

  it.each(['Ingest', 'Deliver', 'Reconcile'])(
    'the schedules of %s may wake it, and hand over what failed',
    (part) => {
      expect(allowed(`${part}WakeUpRole`)).toEqual([
        `lambda:InvokeFunction {${part}Function.Arn}`,
        'sqs:SendMessage {QueuesUndelivered.Arn}',
      ]);
    },
  );

  it('leaves every function outside any network of its own, so that ingest reaches the providers', () => {
    for (const { Properties } of resourcesOf(template, 'AWS::Lambda::Function').values()) {
      expect(Properties).not.toHaveProperty('VpcConfig');
    }
  });

  it('has no key of a provider in the template, nor a parameter that would hold one', () => {
    const text = JSON.stringify(template.toJSON());
    for (const name of Object.values(PROVIDER_VARIABLES)) expect(text).not.toContain(name);
    expect(resourcesOf(template, 'AWS::SSM::Parameter').size).toBe(0);
    expect(text).not.toContain('resolve:ssm');
    expect(text.match(/(?<=")ssm:\w+/g)).toEqual(['ssm:GetParametersByPath']);
  });

  it('knows every role and every policy there is', () => {
    expect(policies).toHaveLength(8);
    expect(resourcesOf(template, 'AWS::IAM::Role').size).toBe(8);
    for (const { Properties } of resourcesOf(template, 'AWS::IAM::Role').values()) {
      expect(Properties).not.toHaveProperty('ManagedPolicyArns');
      expect(Properties).not.toHaveProperty('Policies');
    }
  });

  it('lets the event bus invoke evaluate and the watchdog only, each for one rule', () => {
    const permissions = [...resourcesOf(template, 'AWS::Lambda::Permission').values()];
    const lines = permissions.map(({ Properties: { Principal, FunctionName, SourceArn } }) =>
      [Principal, plain(reference(FunctionName)), plain(reference(SourceArn))].join(' '),
    );
    expect(lines.toSorted()).toEqual([
      'events.amazonaws.com {EvaluateFunction.Arn} {EvaluateReleased.Arn}',
      'events.amazonaws.com {WatchdogFunction.Arn} {WatchdogHourly.Arn}',
    ]);
  });
});
