import { describe, expect, it } from 'vitest';
import type { Answer } from '../../../shared/api/routes.ts';
import { SUBSCRIPTION_OWNERS } from '../../../shared/service/names.ts';
import { apiWorld, type Asked, problemIn } from './world.ts';

type View = Answer<'subscriptions'>['subscriptions'][number];

const HOUR = 3_600_000;
const wanted = (address: string, more: object = {}) => ({
  ...{ channel: 'email', address, rules: ['ahead'], severity: 'notice', form: 'single' },
  ...more,
});

/** A world in which anybody may subscribe, list and end. */
async function people() {
  const world = await apiWorld();
  const { ask } = world;
  return {
    ...world,
    subscribe: (as: NonNullable<Asked['as']>, body: unknown) =>
      ask('POST', '/api/subscriptions', { as, body }),
    list: async (as: NonNullable<Asked['as']>): Promise<readonly View[]> => {
      const { body } = await ask('GET', '/api/subscriptions', { as });
      return (body as Answer<'subscriptions'>).subscriptions;
    },
    end: (as: NonNullable<Asked['as']>, id: string) => ask('DELETE', `/api/subscriptions/${id}`, { as }),
    confirm: (id: string) => ask('POST', '/api/confirmations', { body: { token: id } }),
  };
}

describe('a subscription', () => {
  it('belongs to who made it: others neither see, change nor end it, and do not learn that it is there', async () => {
    const { subscribe, list, end, confirm } = await people();
    const made = (await subscribe('ann:reader', wanted('jane@example.com'))).body as View;
    expect(made).toMatchObject({ address: 'j…@example.com', status: 'pending', own: true, format: 'text' });
    expect(await confirm(made.id)).toMatchObject({ status: 200, body: { done: true } });
    expect(await list('bob:editor')).toEqual([]);
    const taken = problemIn(await subscribe('bob:editor', wanted('jane@EXAMPLE.com')));
    expect([taken.status, taken.code]).toEqual([422, 'refused']);
    expect(taken.detail).not.toMatch(/jane|already|\bann\b/);
    expect(problemIn(await end('bob:editor', made.id))).toMatchObject({ status: 404, code: 'not-found' });
    expect(await list('ann:reader')).toMatchObject([{ id: made.id, rules: ['ahead'], status: 'confirmed' }]);
    const changed = (await subscribe('ann:reader', wanted('jane@example.com', { rules: ['*'] }))).body;
    expect(changed).toMatchObject({ id: made.id, rules: ['*'], status: 'confirmed', own: true });
    expect((await end('ann:reader', made.id)).status).toBe(200);
    expect(await list('ann:reader')).toEqual([]);
    expect((await subscribe('bob:editor', wanted('jane@example.com'))).status).toBe(200);
  });

  it('is seen, changed and ended by an operator, and stays with who made it', async () => {
    const { subscribe, list, end, records } = await people();
    const made = (await subscribe('ann:reader', wanted('+12025550123', { channel: 'sms' }))).body as View;
    expect(made).toMatchObject({ address: '+1…23', status: 'confirmed' });
    expect(await list('op:operator')).toMatchObject([{ id: made.id, address: '+1…23', own: false }]);
    const changed = await subscribe(
      'op:operator',
      wanted('+12025550123', { channel: 'sms', form: 'digest' }),
    );
    expect(changed.body).toMatchObject({ form: 'digest', own: false });
    expect(await list('ann:reader')).toMatchObject([{ form: 'digest', own: true }]);
    expect((await end('op:operator', made.id)).status).toBe(200);
    expect(await records.list(SUBSCRIPTION_OWNERS)).toEqual([]);
    expect((await end('op:operator', made.id)).status).toBe(404);
  });

  it('is refused by the field that is wrong, in a sentence', async () => {
    const { subscribe } = await people();
    for (const [body, field, text] of [
      [wanted('nobody'), 'body.address', 'This is no e-mail address: expected one like name@example.com'],
      [wanted('a@example.com', { rules: ['*-cap'] }), 'body.rules', 'The pattern `*-cap` names no rules'],
    ] as const) {
      const problem = problemIn(await subscribe('ann:reader', body));
      expect(problem).toMatchObject({ status: 422, errors: [{ field, message: problem.detail }] });
      expect(problem.detail).toContain(text);
    }
  });

  it('of rules that are not there is made, and says so with what may have been meant', async () => {
    const { subscribe, list } = await people();
    const asked = async (...rules: readonly string[]) => {
      const { status, body } = await subscribe('ann:reader', wanted('jane@example.com', { rules }));
      return [status, ...(body as Answer<'subscribe'>).findings];
    };
    const unknown = (text: string) => ({ code: 'unknown-rule', text });
    expect(await asked('ahaed', 'ahead', 'small-*')).toEqual([
      200,
      unknown('No rule is named ahaed as things stand: did you mean ahead?'),
      unknown('No rule is named small-* as things stand'),
    ]);
    expect(await list('ann:reader')).toMatchObject([{ rules: ['ahaed', 'ahead', 'small-*'] }]);
    expect(await asked('ahead', 'b*')).toEqual([200]);
    expect(await asked('*')).toEqual([200]);
  });

  it('that was made by command is for operators alone', async () => {
    const { subscribe, list, subscriptions } = await people();
    const by = { rules: ['*'], severity: 'info', form: 'single' } as const;
    await subscriptions.subscribe({ channel: 'email', address: 'jane@example.com', ...by });
    expect(await list('ann:reader')).toEqual([]);
    expect((await subscribe('ann:reader', wanted('jane@example.com'))).status).toBe(422);
    expect(await list('op:operator')).toMatchObject([{ rules: ['*'], own: false }]);
  });

  it('that lapsed unconfirmed may be asked for by anybody again', async () => {
    const { subscribe, list, end, time } = await people();
    const made = (await subscribe('ann:reader', wanted('jane@example.com'))).body as View;
    expect(problemIn(await end('ann:reader', made.id)).detail).toContain('lapses by itself');
    time.now += 49 * HOUR;
    expect((await subscribe('bob:reader', wanted('jane@example.com'))).status).toBe(200);
    expect(await list('ann:reader')).toEqual([]);
    expect(await list('bob:reader')).toMatchObject([{ status: 'pending', own: true }]);
  });

  it('asked for by two at once belongs to one of them', async () => {
    const { subscribe, list } = await people();
    const both = await Promise.all([
      subscribe('ann:reader', wanted('jane@example.com')),
      subscribe('bob:reader', wanted('jane@example.com')),
    ]);
    expect(both.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 422]);
    const owned = [...(await list('ann:reader')), ...(await list('bob:reader'))];
    expect(owned).toMatchObject([{ own: true }]);
  });

  it('is refused where the address, the rules or the format cannot be', async () => {
    const { subscribe, confirm } = await people();
    for (const body of [
      wanted('nobody'),
      wanted('+1202555', { channel: 'sms' }),
      wanted('jane@example.com', { rules: ['a*b'] }),
      wanted('jane@example.com', { format: 'html' }),
    ]) {
      const problem = problemIn(await subscribe('ann:reader', body));
      expect([problem.status, problem.code]).toEqual([422, 'refused']);
      expect(problem.detail).not.toMatch(/nobody|jane|1202555$/);
    }
    expect(problemIn(await confirm('none')).status).toBe(404);
  });
});
