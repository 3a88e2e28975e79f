import {
  ListSubscriptionsByTopicCommand,
  SetSubscriptionAttributesCommand,
  SubscribeCommand,
  UnsubscribeCommand,
} from '@aws-sdk/client-sns';
import { describe, expect, it } from 'vitest';
import { storedShelf } from '../../../adapters/subscriptions/shelf.ts';
import {
  ANN,
  BEN,
  CAT,
  type DeliveryUnderTest,
  describeSubscriptions,
} from '../../contracts/subscriptions.ts';
import { type FakeSns, forbidden, invalid } from './fake-sns.ts';
import { ground, HOUR, recordStore } from './ground.ts';

async function underTest(): Promise<DeliveryUnderTest> {
  const { clock, sns, subscriptions, publisher } = ground();
  return {
    subscriptions,
    publisher,
    token: async (address) => sns.held.find(({ endpoint }) => endpoint === address)?.token ?? '',
    pass: (hours) => {
      clock.now += hours * HOUR;
    },
    reached: async (key) =>
      sns.delivered.filter(({ subject }) => subject === `About ${key}`).map(({ endpoint }) => endpoint),
  };
}

describeSubscriptions('SNS', underTest);

const everything = { rules: ['*'], severity: 'info', form: 'single' } as const;

describe('subscriptions at SNS', () => {
  it('are asked for with their filter on message attributes, and with their name in the answer', async () => {
    const { sns, subscriptions } = ground();
    await subscriptions.subscribe({
      ...everything,
      channel: 'sms',
      address: CAT,
      rules: ['small-cap-*'],
      severity: 'urgent',
    });
    expect(sns.mock.commandCalls(SubscribeCommand)[0]?.args[0].input).toMatchObject({
      Protocol: 'sms',
      Endpoint: CAT,
      ReturnSubscriptionArn: true,
      Attributes: {
        FilterPolicyScope: 'MessageAttributes',
        FilterPolicy: '{"alert":[{"prefix":"urgent:small-cap-"}],"form":["single"]}',
      },
    });
  });

  it('are confirmed so that only we can unsubscribe them', async () => {
    const { sns, subscriptions } = ground();
    await subscriptions.subscribe({ ...everything, channel: 'email', address: ANN });
    await subscriptions.confirm(sns.held[0]?.token ?? '');
    expect(sns.held[0]?.attributes['Authenticated']).toBe('true');
  });

  it('are refused for a number that has opted out, and shown as such when it does later', async () => {
    const { sns, subscriptions } = ground();
    await subscriptions.subscribe({ ...everything, channel: 'sms', address: CAT });
    sns.optedOut.add(CAT);
    expect((await subscriptions.list())[0]).toMatchObject({ status: 'opted out' });
    const again = await subscriptions.subscribe({ ...everything, channel: 'sms', address: CAT });
    expect(again).toEqual({ kind: 'refused', reason: expect.stringMatching(/opted out/) });
  });

  it('that were removed past us have vanished once the list has had time to catch up', async () => {
    const { clock, sns, subscriptions } = ground();
    await subscriptions.subscribe({ ...everything, channel: 'sms', address: CAT });
    sns.held.length = 0;
    expect((await subscriptions.list())[0]).toMatchObject({ status: 'confirmed' });
    clock.now += HOUR;
    expect((await subscriptions.list())[0]).toMatchObject({ address: CAT, status: 'vanished' });
    expect(await subscriptions.unsubscribe('sms', CAT)).toBe('removed');
    expect(sns.mock.commandCalls(UnsubscribeCommand)).toHaveLength(0);
    expect(await subscriptions.list()).toEqual([]);
  });

  it('made past us are listed with what their filter lets through', async () => {
    const { sns, subscriptions } = ground();
    sns.subscribeByHand('email', ANN);
    sns.subscribeByHand('email', BEN, { FilterPolicy: '{"alert":["urgent:a"],"form":["digest"]}' });
    sns.subscribeByHand('sqs', 'arn:aws:sqs:us-east-1:000000000000:queue');
    const listed = await subscriptions.list();
    expect(listed.find(({ address }) => address === ANN)).toMatchObject({ rules: ['*'], severity: 'info' });
    expect(listed.find(({ address }) => address === BEN)).toMatchObject({
      rules: ['a'],
      severity: 'urgent',
      form: 'digest',
      status: 'confirmed',
    });
    expect(listed).toHaveLength(2);
  });

  it('are read page by page', async () => {
    const { sns, subscriptions } = ground();
    for (let index = 0; index < 150; index += 1) sns.subscribeByHand('sqs', `queue-${index}`);
    await subscriptions.subscribe({ ...everything, channel: 'sms', address: CAT });
    sns.mock.resetHistory();
    expect(await subscriptions.list()).toHaveLength(1);
    expect(sns.mock.commandCalls(ListSubscriptionsByTopicCommand)).toHaveLength(2);
  });

  it('of other protocols count towards the limit', async () => {
    const { sns, subscriptions } = ground();
    for (let index = 0; index < 200; index += 1) sns.subscribeByHand('sqs', `queue-${index}`);
    expect(await subscriptions.subscribe({ ...everything, channel: 'sms', address: CAT })).toMatchObject({
      kind: 'refused',
    });
    expect(sns.mock.commandCalls(SubscribeCommand)).toHaveLength(0);
  });

  it('that SNS refuses are refused without its words', async () => {
    const { sns, subscriptions } = ground();
    sns.mock.on(SubscribeCommand).rejects(invalid());
    const outcome = await subscriptions.subscribe({ ...everything, channel: 'email', address: ANN });
    expect(outcome).toEqual({
      kind: 'refused',
      reason: 'SNS does not take this address: check it for a slip',
    });
    expect(await subscriptions.list()).toEqual([]);
  });

  it.each([
    ['list', ({ mock }: FakeSns) => mock.on(ListSubscriptionsByTopicCommand).rejects(forbidden())],
    ['subscribe', ({ mock }: FakeSns) => mock.on(SubscribeCommand).rejects(forbidden())],
  ] as const)('whose %s is not allowed fail without a recipient in the error', async (_, forbid) => {
    const { sns, subscriptions } = ground();
    forbid(sns);
    const failed = subscriptions.subscribe({ ...everything, channel: 'email', address: ANN });
    const error: unknown = await failed.catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(Error);
    expect((error as Error).message).toBe('SNS: not allowed');
    expect(`${(error as Error).stack} ${String((error as Error).cause)}`).not.toContain(ANN);
  });

  it('that are pending get their new filter though SNS refuses to subscribe them twice', async () => {
    const { sns, subscriptions } = ground();
    await subscriptions.subscribe({ ...everything, channel: 'email', address: ANN });
    const again = await subscriptions.subscribe({
      ...everything,
      channel: 'email',
      address: ANN,
      form: 'digest',
    });
    expect(again).toMatchObject({ kind: 'updated', subscription: { form: 'digest', status: 'pending' } });
    expect(sns.mock.commandCalls(SetSubscriptionAttributesCommand)).toHaveLength(1);
    expect(sns.held[0]?.attributes['FilterPolicy']).toContain('digest');
  });
});

describe('subscription records in a store of records', () => {
  const record = {
    ...everything,
    id: 'email-1',
    channel: 'email',
    address: ANN,
    requestedAt: 1,
    confirmedAt: null,
    arn: null,
  } as const;

  it('come back as they were put, and go', async () => {
    const shelf = storedShelf(recordStore().store);
    await shelf.put(record);
    await shelf.put({ ...record, severity: 'urgent' });
    expect(await shelf.get('email-1')).toEqual({ ...record, severity: 'urgent' });
    expect(await shelf.all()).toHaveLength(1);
    await shelf.remove('email-1');
    await shelf.remove('email-1');
    expect(await shelf.all()).toEqual([]);
  });

  it('are written again after a conflict, and in the end given up without a recipient in the error', async () => {
    const { store } = recordStore();
    let conflicts = 2;
    const contended = {
      ...store,
      write: async (...args: Parameters<typeof store.write>) => {
        conflicts -= 1;
        return conflicts >= 0 ? 'conflict' : store.write(...args);
      },
    };
    await storedShelf(contended).put(record);
    expect(await storedShelf(store).get('email-1')).toEqual(record);
    conflicts = 99;
    await expect(storedShelf(contended).put(record)).rejects.toThrow(/each time/);
  });
});
