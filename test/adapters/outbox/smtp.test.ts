import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { outboxDelivery, readOutboxLog } from '../../../adapters/outbox/delivery.ts';
import { readMailLog } from '../../../adapters/outbox/relay-letters.ts';
import { classifyMailFailure, smtpRelay } from '../../../adapters/outbox/smtp-relay.ts';
import { publicationOf } from '../../contracts/subscriptions.ts';
import { type SmtpServer, startSmtpServer } from '../../support/smtp-server.ts';

const FROM = 'tidemark@example.com';
const root = mkdtempSync(join(tmpdir(), 'tidemark-smtp-'));
let server: SmtpServer;
beforeAll(async () => {
  server = await startSmtpServer();
});
beforeEach(() => {
  server.taken.length = 0;
  server.replies.clear();
});
afterAll(async () => {
  await server.end();
  rmSync(root, { recursive: true, force: true });
});

const EMAILS = ['ann@example.com', 'bob@example.com'];

/** An outbox that also sends, with confirmed readers; the mails that asked them are forgotten. */
async function sendingOutbox(url = server.url) {
  const home = mkdtempSync(join(root, 'home-'));
  const folder = join(home, 'outbox');
  const relay = smtpRelay({ url, from: FROM });
  const place = { folder, subscriptions: join(home, 'subscriptions'), now: () => 1_768_000_000_000 };
  const delivery = outboxDelivery({ ...place, relay: async () => relay });
  for (const address of EMAILS) {
    const wanted = { channel: 'email', address, rules: ['*'], severity: 'info', form: 'single' } as const;
    const outcome = await delivery.subscriptions.subscribe(wanted);
    if (outcome.kind !== 'refused') await delivery.subscriptions.confirm(outcome.subscription.id);
  }
  return { ...delivery, folder };
}

const ABOUT = [{ rule: 'small-cap-streak', severity: 'notice' }] as const;
const publication = publicationOf('the-streak', ABOUT, 'single');
const recipients = (): readonly string[] => server.taken.flatMap(({ to }) => to).toSorted();

describe('an outbox with a mail server', () => {
  it('asks to confirm, and sends each e-mail to its one reader, with the alert id and a message id', async () => {
    const { publisher, folder } = await sendingOutbox();
    expect(recipients()).toEqual(EMAILS);
    expect(server.taken[0]?.text).toContain('npx tidemark confirm');
    server.taken.length = 0;
    expect((await publisher.publish(publication)).kind).toBe('published');
    expect(recipients()).toEqual(EMAILS);
    for (const { from, text } of server.taken) {
      expect(from).toBe(FROM);
      expect(text).toContain(`X-Tidemark-Alert: ${publication.key}`);
      expect(text).toMatch(/^Message-ID: <[0-9a-f]{32}@example\.com>$/m);
      expect(text).toContain(`Subject: ${publication.message.subject}`);
    }
    expect(readdirSync(folder).filter((name) => name.endsWith('.eml'))).toHaveLength(EMAILS.length);
    expect(await readOutboxLog(folder)).toHaveLength(1);
  });

  it('sends nobody the same e-mail twice when the publish is tried again', async () => {
    const { publisher } = await sendingOutbox();
    server.taken.length = 0;
    await publisher.publish(publication);
    await publisher.publish(publication);
    expect(recipients()).toEqual(EMAILS);
  });

  it('leaves to the next attempt whom the server cannot take now, and sends to the others meanwhile', async () => {
    const { publisher, folder } = await sendingOutbox();
    server.taken.length = 0;
    server.replies.set(EMAILS[0] ?? '', '450');
    const first = await publisher.publish(publication);
    expect(first).toEqual({
      kind: 'retryable',
      error: 'the mail server did not take it (EENVELOPE, reply 450)',
    });
    expect(recipients()).toEqual([EMAILS[1]]);
    expect(await readOutboxLog(folder)).toEqual([]);
    server.replies.clear();
    expect((await publisher.publish(publication)).kind).toBe('published');
    expect(recipients()).toEqual(EMAILS);
    expect(await readOutboxLog(folder)).toHaveLength(1);
  });

  it('publishes although one reader is refused for good, keeps why, and fails where all are', async () => {
    const { publisher, folder } = await sendingOutbox();
    server.replies.set(EMAILS[0] ?? '', '550');
    expect((await publisher.publish(publication)).kind).toBe('published');
    const refused = (await readMailLog(folder)).filter(({ outcome }) => outcome === 'refused');
    expect(refused).toHaveLength(1);
    expect(readFileSync(join(folder, 'mail.jsonl'), 'utf8')).not.toContain('@example.com');
    server.replies.set(EMAILS[1] ?? '', '550');
    const other = publicationOf('another', ABOUT, 'single');
    const failed = await publisher.publish(other);
    expect(failed.kind).toBe('permanent');
    expect(JSON.stringify(failed)).not.toContain('@');
  });

  it('takes a server that does not answer for a failure that may pass', async () => {
    const { publisher } = await sendingOutbox();
    const gone = await startSmtpServer();
    await gone.end();
    const { publisher: cut } = await sendingOutbox(gone.url);
    expect(await cut.publish(publication)).toMatchObject({ kind: 'retryable' });
    expect((await publisher.publish(publication)).kind).toBe('published');
  });
});

describe('failures of a mail server', () => {
  it.each([
    [{ code: 'EENVELOPE', responseCode: 550 }, 'permanent'],
    [{ code: 'EMESSAGE', responseCode: 554 }, 'permanent'],
    [{ code: 'EENVELOPE', responseCode: 452 }, 'retryable'],
    [{ code: 'EAUTH', responseCode: 535 }, 'retryable'],
    [{ code: 'ETIMEDOUT' }, 'retryable'],
    [new Error('ann@example.com is unknown'), 'retryable'],
  ])('classifies %o as %s, in words of its own', (error, kind) => {
    const failure = classifyMailFailure(error);
    expect(failure.kind).toBe(kind);
    expect(failure.error).not.toContain('@');
  });

  it('refuses an address that is none of a mail server without repeating it', () => {
    for (const url of ['mail.example.com', 'https://user:secret@example.com', 'smtp://']) {
      expect(() => smtpRelay({ url, from: FROM })).toThrow(/^expected an address such as smtp:/);
    }
    expect(smtpRelay({ url: 'smtps://user:secret@mail.example.com:465', from: FROM }).name).toBe(
      'mail.example.com:465',
    );
  });
});
