import { describe, expect, it } from 'vitest';
import { mailedSubscriptions } from '../../../adapters/mail/mailed-subscriptions.ts';
import { linkTokens } from '../../../adapters/mail/tokens.ts';
import { createMemoryRecords } from '../../../adapters/memory/records.ts';
import { keptSubscriptions } from '../../../adapters/subscriptions/kept-subscriptions.ts';
import { memoryShelf, shelfOf } from '../../../adapters/subscriptions/shelf.ts';
import type { WantedSubscription } from '../../../shared/ports/delivery.ts';
import { ANN, BEN, CAT } from '../../contracts/subscriptions.ts';

const START = Date.UTC(2026, 0, 12, 22, 30);
const HOUR = 3_600_000;
const want = (address: string, format: 'text' | 'html'): WantedSubscription => ({
  ...{
    channel: address.startsWith('+') ? 'sms' : 'email',
    address,
    rules: ['*'],
    severity: 'info',
    form: 'single',
  },
  ...(format === 'html' ? { format } : {}),
});

function world(sends: 'html' | 'none' = 'html') {
  const shelf = memoryShelf();
  const clock = { now: START };
  const now = () => clock.now;
  const tokens = linkTokens(createMemoryRecords(), () => 'secret');
  const asked: { address: string; token: string }[] = [];
  // What SNS does with the texts: the same manners, kept in a place of its own.
  const sns = keptSubscriptions({
    shelf: shelfOf(shelf, 'text'),
    now,
    askToConfirm: async () => {},
    settled: async () => {},
  });
  const subscriptions = mailedSubscriptions({
    ...{ sns, shelf, now, tokens },
    ask: sends === 'none' ? null : async ({ address }, token) => void asked.push({ address, token }),
  });
  const formats = async () =>
    (await subscriptions.list()).map(
      ({ address, format = 'text', status }) => `${address} ${format} ${status}`,
    );
  return { subscriptions, sns, asked, clock, formats };
}

describe('subscriptions of both formats', () => {
  it('to HTML begin with a question, whose token confirms and nothing else does', async () => {
    const { subscriptions, asked, formats } = world();
    expect(await subscriptions.subscribe(want(ANN, 'html'))).toMatchObject({
      kind: 'subscribed',
      subscription: { format: 'html', status: 'pending' },
    });
    const [question] = asked;
    expect(question?.address).toBe(ANN);
    const [id = ''] = question?.token.split('.') ?? [];
    expect(await subscriptions.confirm(id)).toBe('unknown');
    expect(await formats()).toEqual([`${ANN} html pending`]);
    expect(await subscriptions.confirm(question?.token ?? '')).toBe('confirmed');
    expect(await formats()).toEqual([`${ANN} html confirmed`]);
  });

  it('lapse after two days without an answer', async () => {
    const { subscriptions, asked, clock } = world();
    await subscriptions.subscribe(want(ANN, 'html'));
    clock.now += 49 * HOUR;
    expect(await subscriptions.confirm(asked[0]?.token ?? '')).toBe('unknown');
  });

  it('move when the format is changed: an address is never in both places', async () => {
    const { subscriptions, sns, asked, formats } = world();
    const outcome = await subscriptions.subscribe(want(ANN, 'text'));
    if (outcome.kind !== 'refused') await sns.confirm(outcome.subscription.id);
    expect(await formats()).toEqual([`${ANN} text confirmed`]);
    expect(await subscriptions.subscribe(want(ANN, 'html'))).toMatchObject({ kind: 'updated' });
    expect(await formats()).toEqual([`${ANN} html confirmed`]);
    expect(await sns.list()).toEqual([]);
    // Its owner has confirmed this address before.
    expect(asked).toEqual([]);
    await subscriptions.subscribe(want(ANN, 'text'));
    expect(await formats()).toEqual([`${ANN} text pending`]);
  });

  it('are refused in HTML while SNS waits for the same address, which would get both', async () => {
    const { subscriptions, formats } = world();
    await subscriptions.subscribe(want(ANN, 'text'));
    expect(await subscriptions.subscribe(want(ANN, 'html'))).toMatchObject({ kind: 'refused' });
    expect(await formats()).toEqual([`${ANN} text pending`]);
  });

  it('stay as they are where the change is refused', async () => {
    const { subscriptions, asked, formats } = world();
    await subscriptions.subscribe(want(ANN, 'html'));
    await subscriptions.confirm(asked[0]?.token ?? '');
    const odd = { ...want(ANN, 'text'), rules: ['no such thing!'] };
    expect((await subscriptions.subscribe(odd)).kind).toBe('refused');
    expect(await formats()).toEqual([`${ANN} html confirmed`]);
  });

  it('end in whichever place they are', async () => {
    const { subscriptions, asked, formats } = world();
    await subscriptions.subscribe(want(ANN, 'html'));
    await subscriptions.confirm(asked[0]?.token ?? '');
    await subscriptions.subscribe(want(CAT, 'text'));
    expect(await subscriptions.unsubscribe('email', ANN)).toBe('removed');
    expect(await subscriptions.unsubscribe('sms', CAT)).toBe('removed');
    expect(await subscriptions.unsubscribe('email', BEN)).toBe('unknown');
    expect(await formats()).toEqual([]);
  });

  it('to HTML are refused where no such mail is sent, and for a phone', async () => {
    expect(await world('none').subscriptions.subscribe(want(ANN, 'html'))).toMatchObject({ kind: 'refused' });
    expect(await world().subscriptions.subscribe(want(CAT, 'html'))).toMatchObject({ kind: 'refused' });
  });
});
