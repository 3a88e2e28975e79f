import { describe, expect, it } from 'vitest';
import { recordKey } from '../../adapters/dynamodb/keys.ts';
import { PROVIDER_VARIABLES } from '../../adapters/providers/access.ts';
import { ownFunctions, plain, reference, type Resource, resourcesOf, templateOf } from './template.ts';

interface Statement {
  readonly Effect: string;
  readonly Action: string | readonly string[];
  readonly Resource: unknown;
}

const template = templateOf({ mailFrom: 'alerts@example.com' });
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

const mail = ['SendEmail', 'SendRawEmail'].map(
  (action) => `ses:${action} arn:{AWS::Partition}:ses:{AWS::Region}:{AWS::AccountId}:identity/*`,
);

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
  Api: [...ofEvery('Api'), ...table('BatchGetItem', 'DeleteItem', 'GetItem', 'PutItem', 'Query')],
  People: [
    ...ofEvery('People'),
    ...table('DeleteItem', 'GetItem', 'PutItem', 'Query'),
    'sns:CheckIfPhoneNumberIsOptedOut *',
    'sns:ConfirmSubscription {TopicsAlerts}',
    'sns:GetSubscriptionAttributes *',
    'sns:ListSubscriptionsByTopic {TopicsAlerts}',
    'sns:SetSubscriptionAttributes *',
    'sns:Subscribe {TopicsAlerts}',
    'sns:Unsubscribe *',
    ...mail,
  ],
  Mail: [
    ...ofEvery('Mail'),
    ...table('BatchGetItem', 'DeleteItem', 'GetItem', 'PutItem', 'Query'),
    'sqs:DeleteMessage {QueuesMails.Arn}',
    'sqs:GetQueueAttributes {QueuesMails.Arn}',
    'sqs:ReceiveMessage {QueuesMails.Arn}',
    ...mail,
  ],
  Links: [...ofEvery('Links'), ...table('DeleteItem', 'GetItem', 'PutItem')],
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
    for (const [, { Properties }] of ownFunctions(template)) {
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

  it('sends mail from the configured address alone, and sees of the table by links and for subscriptions only the small records', () => {
    const conditions = policies.flatMap(({ Properties }) => {
      const { Statement } = Properties['PolicyDocument'] as {
        Statement: readonly (Statement & { Condition?: unknown })[];
      };
      return Statement.flatMap(({ Action, Condition }) =>
        Condition === undefined ? [] : [{ Action, Condition }],
      );
    });
    const sending = {
      Action: ['ses:SendEmail', 'ses:SendRawEmail'],
      Condition: { StringEquals: { 'ses:FromAddress': 'alerts@example.com' } },
    };
    const Condition = { 'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': [recordKey('any').pk] } };
    const small = ['dynamodb:DeleteItem', 'dynamodb:GetItem', 'dynamodb:PutItem'];
    expect(conditions).toEqual(
      expect.arrayContaining([
        sending,
        sending,
        { Action: small, Condition },
        { Action: [...small, 'dynamodb:Query'], Condition },
      ]),
    );
    expect(conditions).toHaveLength(4);
  });

  it('knows every role and every policy there is', () => {
    const known = [
      ...Object.keys(ALLOWED).map((part) => `{${part}Role}`),
      ...['Ingest', 'Deliver', 'Reconcile'].map((part) => `{${part}WakeUpRole}`),
      // What copies the console into its bucket, and what empties that on the way out.
      '{ConsoleDeploymentRole}',
    ];
    const named = policies.map(({ Properties }) => plain(reference((Properties['Roles'] as unknown[])[0])));
    expect(named.toSorted()).toEqual(known.toSorted());
    const roles = [...resourcesOf(template, 'AWS::IAM::Role')].filter(
      ([id]) => !id.startsWith('CustomS3AutoDelete'),
    );
    expect(roles).toHaveLength(known.length);
    for (const [, { Properties }] of roles) {
      expect(Properties).not.toHaveProperty('ManagedPolicyArns');
      expect(Properties).not.toHaveProperty('Policies');
    }
  });

  it('lets the event bus invoke evaluate and the watchdog only, each for one rule', () => {
    const permissions = [...resourcesOf(template, 'AWS::Lambda::Permission').values()];
    const lines = permissions.map(({ Properties: { Principal, FunctionName, SourceArn } }) =>
      [Principal, plain(reference(FunctionName)), plain(reference(SourceArn))].join(' '),
    );
    const ofBus = lines.filter((line) => line.startsWith('events.'));
    expect(ofBus.toSorted()).toEqual([
      'events.amazonaws.com {EvaluateFunction.Arn} {EvaluateReleased.Arn}',
      'events.amazonaws.com {WatchdogFunction.Arn} {WatchdogHourly.Arn}',
    ]);
  });
});
