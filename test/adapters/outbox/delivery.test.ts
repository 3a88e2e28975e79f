import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { OUTBOX_LOG, outboxDelivery, readOutboxLog } from '../../../adapters/outbox/delivery.ts';
import {
  ANN,
  BEN,
  CAT,
  type DeliveryUnderTest,
  describeSubscriptions,
  publicationOf,
} from '../../contracts/subscriptions.ts';

const HOUR = 3_600_000;
const START = Date.UTC(2026, 0, 12, 22, 30);
const root = mkdtempSync(join(tmpdir(), 'tidemark-outbox-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

function freshOutbox() {
  const home = mkdtempSync(join(root, 'home-'));
  const clock = { now: START };
  const place = {
    folder: join(home, 'outbox'),
    subscriptions: join(home, 'subscriptions'),
    now: () => clock.now,
  };
  return { place, clock, ...outboxDelivery(place) };
}

function files(folder: string): readonly { name: string; text: string }[] {
  return readdirSync(folder).map((name) => ({ name, text: readFileSync(join(folder, name), 'utf8') }));
}

async function underTest(): Promise<DeliveryUnderTest> {
  const { place, clock, publisher, subscriptions } = freshOutbox();
  const to = (text: string): string => /^To: (.*)$/m.exec(text)?.[1] ?? '';
  return {
    publisher,
    subscriptions,
    token: async (address) => {
      const letter = files(place.folder).find(
        ({ name, text }) => name.startsWith('confirm') && to(text) === address,
      );
      return /tidemark confirm (\S+)/.exec(letter?.text ?? '')?.[1] ?? '';
    },
    pass: (hours) => {
      clock.now += hours * HOUR;
    },
    reached: async (key) =>
      files(place.folder)
        .filter(({ text }) => text.includes(`\nX-Tidemark-Alert: ${key}\n`))
        .map(({ text }) => to(text)),
  };
}

describeSubscriptions('the outbox', underTest);

const everything = { rules: ['*'], severity: 'info', form: 'single' } as const;
const alert = { rule: 'a', severity: 'info' } as const;

describe('the outbox', () => {
  it('holds every message as its channel would get it', async () => {
    const { place, publisher, subscriptions } = freshOutbox();
    await subscriptions.subscribe({ channel: 'sms', address: CAT, ...everything });
    await subscriptions.subscribe({ channel: 'email', address: ANN, ...everything });
    const [confirmation] = files(place.folder);
    expect(confirmation?.text).toMatch(/npx tidemark confirm email-/);
    await subscriptions.confirm(/tidemark confirm (\S+)/.exec(confirmation?.text ?? '')?.[1] ?? '');
    await publisher.publish(publicationOf('a/2026-01-12/fired/2026-01-12', [alert], 'single'));
    const letters = files(place.folder).filter(({ name }) => name !== OUTBOX_LOG);
    expect(letters.map(({ name }) => name)).toEqual([
      expect.stringMatching(/^a_2026-01-12_fired_2026-01-12--email-[0-9a-f]{12}\.eml$/),
      expect.stringMatching(/^a_2026-01-12_fired_2026-01-12--sms-[0-9a-f]{12}\.txt$/),
    ]);
    expect(letters[0]?.text).toBe(
      [
        `To: ${ANN}`,
        'Date: Mon, 12 Jan 2026 22:30:00 GMT',
        'X-Tidemark-Alert: a/2026-01-12/fired/2026-01-12',
        'Subject: About a/2026-01-12/fired/2026-01-12',
        'MIME-Version: 1.0',
        'Content-Type: text/plain; charset=utf-8',
        '',
        'Mail of a/2026-01-12/fired/2026-01-12.',
        '',
      ].join('\n'),
    );
    expect(letters[1]?.text).toMatch(/\n\nText of a\/2026-01-12\/fired\/2026-01-12\.\n$/);
  });

  it('may be read by its owner alone, also in folders that were open before', async () => {
    const { place, publisher, subscriptions } = freshOutbox();
    await subscriptions.subscribe({ channel: 'sms', address: CAT, ...everything });
    await publisher.publish(publicationOf('k', [alert], 'single'));
    chmodSync(place.folder, 0o755);
    await publisher.publish(publicationOf('l', [alert], 'single'));
    for (const folder of [place.folder, place.subscriptions]) {
      expect(statSync(folder).mode & 0o777).toBe(0o700);
      for (const name of readdirSync(folder)) expect(statSync(join(folder, name)).mode & 0o777).toBe(0o600);
    }
  });

  it('counts a second publish of a key and writes no second file', async () => {
    const { place, clock, publisher, subscriptions } = freshOutbox();
    await subscriptions.subscribe({ channel: 'sms', address: CAT, ...everything });
    const first = await publisher.publish(publicationOf('k', [alert], 'single'));
    const before = files(place.folder).filter(({ name }) => name !== OUTBOX_LOG);
    clock.now += HOUR;
    expect(await publisher.publish(publicationOf('k', [alert], 'single'))).toEqual(first);
    expect(files(place.folder).filter(({ name }) => name !== OUTBOX_LOG)).toEqual(before);
    expect(await readOutboxLog(place.folder)).toMatchObject([
      { at: START, key: 'k', attempt: 1, recipients: 1 },
      { at: START + HOUR, key: 'k', attempt: 2, recipients: 1 },
    ]);
  });

  it('names no recipient in its log, and reads past a line that was cut short', async () => {
    const { place, publisher, subscriptions } = freshOutbox();
    await subscriptions.subscribe({ channel: 'sms', address: CAT, ...everything });
    await publisher.publish(publicationOf('k', [alert], 'single'));
    const log = join(place.folder, OUTBOX_LOG);
    expect(readFileSync(log, 'utf8')).not.toContain('2025550123');
    writeFileSync(log, `${readFileSync(log, 'utf8')}\n{"at":17,"ke`);
    await publisher.publish(publicationOf('k', [alert], 'single'));
    expect((await readOutboxLog(place.folder)).map(({ attempt }) => attempt)).toEqual([1, 2]);
  });

  it('keeps keys apart that look alike as names of files', async () => {
    const { place, publisher, subscriptions } = freshOutbox();
    await subscriptions.subscribe({ channel: 'sms', address: CAT, ...everything });
    const keys = ['a:b', 'a?b', '../../up', `${'long'.repeat(60)}1`, `${'long'.repeat(60)}2`];
    for (const key of keys) await publisher.publish(publicationOf(key, [alert], 'single'));
    const letters = files(place.folder).filter(({ name }) => name !== OUTBOX_LOG);
    expect(letters).toHaveLength(keys.length);
    expect(letters.every(({ name }) => /^[A-Za-z0-9._-]{1,255}$/.test(name))).toBe(true);
  });

  it('that cannot be written is a retryable failure which names no file', async () => {
    const { place, publisher, subscriptions } = freshOutbox();
    await subscriptions.subscribe({ channel: 'sms', address: CAT, ...everything });
    writeFileSync(place.folder, 'a file in place of the folder');
    const outcome = await publisher.publish(publicationOf('k', [alert], 'single'));
    expect(outcome).toEqual({
      kind: 'retryable',
      error: expect.stringMatching(/^the outbox cannot be written \(E/),
    });
  });

  it('keeps its subscriptions from one start to the next, and passes over a file that holds none', async () => {
    const { place, subscriptions } = freshOutbox();
    await subscriptions.subscribe({ channel: 'sms', address: CAT, ...everything });
    await subscriptions.subscribe({ channel: 'email', address: BEN, ...everything });
    writeFileSync(join(place.subscriptions, 'broken.json'), '{');
    expect(await outboxDelivery(place).subscriptions.list()).toEqual(await subscriptions.list());
    expect(await subscriptions.list()).toHaveLength(2);
  });
});
