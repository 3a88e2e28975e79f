import { describe, expect, it } from 'vitest';
import { alertKey, recordKey } from '../../adapters/dynamodb/keys.ts';
import { NEEDS, VARIABLES, type FunctionName } from '../../lambdas/environment.ts';
import { PROGRESS } from '../../shared/service/names.ts';
import { TABLE } from '../../shared/service/table.ts';
import { ownFunctions, plain, reference, type Resource, resourcesOf, templateOf } from './template.ts';

const template = templateOf({ alertEmail: 'reader@example.com', mailFrom: 'alerts@example.com' });
const of = (type: string) => resourcesOf(template, type);
const the = (type: string): Resource['Properties'] => {
  const [only, ...more] = of(type).values();
  if (only === undefined || more.length > 0) throw new Error(`expected one ${type}`);
  return only.Properties;
};
const functions = new Map(
  ownFunctions(template).map(([id, { Properties }]) => [
    id.replace(/Function[0-9A-F]{8}$/, '').toLowerCase() as FunctionName,
    Properties as { Timeout: number; Environment: { Variables: Record<string, unknown> } } & Record<
      string,
      unknown
    >,
  ]),
);

describe('the table', () => {
  it('has the keys and the index that the adapters use', () => {
    const table = the('AWS::DynamoDB::GlobalTable');
    expect(table['KeySchema']).toEqual([
      { AttributeName: TABLE.partitionKey, KeyType: 'HASH' },
      { AttributeName: TABLE.sortKey, KeyType: 'RANGE' },
    ]);
    expect(table['GlobalSecondaryIndexes']).toEqual([
      {
        IndexName: TABLE.due.name,
        KeySchema: [
          { AttributeName: TABLE.due.partitionKey, KeyType: 'HASH' },
          { AttributeName: TABLE.due.sortKey, KeyType: 'RANGE' },
        ],
        Projection: { ProjectionType: 'INCLUDE', NonKeyAttributes: [...TABLE.due.includes] },
      },
    ]);
  });

  it('is encrypted, recoverable to a second, paid by use, and protected from deletion', () => {
    const table = the('AWS::DynamoDB::GlobalTable');
    expect(table).toMatchObject({
      BillingMode: 'PAY_PER_REQUEST',
      SSESpecification: { SSEEnabled: true },
      StreamSpecification: { StreamViewType: 'KEYS_ONLY' },
      Replicas: [
        {
          DeletionProtectionEnabled: true,
          PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
        },
      ],
    });
  });
});

describe('what survives', () => {
  const kept = (settings: Readonly<Record<string, string>>): string[] =>
    Object.values(templateOf(settings).toJSON()['Resources'] as Record<string, Resource>)
      .filter(({ DeletionPolicy }) => DeletionPolicy === 'Retain')
      .map(({ Type }) => Type)
      .toSorted();

  it('is the table, the topic of the alerts and its key, and who may sign in', () => {
    expect(kept({})).toEqual([
      'AWS::Cognito::UserPool',
      'AWS::DynamoDB::GlobalTable',
      'AWS::KMS::Key',
      'AWS::SNS::Topic',
    ]);
  });

  it('is nothing of stage dev', () => {
    expect(kept({ stage: 'dev' })).toEqual([]);
  });
});

