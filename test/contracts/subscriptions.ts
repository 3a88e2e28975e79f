import { beforeEach, describe, expect, it } from 'vitest';
import type { Channel, Publication, Publisher, Subscriptions } from '../../shared/ports/delivery.ts';
import { type Announced, attributesOf } from '../../shared/subscriptions/attributes.ts';

/** An adapter under test, with what the world does to it. */
export interface DeliveryUnderTest {
  readonly subscriptions: Subscriptions;
  readonly publisher: Publisher;
  /** The token in the confirmation message last sent to an address. */
  token(address: string): Promise<string>;
  /** Lets time pass. */
  pass(hours: number): void;
  /** Addresses that got a message of this key, in order, once for each message. */
  reached(key: string): Promise<readonly string[]>;
}

export const ANN = 'ann@example.com';
export const BEN = 'ben@example.com';
export const CAT = '+12025550123';

/** A publication about these alerts. */
export function publicationOf(
  key: string,
  alerts: readonly Announced[],
  form: 'single' | 'digest' | 'both',
): Publication {
  const message = { subject: `About ${key}`, email: `Mail of ${key}.`, sms: `Text of ${key}.` };
  return { key, message, attributes: attributesOf(alerts, form) };
}

function wanted(address: string, more: Partial<Parameters<Subscriptions['subscribe']>[0]> = {}) {
  const channel: Channel = address.startsWith('+') ? 'sms' : 'email';
  return { channel, address, rules: ['*'], severity: 'info', form: 'single', ...more } as const;
}

const QUIET: Announced = { rule: 'small-cap-streak', severity: 'info' };
const LOUD: Announced = { rule: 'mag7-share', severity: 'urgent' };
const PLAIN: Announced = { rule: 'breadth', severity: 'notice' };

