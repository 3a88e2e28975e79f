import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { OUTBOX_LOG, outboxDelivery } from '../../../adapters/outbox/delivery.ts';
import { listOutbox } from '../../../adapters/outbox/read-outbox.ts';
import type { Mail, Relay } from '../../../adapters/outbox/smtp-relay.ts';
import type { Compose } from '../../../shared/ports/mail.ts';
import { STREAK } from '../../alerts/message/sample-alert.ts';
import { ANN, BEN, publicationOf } from '../../contracts/subscriptions.ts';

const NOW = Date.UTC(2026, 0, 12, 22, 30);
const KEY = 'a/a@2026-01-12/fired/2026-01-12';
const root = mkdtempSync(join(tmpdir(), 'tidemark-html-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const plain = publicationOf(KEY, [{ rule: 'a', severity: 'info' }], 'single');
const publication = { ...plain, message: { ...plain.message, email: 'Small caps \u2013 plain.\n' } };
const png = Uint8Array.of(1, 2, 3);
const compose: Compose = async (key) => ({
  key,
  alerts: [STREAK],
  subject: 'Small caps',
  text: publication.message.email,
  pictures: [{ id: 'line-1@tidemark', png }],
  html: (_, source = ({ id }) => `cid:${id}`) => `<img src="${source({ id: 'line-1@tidemark', png })}">`,
});

async function outbox(relay: Relay | null = null) {
  const home = mkdtempSync(join(root, 'home-'));
  const folder = join(home, 'outbox');
  const made = outboxDelivery({
    folder,
    subscriptions: join(home, 'who'),
    now: () => NOW,
    relay: async () => relay,
  });
  const wanted = { rules: ['*'], severity: 'info', form: 'single' } as const;
  for (const [address, format] of [
    [ANN, 'html'],
    [BEN, 'text'],
  ] as const) {
    const outcome = await made.subscriptions.subscribe({ channel: 'email', address, format, ...wanted });
    if (outcome.kind !== 'refused') await made.subscriptions.confirm(outcome.subscription.id);
  }
  const names = () => readdirSync(folder).filter((name) => name !== OUTBOX_LOG && name.startsWith('a_'));
  return { ...made, folder, names };
}

describe('HTML mail in the outbox', () => {
  it('is one mail of text, HTML and picture, and a page to open, to who wants it; to others the text', async () => {
    const { publisher, folder, names } = await outbox();
    expect(await publisher.composing(compose).publish(publication)).toMatchObject({ kind: 'published' });
    const files = names().map(
      (name) => [name.split('.').at(-1), readFileSync(join(folder, name), 'utf8')] as const,
    );
    expect(files.map(([ending]) => ending).toSorted((a = '', b = '') => (a < b ? -1 : 1))).toEqual([
      'eml',
      'eml',
      'html',
    ]);
    const mixed = files.find(([, text]) => text.includes('multipart/'))?.[1] ?? '';
    expect(mixed).toContain(`To: ${ANN}`);
    expect(mixed).toContain(`X-Tidemark-Alert: ${KEY}`);
    expect(mixed).toMatch(/Content-Id: <line-1@tidemark>/i);
    expect(mixed.indexOf('text/plain')).toBeLessThan(mixed.indexOf('text/html'));
    const page = files.find(([ending]) => ending === 'html')?.[1];
    expect(page).toBe('<img src="data:image/png;base64,AQID">');
    for (const name of names()) expect(statSync(join(folder, name)).mode & 0o077).toBe(0);
  });

  it('is shown as the text it has', async () => {
    const { publisher, folder } = await outbox();
    await publisher.composing(compose).publish(publication);
    const { messages } = await listOutbox(folder, 10);
    const html = messages.find(({ text }) => text.includes('multipart/'));
    expect(html?.text).toContain('\n\nSmall caps \u2013 plain.\n');
    expect(html?.text).not.toContain('base64,');
    expect(html?.to).not.toBe(ANN);
  });

  it('is plain where nobody composes it, or nothing is recorded', async () => {
    const { publisher, names } = await outbox();
    await publisher.publish(publication);
    await publisher.composing(async () => null).publish(publication);
    expect(names().map((name) => name.slice(-3))).toEqual(['eml', 'eml']);
  });

  it('goes through a mail server with its parts', async () => {
    const sent: Mail[] = [];
    const { publisher } = await outbox({
      name: 'mail.example',
      send: async (mail) => {
        sent.push(mail);
        return { kind: 'accepted' };
      },
    });
    await publisher.composing(compose).publish(publication);
    const own = sent.filter(({ to, headers }) => to === ANN && 'X-Tidemark-Alert' in headers);
    expect(own).toMatchObject([{ html: '<img src="cid:line-1@tidemark">', pictures: [{ png }] }]);
    expect(sent.find(({ to, headers }) => to === BEN && 'X-Tidemark-Alert' in headers)).not.toHaveProperty(
      'html',
    );
  });

  it('is refused for a phone', async () => {
    const { subscriptions } = await outbox();
    const wanted = { rules: ['*'], severity: 'info', form: 'single', format: 'html' } as const;
    expect(
      await subscriptions.subscribe({ channel: 'sms', address: '+12025550123', ...wanted }),
    ).toMatchObject({
      kind: 'refused',
    });
  });
});