describe('the topics', () => {
  it('are both encrypted with our own key, which turns itself over', () => {
    for (const { Properties } of of('AWS::SNS::Topic').values()) {
      expect(plain(reference(Properties['KmsMasterKeyId']))).toBe('{TopicsKey.Arn}');
    }
    expect(the('AWS::KMS::Key')['EnableKeyRotation']).toBe(true);
  });

  it.each([
    ['CloudWatch', 'cloudwatch.amazonaws.com', true],
    ['Scheduler', 'scheduler.amazonaws.com', true],
    // EventBridge does not say for which account it asks: with that condition its messages would vanish.
    ['EventBridge', 'events.amazonaws.com', false],
  ])('let %s reach the operators, through topic and key', (name, Service, saysAccount) => {
    const statement = (document: unknown, sid: string) =>
      (document as { Statement: Record<string, unknown>[] }).Statement.find(({ Sid }) => Sid === sid);
    const ours = { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } };
    const common = { Effect: 'Allow', Principal: { Service } };
    // No condition on the key: one that a service does not meet would make its messages vanish.
    expect(statement(the('AWS::KMS::Key')['KeyPolicy'], `${name}Encrypts`)).toEqual({
      ...common,
      Sid: `${name}Encrypts`,
      Action: ['kms:Decrypt', 'kms:GenerateDataKey*'],
      Resource: '*',
    });
    const operators = [...of('AWS::SNS::TopicPolicy').values()].find(({ Properties }) =>
      JSON.stringify(Properties['Topics']).includes('Operators'),
    );
    expect(statement(operators?.Properties['PolicyDocument'], `${name}Publishes`)).toEqual({
      ...common,
      ...(saysAccount ? { Condition: ours } : {}),
      Sid: `${name}Publishes`,
      Action: 'sns:Publish',
      Resource: { Ref: expect.stringMatching(/^TopicsOperators/) },
    });
  });

  it('take nothing that is not encrypted on its way', () => {
    const policies = [...of('AWS::SNS::TopicPolicy').values(), ...of('AWS::SQS::QueuePolicy').values()];
    expect(policies).toHaveLength(2 + 7);
    for (const { Properties } of policies) {
      const { Statement } = Properties['PolicyDocument'] as { Statement: unknown[] };
      expect(Statement).toContainEqual(
        expect.objectContaining({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
      );
    }
  });

  it('have e-mail subscriptions by a protocol that SNS knows, the alerts’ one with a filter', () => {
    const subscriptions = [...of('AWS::SNS::Subscription').values()].map(({ Properties }) => Properties);
    expect(subscriptions.map(({ Protocol }) => String(Protocol)).toSorted()).toEqual([
      'email',
      'email',
      'sqs',
    ]);
    expect(subscriptions.map(({ FilterPolicy }) => FilterPolicy)).toContainEqual({
      alert: [{ prefix: 'info:' }, { prefix: 'notice:' }, { prefix: 'urgent:' }],
      form: ['single'],
    });
  });
});

describe('the functions', () => {
  it.each(Object.keys(NEEDS) as FunctionName[])('%s is given the variables it reads and no other', (name) => {
    const given = Object.keys(functions.get(name)?.Environment.Variables ?? {});
    const needed = NEEDS[name].map((variable) => VARIABLES[variable]);
    expect(given.toSorted()).toEqual(['NODE_OPTIONS', ...needed].toSorted());
  });

  it('run Node 24 on ARM, as long and with as much memory as is written down, and are not traced', () => {
    for (const properties of functions.values()) {
      expect(properties).toMatchObject({
        Runtime: 'nodejs24.x',
        Architectures: ['arm64'],
        Handler: 'index.handler',
      });
      expect(properties).not.toHaveProperty('TracingConfig');
    }
    const sizes = Object.fromEntries(
      [...functions].map(([name, one]) => [name, [one['MemorySize'], one.Timeout]]),
    );
    expect(sizes).toEqual({
      ingest: [1024, 900],
      evaluate: [1769, 300],
      deliver: [512, 120],
      watchdog: [512, 60],
      reconcile: [512, 120],
      api: [1769, 25],
      people: [1024, 25],
      mail: [1769, 120],
      links: [512, 10],
    });
  });

  it('write to log groups of their own that forget after three months, as doors and copier do', () => {
    expect(of('AWS::Logs::LogGroup').size).toBe(functions.size + 2 + 1);
    for (const { Properties } of of('AWS::Logs::LogGroup').values())
      expect(Properties['RetentionInDays']).toBe(90);
  });

  it('hand over what they failed on after three attempts', () => {
    const configs = [...of('AWS::Lambda::EventInvokeConfig').values()];
    expect(configs).toHaveLength(functions.size);
    for (const { Properties } of configs) {
      expect(Properties['MaximumRetryAttempts']).toBe(2);
      expect(plain(JSON.stringify(Properties['DestinationConfig']))).toContain('QueuesFailed');
    }
  });

  it('cannot publish for longer than their claim lasts', () => {
    const deliver = functions.get('deliver');
    expect(Number(deliver?.Environment.Variables[VARIABLES.leaseSeconds])).toBeGreaterThan(
      deliver?.Timeout ?? 0,
    );
  });
});

describe('the queues', () => {
  const queues = of('AWS::SQS::Queue');
  const mappings = [...of('AWS::Lambda::EventSourceMapping').values()].map(({ Properties }) => Properties);

  it('are encrypted, and hold dead letters for 14 days', () => {
    const dead = [...queues.values()].filter(({ Properties }) => Properties['RedrivePolicy'] === undefined);
    expect(dead).toHaveLength(5);
    for (const { Properties } of dead) expect(Properties['MessageRetentionPeriod']).toBe(14 * 86_400);
    for (const { Properties } of queues.values()) expect(Properties['SqsManagedSseEnabled']).toBe(true);
  });

  it('hide a portion for six times as long as its evaluation may take, and give it up after three', () => {
    const evaluation = [...queues].find(([id]) => id.startsWith('QueuesEvaluation'))?.[1];
    expect(evaluation?.Properties['VisibilityTimeout']).toBe(6 * (functions.get('evaluate')?.Timeout ?? 0));
    expect(evaluation?.Properties['RedrivePolicy']).toMatchObject({ maxReceiveCount: 3 });
  });

  it('hide a mail for six times as long as its sending may take, and try for over an hour', () => {
    const mails = [...queues].find(([id]) => id.startsWith('QueuesMails'))?.[1].Properties;
    expect(mails?.['VisibilityTimeout']).toBe(6 * (functions.get('mail')?.Timeout ?? 0));
    expect(mails?.['RedrivePolicy']).toMatchObject({ maxReceiveCount: 6 });
  });

  it('answer part by part', () => {
    expect(mappings).toHaveLength(3);
    for (const mapping of mappings)
      expect(mapping['FunctionResponseTypes']).toEqual(['ReportBatchItemFailures']);
  });

  it('wake deliver for new alerts and for the end of an evaluation, by the keys the adapters write', () => {
    const stream = mappings.find((mapping) => 'FilterCriteria' in mapping);
    expect(stream).toMatchObject({
      BisectBatchOnFunctionError: true,
      MaximumRetryAttempts: 5,
      MaximumRecordAgeInSeconds: 21_600,
      StartingPosition: 'LATEST',
    });
    expect(plain(JSON.stringify(stream?.['DestinationConfig']))).toContain('QueuesUnread');
    const criteria = (stream ?? {})['FilterCriteria'] as { Filters: readonly { Pattern: string }[] };
    const [alerts, progress] = criteria.Filters.map(
      ({ Pattern }) => JSON.parse(Pattern) as Record<string, unknown>,
    );
    expect(alerts).toEqual({
      eventName: ['INSERT'],
      dynamodb: { Keys: { pk: { S: [{ prefix: 'ALERT#' }] } } },
    });
    expect(alertKey('rule/rule@2026-01-12/fired/2026-01-12').pk.startsWith('ALERT#')).toBe(true);
    expect(progress).toEqual({ dynamodb: { Keys: { sk: { S: [recordKey(PROGRESS).sk] } } } });
  });
});

describe('what a person needs to find', () => {
  it('is in the outputs', () => {
    expect(Object.keys(template.findOutputs('*')).toSorted()).toEqual([
      'AlertTopicArn',
      'ApiFunctionName',
      'ApiUrl',
      'ConsoleUrl',
      'DashboardName',
      'DeliverFunctionName',
      'EvaluateFunctionName',
      'IngestFunctionName',
      'LinksFunctionName',
      'MailFrom',
      'MailFunctionName',
      'OperatorTopicArn',
      'PeopleFunctionName',
      'ReconcileFunctionName',
      'TableName',
      'UserPoolId',
      'WatchdogFunctionName',
    ]);
  });
});
