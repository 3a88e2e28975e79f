import {
  GetSMSAttributesCommand,
  GetSMSSandboxAccountStatusCommand,
  ListSubscriptionsByTopicCommand,
  SubscribeCommand,
} from '@aws-sdk/client-sns';
import { describe, expect, it } from 'vitest';
import { reconcileSubscriptions } from '../../../adapters/sns/reconcile.ts';
import type { SubscriptionRecord } from '../../../shared/subscriptions/record.ts';
import { ANN, BEN, CAT } from '../../contracts/subscriptions.ts';
import { forbidden } from './fake-sns.ts';
import { ground, HOUR } from './ground.ts';

const everything = { rules: ['*'], severity: 'info', form: 'single' } as const;

describe('the daily reconciliation', () => {
  it('finds nothing where everything is as it should be', async () => {
    const { sns, subscriptions, topic } = ground();
    await subscriptions.subscribe({ ...everything, channel: 'email', address: ANN });
    await subscriptions.confirm(sns.held[0]?.token ?? '');
    await subscriptions.subscribe({ ...everything, channel: 'sms', address: CAT });
    expect(await reconcileSubscriptions(topic)).toEqual([]);
  });

  it('tells how long a recipient has been pending, and when the request lapses', async () => {
    const { clock, subscriptions, topic } = ground();
    await subscriptions.subscribe({ ...everything, channel: 'email', address: ANN });
    clock.now += 30 * HOUR;
    expect(await reconcileSubscriptions(topic)).toMatchObject([
      {
        code: 'pending',
        subscription: expect.stringMatching(/^email-/),
        text: 'a…@example.com has not confirmed for 30 hours; the request lapses by itself in 18 hours',
      },
    ]);
    clock.now += 30 * HOUR;
    expect(await reconcileSubscriptions(topic)).toMatchObject([{ code: 'lapsed' }]);
  });

  it('tells one that was confirmed and is gone from one that never was', async () => {
    const { clock, sns, subscriptions, topic } = ground();
    await subscriptions.subscribe({ ...everything, channel: 'email', address: ANN });
    await subscriptions.confirm(sns.held[0]?.token ?? '');
    clock.now += HOUR;
    expect(await reconcileSubscriptions(topic)).toEqual([]);
    sns.held.length = 0;
    expect(await reconcileSubscriptions(topic)).toMatchObject([{ code: 'vanished' }]);
  });

  it('looks at who gets HTML mail in our own records, and does not miss them at SNS', async () => {
    const { clock, topic } = ground();
    const record: SubscriptionRecord = {
      ...{
        ...everything,
        id: 'email-0123456789ab',
        channel: 'email',
        address: ANN,
        format: 'html',
        arn: null,
      },
      ...{ requestedAt: clock.now, confirmedAt: clock.now },
    };
    await topic.shelf.put(record);
    expect(await reconcileSubscriptions(topic)).toEqual([]);
    await topic.shelf.put({ ...record, confirmedAt: null });
    clock.now += 30 * HOUR;
    expect(await reconcileSubscriptions(topic)).toMatchObject([{ code: 'pending', subscription: record.id }]);
    clock.now += 30 * HOUR;
    expect(await reconcileSubscriptions(topic)).toMatchObject([{ code: 'lapsed' }]);
  });

  it('finds a number that has opted out', async () => {
    const { sns, subscriptions, topic } = ground();
    await subscriptions.subscribe({ ...everything, channel: 'sms', address: CAT });
    sns.optedOut.add(CAT);
    expect(await reconcileSubscriptions(topic)).toMatchObject([{ code: 'opted-out' }]);
  });

  it('finds a filter that is not the one asked for', async () => {
    const { sns, subscriptions, topic } = ground();
    await subscriptions.subscribe({ ...everything, channel: 'sms', address: CAT });
    const held = sns.held[0];
    if (held !== undefined) held.attributes = { FilterPolicy: '{"alert":["urgent:a"],"form":["single"]}' };
    expect(await reconcileSubscriptions(topic)).toMatchObject([{ code: 'other-filter' }]);
  });

  it('finds that an owner left and came back past us, and goes on with the others', async () => {
    const { sns, subscriptions, topic } = ground();
    await subscriptions.subscribe({ ...everything, channel: 'sms', address: CAT });
    sns.held.splice(0, 1);
    await topic.client.send(
      new SubscribeCommand({ TopicArn: topic.topicArn, Protocol: 'sms', Endpoint: CAT }),
    );
    expect(await reconcileSubscriptions(topic)).toMatchObject([{ code: 'other-filter' }]);
  });

  it('finds the sandbox and a spend limit nobody raised, where somebody is to get SMS', async () => {
    const { sns, subscriptions, topic } = ground();
    sns.account.inSandbox = true;
    sns.account.spendLimit = undefined;
    expect(await reconcileSubscriptions(topic)).toEqual([]);
    await subscriptions.subscribe({ ...everything, channel: 'sms', address: CAT });
    expect(await reconcileSubscriptions(topic)).toMatchObject([
      { code: 'sms-sandbox', subscription: null },
      { code: 'sms-spend-limit', text: expect.stringContaining('1 USD') },
    ]);
  });

  it('says that the account could not be asked, and still tells the rest', async () => {
    const { sns, subscriptions, topic } = ground();
    await subscriptions.subscribe({ ...everything, channel: 'sms', address: CAT });
    await subscriptions.subscribe({ ...everything, channel: 'email', address: ANN });
    sns.mock.on(GetSMSSandboxAccountStatusCommand).rejects(forbidden());
    sns.mock.on(GetSMSAttributesCommand).rejects(forbidden());
    const findings = await reconcileSubscriptions(topic);
    expect(findings.map(({ code }) => code)).toEqual(['pending', 'sms-unknown']);
  });

  it('fails in words of its own where SNS does not answer', async () => {
    const { sns, topic } = ground();
    sns.mock.on(ListSubscriptionsByTopicCommand).rejects(forbidden());
    await expect(reconcileSubscriptions(topic)).rejects.toThrow(/^SNS: not allowed$/);
  });

  it('never tells a whole address', async () => {
    const { clock, sns, subscriptions, topic } = ground();
    for (const address of [ANN, BEN])
      await subscriptions.subscribe({ ...everything, channel: 'email', address });
    await subscriptions.subscribe({ ...everything, channel: 'sms', address: CAT });
    sns.subscribeByHand('email', 'someone@example.com');
    sns.optedOut.add(CAT);
    const early = await reconcileSubscriptions(topic);
    clock.now += 60 * HOUR;
    const late = await reconcileSubscriptions(topic);
    const told = JSON.stringify([early, late]);
    expect(early.length + late.length).toBe(6);
    for (const address of [ANN, BEN, CAT, 'someone@example.com', CAT.slice(2)])
      expect(told).not.toContain(address);
  });
});