/** What every keeper of subscriptions does alike. */
export function describeSubscriptions(name: string, make: () => Promise<DeliveryUnderTest>): void {
  describe(`subscriptions kept by ${name}`, () => {
    let under: DeliveryUnderTest;
    const one = async (address: string) =>
      (await under.subscriptions.list()).find((subscription) => subscription.address === address);
    const confirmed = async (address: string, more = {}) => {
      expect((await under.subscriptions.subscribe(wanted(address, more))).kind).toBe('subscribed');
      if (address.includes('@')) await under.subscriptions.confirm(await under.token(address));
    };

    beforeEach(async () => {
      under = await make();
    });

    it('begin pending by e-mail and confirmed by SMS', async () => {
      const mail = await under.subscriptions.subscribe(wanted(ANN, { rules: ['small-cap-*'] }));
      const text = await under.subscriptions.subscribe(wanted(CAT, { form: 'digest', severity: 'urgent' }));
      expect(mail).toMatchObject({
        kind: 'subscribed',
        subscription: { channel: 'email', address: ANN, rules: ['small-cap-*'], status: 'pending' },
      });
      expect(text).toMatchObject({ kind: 'subscribed', subscription: { status: 'confirmed' } });
      const listed = await under.subscriptions.list();
      expect(listed).toHaveLength(2);
      expect(await one(ANN)).toMatchObject({ rules: ['small-cap-*'], severity: 'info', status: 'pending' });
      expect(await one(CAT)).toMatchObject({ form: 'digest', severity: 'urgent', status: 'confirmed' });
    });

    it('have ids that are stable and tell no address', async () => {
      await confirmed(ANN);
      await confirmed(CAT);
      const ids = (await under.subscriptions.list()).map(({ id }) => id);
      expect(ids).toEqual([
        expect.stringMatching(/^email-[0-9a-f]{12}$/),
        expect.stringMatching(/^sms-[0-9a-f]{12}$/),
      ]);
      const again = await under.subscriptions.subscribe(wanted(ANN, { severity: 'urgent' }));
      expect(again).toMatchObject({ kind: 'updated', subscription: { id: ids[0] } });
    });

    it('are confirmed with the token of the message, and with no other', async () => {
      await under.subscriptions.subscribe(wanted(ANN));
      expect(await under.subscriptions.confirm('nonsense')).toBe('unknown');
      expect(await one(ANN)).toMatchObject({ status: 'pending' });
      expect(await under.subscriptions.confirm(await under.token(ANN))).toBe('confirmed');
      expect(await one(ANN)).toMatchObject({ status: 'confirmed' });
    });

    it('change their filter when an address is subscribed again, and stay confirmed', async () => {
      await confirmed(ANN, { rules: ['small-cap-*'], severity: 'urgent' });
      const again = await under.subscriptions.subscribe(wanted(ANN, { rules: ['mag7-*'], form: 'digest' }));
      expect(again).toMatchObject({
        kind: 'updated',
        subscription: { status: 'confirmed', rules: ['mag7-*'] },
      });
      expect(await under.subscriptions.list()).toHaveLength(1);
      await under.publisher.publish(publicationOf('old', [{ ...QUIET, severity: 'urgent' }], 'single'));
      await under.publisher.publish(publicationOf('new', [LOUD], 'digest'));
      expect(await under.reached('old')).toEqual([]);
      expect(await under.reached('new')).toEqual([ANN]);
    });

    it('change their filter while they are pending too', async () => {
      await under.subscriptions.subscribe(wanted(ANN, { rules: ['small-cap-*'] }));
      const again = await under.subscriptions.subscribe(wanted(ANN, { rules: ['mag7-*'] }));
      expect(again).toMatchObject({ kind: 'updated', subscription: { status: 'pending' } });
      await under.subscriptions.confirm(await under.token(ANN));
      await under.publisher.publish(publicationOf('old', [QUIET], 'single'));
      await under.publisher.publish(publicationOf('new', [LOUD], 'single'));
      expect(await under.reached('old')).toEqual([]);
      expect(await under.reached('new')).toEqual([ANN]);
    });

    it('know an address however it is written', async () => {
      await confirmed(CAT);
      const again = await under.subscriptions.subscribe(wanted('+1 202-555-0123', { channel: 'sms' }));
      expect(again.kind).toBe('updated');
      await confirmed('Ann@example.com');
      const upper = await under.subscriptions.subscribe(wanted('Ann@EXAMPLE.com'));
      expect(upper.kind).toBe('updated');
      expect(await under.subscriptions.unsubscribe('sms', '+1 (202) 555 0123')).toBe('removed');
    });

    it('are removed when they are confirmed, and not while they are pending', async () => {
      await under.subscriptions.subscribe(wanted(ANN));
      await confirmed(BEN);
      await confirmed(CAT);
      expect(await under.subscriptions.unsubscribe('email', ANN)).toBe('pending');
      expect(await under.subscriptions.unsubscribe('email', BEN)).toBe('removed');
      expect(await under.subscriptions.unsubscribe('sms', CAT)).toBe('removed');
      expect(await under.subscriptions.unsubscribe('sms', CAT)).toBe('unknown');
      expect(await under.subscriptions.unsubscribe('email', 'nobody')).toBe('unknown');
      await under.publisher.publish(publicationOf('all', [LOUD], 'single'));
      expect(await under.reached('all')).toEqual([]);
    });

    it('lapse after two days without a confirmation, and can be asked for anew', async () => {
      await under.subscriptions.subscribe(wanted(ANN));
      under.pass(47);
      expect(await one(ANN)).toMatchObject({ status: 'pending' });
      const stale = await under.token(ANN);
      under.pass(2);
      expect(await one(ANN)).toMatchObject({ status: 'vanished' });
      expect(await under.subscriptions.confirm(stale)).toBe('unknown');
      expect(await under.subscriptions.subscribe(wanted(ANN))).toMatchObject({
        kind: 'subscribed',
        subscription: { status: 'pending' },
      });
      expect(await under.subscriptions.confirm(await under.token(ANN))).toBe('confirmed');
    });

    it('that lapsed can be cleared away', async () => {
      await under.subscriptions.subscribe(wanted(ANN));
      under.pass(49);
      expect(await under.subscriptions.unsubscribe('email', ANN)).toBe('removed');
      expect(await under.subscriptions.list()).toEqual([]);
    });

    it.each([
      ['an address that is none', { address: 'ann' }],
      ['a number without its country', { channel: 'sms', address: '2025550123' }],
      ['no rules', { rules: [] }],
      ['a pattern that is none', { rules: ['*-streak'] }],
      [
        'more rules than a filter takes',
        { rules: Array.from({ length: 51 }, (_, index) => `rule-${index}`) },
      ],
    ] as const)('are refused for %s, and nothing is kept', async (_, more) => {
      const outcome = await under.subscriptions.subscribe(wanted(ANN, more));
      expect(outcome).toMatchObject({ kind: 'refused' });
      expect(await under.subscriptions.list()).toEqual([]);
    });

    it('are 200 at most, and the way out of that is told', async () => {
      for (let index = 0; index < 200; index += 1) {
        await under.subscriptions.subscribe(wanted(`user${index}@example.com`));
      }
      const refused = await under.subscriptions.subscribe(wanted(BEN));
      expect(refused).toEqual({ kind: 'refused', reason: expect.stringMatching(/200.*remove one/) });
      const known = await under.subscriptions.subscribe(wanted('user7@example.com', { severity: 'urgent' }));
      expect(known.kind).toBe('updated');
    });
  });

  describe(`messages published by ${name}`, () => {
    it('reach everyone as the form says: singles, one digest, and urgent ones alone too', async () => {
      const under = await make();
      const subscribe = async (address: string, more: object) => {
        await under.subscriptions.subscribe(wanted(address, more));
        if (address.includes('@')) await under.subscriptions.confirm(await under.token(address));
      };
      await subscribe(ANN, { rules: ['small-cap-*', 'mag7-*'] });
      await subscribe(BEN, { form: 'digest', severity: 'notice' });
      await subscribe(CAT, { rules: ['small-cap-*'], severity: 'urgent' });
      // Up to three alerts: each alone, and together for those who asked for a digest.
      await under.publisher.publish(publicationOf('few/quiet', [QUIET], 'single'));
      await under.publisher.publish(publicationOf('few/loud', [LOUD], 'single'));
      await under.publisher.publish(publicationOf('few/digest', [QUIET, LOUD], 'digest'));
      expect(await under.reached('few/quiet')).toEqual([ANN]);
      expect(await under.reached('few/loud')).toEqual([ANN]);
      expect(await under.reached('few/digest')).toEqual([BEN]);
      // More: one for everyone whom any of them would have reached, and the urgent one alone too.
      await under.publisher.publish(
        publicationOf('many/digest', [QUIET, LOUD, PLAIN, { ...PLAIN, rule: 'b' }], 'both'),
      );
      await under.publisher.publish(publicationOf('many/loud', [LOUD], 'single'));
      expect([...(await under.reached('many/digest'))].toSorted()).toEqual([ANN, BEN]);
      expect(await under.reached('many/loud')).toEqual([ANN]);
    });

    it('reach nobody who is pending', async () => {
      const under = await make();
      await under.subscriptions.subscribe(wanted(ANN));
      expect(await under.publisher.publish(publicationOf('k', [LOUD], 'both'))).toMatchObject({
        kind: 'published',
      });
      expect(await under.reached('k')).toEqual([]);
    });
  });
}
