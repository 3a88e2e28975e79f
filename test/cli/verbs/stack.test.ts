import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import {
  ListSubscriptionsByTopicCommand,
  PublishCommand,
  SNSClient,
  SubscribeCommand,
} from '@aws-sdk/client-sns';
import { mockClient } from 'aws-sdk-client-mock';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type EmbeddedDynamoDb, startEmbeddedDynamoDb } from '../../../local/embedded-dynamodb.ts';
import { call } from '../context.ts';
import { BEFORE, FIRED, serviceFolder } from '../service.ts';

const TOPIC = 'arn:aws:sns:us-east-1:123456789012:alerts';

describe('verbs on a deployed stack', () => {
  const formation = mockClient(CloudFormationClient);
  const sns = mockClient(SNSClient);
  let database: EmbeddedDynamoDb;

  beforeEach(async () => {
    database = await startEmbeddedDynamoDb(null);
    const { protocol, hostname, port } = (await database.client.config.endpoint?.()) ?? {};
    vi.stubEnv('AWS_ENDPOINT_URL_DYNAMODB', `${protocol}//${hostname}:${port}`);
    vi.stubEnv('AWS_REGION', 'us-east-1');
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'embedded');
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'embedded');
    formation.on(DescribeStacksCommand, { StackName: 'Tidemark' }).resolves({
      Stacks: [
        {
          ...{ StackName: 'Tidemark', CreationTime: new Date(0), StackStatus: 'CREATE_COMPLETE' },
          Outputs: [
            { OutputKey: 'TableName', OutputValue: database.table },
            { OutputKey: 'AlertTopicArn', OutputValue: TOPIC },
          ],
        },
      ],
    });
    sns.on(ListSubscriptionsByTopicCommand).resolves({ Subscriptions: [] });
  });

  afterEach(async () => {
    vi.unstubAllEnvs();
    formation.reset();
    sns.reset();
    await database.end();
  });

  it('find table and topic by its outputs, and act there', async () => {
    const folder = serviceFolder();
    const there = ['--stack', 'Tidemark', '--json'];
    const code = async (argv: readonly string[], now = FIRED): Promise<number> =>
      (await call([...argv, ...there], { folder, now })).code;
    expect(await code(['rules', 'put', 'rules/small-caps.yaml'], BEFORE)).toBe(0);
    sns.on(PublishCommand).resolves({ MessageId: 'm-1' });
    for (const argv of [['import', 'closes'], ['ingest'], ['evaluate'], ['deliver']])
      expect(await code(argv)).toBe(0);
    const [alert] = (await call(['alerts', ...there], { folder, now: FIRED })).json;
    expect(alert).toMatchObject({ rule: 'small-cap-streak', delivery: { kind: 'sent', publishId: 'm-1' } });
    expect(sns.commandCalls(PublishCommand)[0]?.args[0].input.TopicArn).toBe(TOPIC);
  });

  it('subscribe through SNS', async () => {
    sns.on(SubscribeCommand).resolves({ SubscriptionArn: 'pending confirmation' });
    const called = await call(['subscribe', '--email', 'a@example.com', '--stack', 'Tidemark'], {
      folder: serviceFolder(),
      now: FIRED,
    });
    expect([called.code, called.err]).toEqual([0, '']);
    expect(called.out).toMatch(/^subscribed: .*pending.*the message that AWS sends/);
  });

  it('say in one line why a stack cannot be used', async () => {
    formation.on(DescribeStacksCommand, { StackName: 'Other' }).resolves({ Stacks: [] });
    formation
      .on(DescribeStacksCommand, { StackName: 'Nope' })
      .rejects(new Error('Stack with id Nope does not exist'));
    for (const [name, reason] of [
      ['Other', 'none of Tidemark'],
      ['Nope', 'does not exist'],
    ] as const) {
      const called = await call(['doctor', '--stack', name], { folder: serviceFolder(), now: FIRED });
      expect(called).toMatchObject({ code: 2, out: '' });
      expect(called.err).toContain(reason);
      expect(called.err.trim().split('\n')).toHaveLength(1);
    }
  });

  it('act in one place: a data directory and a stack exclude each other', async () => {
    const argv = ['alerts', '--stack', 'Tidemark', '--data-dir', 'x'];
    expect((await call(argv, { folder: serviceFolder() })).code).toBe(2);
  });
});
