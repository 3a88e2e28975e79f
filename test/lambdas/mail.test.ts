import type { SQSEvent } from 'aws-lambda';
import { describe, expect, it } from 'vitest';
import { createMemoryRecords } from '../../adapters/memory/records.ts';
import { mailHandler } from '../../lambdas/mail.ts';
import type { OutgoingMail } from '../../shared/ports/mail.ts';
import { mailName } from '../../shared/service/mail/claims.ts';
import { STREAK } from '../alerts/message/sample-alert.ts';
import { panel } from './service.ts';

const NOW = Date.UTC(2026, 0, 12, 22, 30);

function world(fails: readonly string[] = []) {
  const records = createMemoryRecords();
  const told = panel();
  const sent: OutgoingMail[] = [];
  const handle = mailHandler(
    {
      ground: {
        records,
        compose: async (key) => ({
          key,
          alerts: [STREAK],
          subject: key,
          text: '',
          pictures: [],
          html: () => '',
        }),
        sender: {
          send: async (mail) => {
            if (fails.includes(mail.subject)) return { kind: 'retryable', error: 'SES answered 429' };
            sent.push(mail);
            return { kind: 'sent', id: 'ses' };
          },
        },
        recipients: async () =>
          (['single', 'digest'] as const).map((form) => ({
            ...{ id: `email-${form}`, channel: 'email', address: `${form}@example.com`, rules: ['*'] },
            ...{ severity: 'info', form, format: 'html', status: 'confirmed' },
          })),
        links: async () => ({ alert: null, manage: null, unsubscribe: null }),
        clock: () => NOW,
        pace: async () => {},
        lease: 180_000,
      },
      owner: () => 'run',
    },
    told,
  );
  return { records, told, sent, handle };
}

const said = (key: string, form: string) =>
  JSON.stringify({ Type: 'Notification', MessageAttributes: { key: { Value: key }, form: { Value: form } } });
const queued = (...bodies: string[]): SQSEvent =>
  ({ Records: bodies.map((body, index) => ({ messageId: `m${index}`, body })) }) as unknown as SQSEvent;

describe('mail', () => {
  it('mails what the topic said to whom its form reaches', async () => {
    const { sent, handle } = world();
    const answer = await handle(
      queued(said('a', 'single'), said('b', 'digest'), said('c', '["single","digest"]')),
    );
    expect(answer).toEqual({ batchItemFailures: [] });
    expect(sent.map(({ subject, to }) => `${subject} ${to}`)).toEqual([
      'a single@example.com',
      'b digest@example.com',
      'c single@example.com',
      'c digest@example.com',
    ]);
  });

  it('answers which messages have to come again, and sends the others', async () => {
    const { sent, told, handle } = world(['a']);
    const answer = await handle(queued(said('a', 'single'), 'no notification', said('b', 'single')));
    expect(answer.batchItemFailures.map(({ itemIdentifier }) => itemIdentifier)).toEqual(['m0', 'm1']);
    expect(sent.map(({ subject }) => subject)).toEqual(['b']);
    expect(told.lines.join()).not.toContain('@');
  });

  it('tidies up once in a sandbox', async () => {
    const { records, handle } = world();
    const old = mailName({ session: '2025-09-15', key: 'k', subscription: 'email-single' });
    await records.write(old, '{}', 0);
    await handle(queued());
    expect(await records.read(old)).toBeNull();
    await records.write(old, '{}', 0);
    await handle(queued());
    expect(await records.read(old)).not.toBeNull();
  });
});
