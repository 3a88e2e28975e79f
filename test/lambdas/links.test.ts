import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { describe, expect, it } from 'vitest';
import { linkTokens } from '../../adapters/mail/tokens.ts';
import { createMemoryRecords } from '../../adapters/memory/records.ts';
import { memoryShelf, shelfOf } from '../../adapters/subscriptions/shelf.ts';
import { confirmKept } from '../../adapters/subscriptions/standing.ts';
import { linksHandler } from '../../lambdas/links.ts';
import type { SubscriptionRecord } from '../../shared/subscriptions/record.ts';
import { panel } from './service.ts';

const NOW = Date.UTC(2026, 0, 12, 22, 30);
const RECORD: SubscriptionRecord = {
  ...{
    id: 'email-0123456789ab',
    channel: 'email',
    address: 'ann@example.com',
    rules: ['*'],
    severity: 'info',
  },
  ...{ form: 'single', format: 'html', requestedAt: NOW, confirmedAt: null, arn: null },
};
const TEXT: SubscriptionRecord = {
  ...RECORD,
  id: 'email-ba9876543210',
  address: 'ben@example.com',
  format: 'text',
};

async function world() {
  const whole = memoryShelf();
  await whole.put(RECORD);
  await whole.put(TEXT);
  const shelf = shelfOf(whole, 'html');
  const tokens = linkTokens(createMemoryRecords(), () => 'secret');
  const told = panel();
  const handle = linksHandler(
    { tokens, confirm: (id) => confirmKept({ shelf, now: () => NOW }, id), remove: (id) => shelf.remove(id) },
    told,
  );
  const call = (method: string, action: string, t?: string) =>
    handle({
      requestContext: { http: { method } },
      pathParameters: { action },
      ...(t === undefined ? {} : { queryStringParameters: { t } }),
    } as unknown as APIGatewayProxyEventV2);
  return { whole, tokens, told, call };
}

describe('links in mails', () => {
  it('ask before they do anything, since programs open them too', async () => {
    const { whole, tokens, call } = await world();
    for (const action of ['confirm', 'unsubscribe'] as const) {
      const token = await tokens.sign(action, RECORD.id);
      const { statusCode, body } = await call('GET', action, token);
      expect(statusCode).toBe(200);
      expect(body).toContain(`<form method="post" action="?t=${token}"`);
    }
    expect(await whole.get(RECORD.id)).toEqual(RECORD);
  });

  it('confirm, and unsubscribe by one click as often as it is asked for', async () => {
    const { whole, tokens, call } = await world();
    expect((await call('POST', 'confirm', await tokens.sign('confirm', RECORD.id))).statusCode).toBe(200);
    expect(await whole.get(RECORD.id)).toMatchObject({ confirmedAt: NOW });
    const token = await tokens.sign('unsubscribe', RECORD.id);
    expect((await call('POST', 'unsubscribe', token)).body).toContain('Unsubscribed');
    expect(await whole.get(RECORD.id)).toBeNull();
    expect((await call('POST', 'unsubscribe', token)).statusCode).toBe(200);
  });

  it('do nothing without a token of theirs, and nothing to whom SNS serves', async () => {
    const { whole, tokens, call } = await world();
    const swapped = await tokens.sign('unsubscribe', RECORD.id);
    for (const [action, token] of [
      ['confirm', swapped],
      ['unsubscribe', undefined],
      ['unsubscribe', RECORD.id],
      ['unsubscribe', `${swapped}${'x'.repeat(200)}`],
      ['delete', swapped],
    ] as const) {
      expect((await call('POST', action, token)).statusCode).toBe(404);
    }
    await call('POST', 'unsubscribe', await tokens.sign('unsubscribe', TEXT.id));
    expect(await whole.all()).toEqual([RECORD, TEXT]);
  });

  it('lead nowhere once the request has lapsed', async () => {
    const { whole, tokens, call } = await world();
    await whole.put({ ...RECORD, requestedAt: NOW - 49 * 3_600_000 });
    const { statusCode, body } = await call('POST', 'confirm', await tokens.sign('confirm', RECORD.id));
    expect(statusCode).toBe(404);
    expect(body).toContain('lapsed');
  });

  it('open pages that run nothing, are kept nowhere and name nobody; the log has an id', async () => {
    const { tokens, told, call } = await world();
    const token = await tokens.sign('unsubscribe', RECORD.id);
    const answers = [await call('GET', 'unsubscribe', token), await call('POST', 'unsubscribe', token)];
    for (const { headers, body } of answers) {
      expect(headers?.['content-security-policy']).toMatch(
        /^default-src 'none'; style-src 'unsafe-inline'; form-action 'self'/,
      );
      expect(headers?.['cache-control']).toBe('no-store');
      expect(headers?.['referrer-policy']).toBe('no-referrer');
      expect(body).not.toMatch(/<script|ann@/);
    }
    expect(told.lines).toEqual([`unsubscribed | ${RECORD.id} | by the link in a mail`]);
  });
});
