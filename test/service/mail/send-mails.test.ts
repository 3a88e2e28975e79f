import { describe, expect, it } from 'vitest';
import { createMemoryRecords } from '../../../adapters/memory/records.ts';
import type { Subscription } from '../../../shared/ports/delivery.ts';
import type { Mailed, Mailing, OutgoingMail } from '../../../shared/ports/mail.ts';
import { forgetMails, mailName } from '../../../shared/service/mail/claims.ts';
import { type MailGround, sendMails } from '../../../shared/service/mail/send-mails.ts';
import { openProtocol } from '../../../shared/service/report.ts';
import { STREAK } from '../../alerts/message/sample-alert.ts';

const START = Date.UTC(2026, 0, 12, 22, 30);
const LEASE = 180_000;
const SAID = { key: STREAK.id, form: 'single' } as const;
const MAILING: Mailing = {
  key: STREAK.id,
  alerts: [STREAK],
  subject: 'Small caps',
  text: 'Plain.\n',
  pictures: [],
  html: ({ unsubscribe }) => `<a href="${unsubscribe}">`,
};

function reader(id: string, more: Partial<Subscription> = {}): Subscription {
  return {
    ...{ id: `email-${id}`, channel: 'email', address: `${id}@example.com`, rules: ['*'], severity: 'info' },
    ...{ form: 'single', format: 'html', status: 'confirmed', ...more },
  };
}

/** A world in which SES answers as it is told, else by sending. */
function world(readers: readonly Subscription[], answers: readonly Mailed[] = []) {
  const records = createMemoryRecords();
  const sent: OutgoingMail[] = [];
  const clock = { now: START };
  const left = [...answers];
  let runs = 0;
  const ground = (): MailGround => ({
    records,
    compose: async (key) => (key === STREAK.id ? MAILING : null),
    sender: {
      send: async (mail) => {
        const answer = left.shift() ?? { kind: 'sent', id: `ses-${sent.length}` };
        if (answer.kind === 'sent' || answer.kind === 'unknown') sent.push(mail);
        return answer;
      },
    },
    recipients: async () => readers,
    links: async ({ id }) => ({
      alert: null,
      manage: null,
      unsubscribe: `https://c.example/mail/unsubscribe?t=${id}`,
    }),
    clock: () => clock.now,
    pace: async () => {},
    owner: `run-${++runs}`,
    lease: LEASE,
    stopAt: clock.now + LEASE / 2,
  });
  const protocol = openProtocol('mail', START);
  return {
    records,
    sent,
    clock,
    protocol,
    send: (said = SAID) => sendMails(ground(), protocol, said),
    ground,
  };
}

describe('mails of what was published', () => {
  it('go to whom it reaches, each with his own way out by one click', async () => {
    const { send, sent } = world([
      reader('ann'),
      reader('ben', { rules: ['breadth-*'] }),
      reader('cid', { severity: 'urgent' }),
      reader('dan', { form: 'digest' }),
      reader('eve', { status: 'pending' }),
    ]);
    expect(await send()).toBe(true);
    expect(sent).toEqual([
      {
        to: 'ann@example.com',
        subject: 'Small caps',
        text: 'Plain.\n',
        html: '<a href="https://c.example/mail/unsubscribe?t=email-ann">',
        pictures: [],
        headers: {
          'X-Tidemark-Alert': STREAK.id,
          'List-Unsubscribe': '<https://c.example/mail/unsubscribe?t=email-ann>',
          'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
        },
      },
    ]);
  });

  it('go out once, however often it is said, and from two places at once', async () => {
    const one = world([reader('ann'), reader('ben')]);
    await Promise.all([one.send(), one.send(), one.send()]);
    expect(await one.send()).toBe(true);
    expect(one.sent.map(({ to }) => to).toSorted((a, b) => (a < b ? -1 : 1))).toEqual([
      'ann@example.com',
      'ben@example.com',
    ]);
    expect(one.protocol.report().counts).toEqual({ mailsSent: 2 });
  });

  it('that SES did not take are tried again at once, and cost the others nothing', async () => {
    const one = world([reader('ann'), reader('ben')], [{ kind: 'retryable', error: 'SES answered 429' }]);
    expect(await one.send()).toBe(false);
    expect(one.sent.map(({ to }) => to)).toEqual(['ben@example.com']);
    expect(await one.send()).toBe(true);
    expect(one.sent.map(({ to }) => to)).toEqual(['ben@example.com', 'ann@example.com']);
    expect(one.protocol.report().counts).not.toHaveProperty('secondPublishes');
  });

  it('of which nobody knows whether they went out wait until their claim is over, and are counted then', async () => {
    const one = world([reader('ann')], [{ kind: 'unknown', error: 'no answer' }]);
    expect(await one.send()).toBe(false);
    expect(await one.send()).toBe(false);
    expect(one.sent).toHaveLength(1);
    one.clock.now += LEASE + 1;
    expect(await one.send()).toBe(true);
    expect(one.sent).toHaveLength(2);
    expect(one.protocol.report().counts).toMatchObject({ secondPublishes: 1 });
  });

  it('that SES refuses for good are told and never tried again', async () => {
    const one = world([reader('ann')], [{ kind: 'permanent', error: 'rejected' }]);
    expect(await one.send()).toBe(true);
    expect(await one.send()).toBe(true);
    expect(one.sent).toEqual([]);
    const { counts, findings } = one.protocol.report();
    expect(counts).toEqual({ mailsRefused: 1 });
    expect(findings).toEqual([
      { what: 'mail refused', subject: `${STREAK.id} to email-ann`, why: 'rejected' },
    ]);
  });

  it('are left to another run where this one has no time', async () => {
    const one = world([reader('ann')]);
    const late = { ...one.ground(), stopAt: START };
    expect(await sendMails(late, one.protocol, SAID)).toBe(false);
    expect(one.sent).toEqual([]);
    expect(await one.send()).toBe(true);
  });

  it('are none where nothing is recorded, and nothing is composed where nobody asked', async () => {
    const one = world([reader('ann')]);
    expect(await one.send({ key: 'other', form: 'single' })).toBe(true);
    expect(one.protocol.report().findings).toMatchObject([{ what: 'mail failed', subject: 'other' }]);
    const nobody = world([]);
    const compose = () => Promise.reject(new Error('not asked for'));
    expect(await sendMails({ ...nobody.ground(), compose }, nobody.protocol, SAID)).toBe(true);
  });

  it('name no address in what is told or kept of them', async () => {
    const one = world([reader('ann'), reader('ben')], [{ kind: 'permanent', error: 'rejected' }]);
    await one.send();
    const told = JSON.stringify([one.protocol.report(), await one.records.list('')]);
    expect(told).toContain('email-ann');
    expect(told).not.toContain('@example.com');
  });

  it('are forgotten when nothing can ask for them any more', async () => {
    const { records } = world([]);
    const name = (session: string) => mailName({ session, key: 'k', subscription: 'email-ann' });
    for (const session of ['2025-09-30', '2025-10-01', '2026-01-12'])
      await records.write(name(session), '{}', 0);
    expect(await forgetMails(records, START)).toBe(1);
    expect((await records.list('mail/')).map(({ name: kept }) => kept)).toEqual([
      name('2025-10-01'),
      name('2026-01-12'),
    ]);
  });
});
