import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { SUBSCRIPTION_OWNERS } from '../../../shared/service/names.ts';
import { keepOwner } from '../../../shared/service/subscription-owners.ts';
import { PROVIDERS } from '../../../adapters/providers/answer.ts';
import { openLocalStore } from '../../../local/runtime/local-store.ts';
import { call } from '../context.ts';
import { closesFrom, folderWith } from '../folder.ts';
import { BEFORE, FIRED, livedService, serviceFolder, well } from '../service.ts';

const ID = 'small-cap-streak/small-cap-streak@2026-01-12/fired/2026-01-12';
const outboxOf = (folder: string): string[] => readdirSync(join(folder, '.tidemark/outbox'));

describe('a service driven by verbs', () => {
  it('releases, evaluates and delivers a session once, however often it is asked', async () => {
    const folder = await livedService();
    const listed = await well(['alerts', '--json'], folder);
    expect(listed.json.map(({ id, delivery }) => [id, delivery])).toMatchObject([
      [ID, { kind: 'sent', attempts: 1 }],
    ]);
    const messages = outboxOf(folder).filter((name) => name.endsWith('.eml'));
    expect(messages).toHaveLength(1);
    const letter = readFileSync(join(folder, '.tidemark/outbox', messages[0] ?? ''), 'utf8');
    expect(letter).toContain('To: name@example.com');
    expect(letter).toContain('Small caps are beating large caps');
    for (const verb of ['ingest', 'evaluate', 'deliver']) await well([verb], folder, FIRED + 3_600_000);
    expect((await well(['alerts', '--json'], folder)).json).toEqual(listed.json);
    expect(outboxOf(folder).filter((name) => name.endsWith('.eml'))).toEqual(messages);
  });

  it('says in its reports what was decided and why, and exits with 3 where somebody has to look', async () => {
    const folder = serviceFolder();
    await well(['ingest', '--data', 'closes'], folder, BEFORE);
    const text = await well(['ingest'], folder, FIRED);
    expect(text.out).toMatch(/released +2026-01-12 +complete enough/);
    // The evening of the 13th is over and nothing came.
    const late = Date.UTC(2026, 0, 14, 6);
    const called = await call(['ingest', '--json'], { folder, now: late });
    expect(called.code).toBe(3);
    expect(called.json[0]).toMatchObject({
      kind: 'ingest',
      findings: [{ what: 'released incomplete', subject: '2026-01-13' }],
    });
  });

  it('shows alerts by rule, kind, state and period, and one in full', async () => {
    const folder = await livedService();
    const count = async (...options: string[]): Promise<number> =>
      (await well(['alerts', '--json', ...options], folder)).json.length;
    expect(await count('--rule', 'small-cap-*', '--kind', 'fired', '--state', 'sent')).toBe(1);
    expect(await count('--rule', 'other')).toBe(0);
    expect(await count('--kind', 'resolved')).toBe(0);
    expect(await count('--from', '2026-01-13')).toBe(0);
    const whole = await well(['alerts', ID], folder);
    expect(whole.out).toContain('HOW UNUSUAL');
    expect(whole.out).toContain(`${ID}: sent`);
    const missing = await call(['alerts', 'a/a@2026-01-12/fired/2026-01-12'], { folder, now: FIRED });
    expect(missing).toMatchObject({ code: 2, out: '' });
  });

  it('refuses to look at what never began', async () => {
    const folder = serviceFolder();
    const called = await call(['alerts'], { folder });
    expect(called).toMatchObject({ code: 2, out: '' });
    expect(called.err).toContain('holds nothing yet');
    expect(existsSync(join(folder, '.tidemark'))).toBe(false);
  });
});

describe('observe', () => {
  const observe = (folder: string, ...what: string[]) =>
    call(['observe', ...what, '--source', 'a report', '--json'], { folder, now: FIRED });

  it('stores a value, finds it unchanged, and revises it', async () => {
    const folder = serviceFolder();
    const said = ['SP600.forward_pe', '2025-12-31'] as const;
    expect((await observe(folder, ...said, '15.6')).json).toMatchObject([{ accepted: 1, revised: 0 }]);
    expect((await observe(folder, ...said, '15.60')).json).toMatchObject([{ accepted: 0, unchanged: 1 }]);
    expect((await observe(folder, ...said, '15.7')).json).toMatchObject([{ accepted: 0, revised: 1 }]);
    expect((await observe(folder, 'FOMC.change_bp', '2025-12-10', '-25')).json).toMatchObject([
      { accepted: 1 },
    ]);
  });

  it.each([
    ['a series nobody declared', ['NOPE.close', '2026-01-12', '5'], 3],
    ['a price on no session', ['IWM', '2026-01-10', '5'], 3],
    ['a price that is not above zero', ['IWM', '2026-01-12', '0'], 3],
    ['a session that has not finished', ['IWM', '2026-01-13', '5'], 3],
    ['what is no number', ['IWM', '2026-01-12', 'five'], 2],
    ['a percent sign, since the unit is declared', ['FED.target_upper', '2026-01-12', '3.75%'], 2],
    ['what is no date', ['IWM', 'yesterday', '5'], 2],
  ])('refuses %s', async (_, what, code) => {
    const folder = serviceFolder();
    expect((await observe(folder, ...what)).code).toBe(code);
  });
});

describe('accept', () => {
  it('makes a jump count as real from then on', async () => {
    const folder = await livedService();
    await well(['observe', 'SPY', '2026-01-12', '300', '--source', 'x'], folder);
    const accepted = await well(['accept', 'SPY', '2026-01-12', '--json'], folder);
    expect(accepted.json[0]).toMatchObject({ instrument: 'SPY', session: '2026-01-12' });
    const store = await openLocalStore(join(folder, '.tidemark'), () => FIRED, 'private');
    const { acceptances } = await store.observations.load({ series: [] });
    await store.end();
    expect(acceptances).toEqual([{ instrument: 'SPY', session: '2026-01-12', known: FIRED }]);
  });

  it('refuses what has no close, and a date that is no session', async () => {
    const folder = await livedService();
    expect((await call(['accept', 'FED', '2026-01-12'], { folder, now: FIRED })).code).toBe(2);
    expect((await call(['accept', 'SPY', '2026-01-10'], { folder, now: FIRED })).code).toBe(2);
  });
});

describe('rules', () => {
  it('are put, listed and deleted, and refused with the checker’s words', async () => {
    const folder = await livedService({
      'mine.yaml': 'rules: [{ id: mine, title: Mine, when: ret(IWM) > 1% }]\n',
      'broken.yaml': 'rules: [{ id: mine, title: Mine, when: ret(IWM) > 30 }]\n',
      'none.yaml': 'nothing: here\n',
    });
    const put = await well(['rules', 'put', 'mine.yaml', '--json'], folder);
    expect(put.json).toEqual([
      { id: 'mine', kind: 'saved', version: 1, state: 'enabled', live: '2026-01-13' },
    ]);
    expect((await well(['rules', 'put', 'mine.yaml', '--json'], folder)).json[0]).toMatchObject({
      kind: 'unchanged',
    });
    const broken = await call(['rules', 'put', 'broken.yaml'], { folder, now: FIRED });
    expect(broken.code).toBe(3);
    expect(broken.err).toContain('30%');
    expect((await call(['rules', 'put', 'none.yaml'], { folder, now: FIRED })).code).toBe(2);
    const ids = async () => (await well(['rules', 'list', '--json'], folder)).json.map(({ id }) => id);
    expect(await ids()).toEqual(['mine', 'small-cap-streak', 'small-cap-surge']);
    await well(['rules', 'delete', 'mine'], folder);
    expect(await ids()).toEqual(['small-cap-streak', 'small-cap-surge']);
    expect((await call(['rules', 'delete', 'mine'], { folder, now: FIRED })).code).toBe(3);
  });

  it('edited by command are left alone by a later ingest', async () => {
    const folder = await livedService({
      'mine.yaml': 'rules: [{ id: small-cap-surge, title: Mine, when: ytd(IWM) >= 90% }]\n',
    });
    await well(['rules', 'put', 'mine.yaml'], folder);
    await well(['ingest'], folder);
    const [, surge] = (await well(['rules', 'list', '--json'], folder)).json;
    expect(surge).toMatchObject({ id: 'small-cap-surge', version: 2, origin: 'command' });
  });
});

describe('subscriptions', () => {
  it('are masked unless they are asked for, and kept from everybody else’s eyes', async () => {
    const folder = await livedService();
    await well(['subscribe', '--sms', '+12025550123', '--severity', 'urgent'], folder);
    const masked = await well(['subscriptions'], folder);
    expect(masked.out).not.toMatch(/name@|12025550123/);
    const shown = await well(['subscriptions', '--show', '--json'], folder);
    expect(shown.json.map(({ address, status }) => [address, status])).toEqual([
      ['name@example.com', 'confirmed'],
      ['+12025550123', 'confirmed'],
    ]);
    for (const kept of ['outbox', 'subscriptions']) {
      expect(statSync(join(folder, '.tidemark', kept)).mode & 0o077).toBe(0);
    }
    expect(existsSync(join(folder, '.tidemark/log.jsonl'))).toBe(false);
  });

  it('of a rule that is not there are noted, with what may have been meant', async () => {
    const folder = await livedService();
    const asked = async (...rules: readonly string[]) =>
      await call(['subscribe', '--sms', '+12025550123', '--rules', ...rules], { folder, now: FIRED });
    expect(await asked('small-cap-streek', 'large-*')).toMatchObject({
      code: 0,
      err: [
        'note: no rule is named large-* as things stand: npx tidemark rules list shows them\n',
        'note: no rule is named small-cap-streek as things stand: did you mean small-cap-streak?\n',
      ].join(''),
    });
    expect((await asked('small-*')).err).toBe('');
  });

  it('made where none stands belong to nobody who had one there before', async () => {
    const folder = await livedService();
    const owners = async (): Promise<readonly string[]> => {
      const store = await openLocalStore(join(folder, '.tidemark'), () => FIRED, 'private');
      const found = await store.records.list(SUBSCRIPTION_OWNERS);
      await store.end();
      return found.map(({ name }) => name.slice(SUBSCRIPTION_OWNERS.length));
    };
    const own = async (id: string): Promise<void> => {
      const store = await openLocalStore(join(folder, '.tidemark'), () => FIRED, 'private');
      await keepOwner(store.records, id, { user: 'ann', seen: undefined });
      await store.end();
    };
    const sms = ['--sms', '+12025550123', '--json'];
    const id = String((await well(['subscribe', ...sms], folder)).json[0]?.['id']);
    await own(id);
    await well(['subscribe', ...sms, '--severity', 'urgent'], folder);
    expect(await owners()).toEqual([id]);
    await well(['unsubscribe', ...sms], folder);
    expect(await owners()).toEqual([]);
    await own(id);
    await well(['subscribe', ...sms], folder);
    expect(await owners()).toEqual([]);
  });

  it('cannot be removed while they are pending, and are removed once confirmed', async () => {
    const folder = await livedService();
    const pending = await well(['subscribe', '--email', 'other@example.com', '--digest'], folder);
    expect(pending.out).toMatch(/pending .*lapses after two days/);
    const early = await call(['unsubscribe', '--email', 'other@example.com'], { folder, now: FIRED });
    expect([early.code, early.out]).toEqual([3, '']);
    await well(['unsubscribe', '--email', 'name@example.com'], folder);
    expect((await call(['unsubscribe', '--email', 'name@example.com'], { folder, now: FIRED })).code).toBe(3);
  });

  it('name one address that is one', async () => {
    const folder = await livedService();
    for (const argv of [
      ['subscribe'],
      ['subscribe', '--email', 'a@b.co', '--sms', '+12025550123'],
      ['unsubscribe'],
    ]) {
      expect((await call(argv, { folder, now: FIRED })).code).toBe(2);
    }
    const wrong = await call(['subscribe', '--email', 'nobody', '--json'], { folder, now: FIRED });
    expect([wrong.code, wrong.json[0]?.['outcome']]).toEqual([3, 'refused']);
    const pattern = await call(['subscribe', '--email', 'a@b.co', '--rules', '*-streak'], {
      folder,
      now: FIRED,
    });
    expect(pattern.code).toBe(3);
  });
});

describe('silence', () => {
  it('keeps alerts of its sessions from being sent, and can be listed and removed', async () => {
    const folder = serviceFolder();
    await well(['ingest', '--data', 'closes'], folder, BEFORE);
    const silenced = await well(
      ['silence', 'small-cap-*', '--until', '2026-01-16', '--why', 'being looked at', '--json'],
      folder,
      BEFORE,
    );
    expect(silenced.json).toMatchObject([
      { rule: 'small-cap-*', last: '2026-01-16', why: 'being looked at' },
    ]);
    for (const verb of ['ingest', 'evaluate', 'deliver']) await well([verb], folder);
    const [alert] = (await well(['alerts', '--json'], folder)).json;
    expect(alert).toMatchObject({ id: ID, delivery: { kind: 'withheld', reason: 'silence' } });
    const [listed] = (await well(['silence', '--list', '--json'], folder)).json;
    expect(listed).toEqual(silenced.json[0]);
    const again = ['silence', 'small-cap-*', '--until', '2026-01-16', '--why', 'being looked at', '--json'];
    expect((await call(again, { folder, now: FIRED })).json).toEqual(silenced.json);
    await well(['silence', '--remove', String(listed?.['id'])], folder);
    expect((await well(['silence', '--list', '--json'], folder)).json).toEqual([]);
    expect((await call(['silence', '--remove', 'nope'], { folder, now: FIRED })).code).toBe(3);
  });

  it('of a rule that is not there is noted, with what may have been meant', async () => {
    const folder = await livedService();
    const asked = async (rule: string) =>
      await call(['silence', rule, '--until', '2026-01-16', '--why', 'x'], { folder, now: FIRED });
    expect(await asked('small-cap-streek')).toMatchObject({
      code: 0,
      err: 'note: no rule is named small-cap-streek as things stand: did you mean small-cap-streak?\n',
    });
    expect((await asked('large-*')).err).toContain('npx tidemark rules list shows them');
    expect((await asked('small-*')).err).toBe('');
  });

  it('needs a rule, an end in the future and a reason', async () => {
    const folder = await livedService();
    const code = async (...argv: string[]) => (await call(['silence', ...argv], { folder, now: FIRED })).code;
    expect(await code()).toBe(2);
    expect(await code('small-cap-streak', '--until', '2026-01-16')).toBe(2);
    expect(await code('Not A Rule', '--until', '2026-01-16', '--why', 'x')).toBe(2);
    expect(await code('small-cap-streak', '--until', '2026-01-16', '--why', 'x\u202ey')).toBe(2);
    expect(await code('small-cap-streak', '--until', '2026-01-12', '--why', 'x')).toBe(3);
  });
});

describe('doctor', () => {
  it('finds a service that is as it should be', async () => {
    const folder = await livedService();
    const called = await well(['doctor', '--json'], folder);
    expect(called.json.map(({ check }) => check)).toEqual([
      ...[
        'store',
        'progress',
        'calendar',
        'rules',
        'ingest',
        'evaluate',
        'deliver',
        'data',
        'watchdog',
        'silences',
      ],
      'subscriptions',
      'providers',
      ...PROVIDERS,
    ]);
  });

  it('says that no rule reads anything, where there is none', async () => {
    const folder = serviceFolder();
    await well(['observe', 'SPY', '2026-01-09', '101', '--source', 'x'], folder);
    const called = await call(['doctor', '--json'], { folder, now: FIRED });
    const finding = 'no enabled rule reads anything yet';
    expect(called.json).toContainEqual({ check: 'data', state: 'fine', finding });
  });

  it('finds what was not evaluated in time, and that nobody is subscribed', async () => {
    const folder = serviceFolder();
    await well(['ingest', '--data', 'closes'], folder, BEFORE);
    const called = await call(['doctor', '--json'], { folder, now: FIRED + 86_400_000 });
    expect(called.code).toBe(3);
    const looks = called.json.filter(({ state }) => state === 'look').map(({ check }) => check);
    expect(looks).toEqual(expect.arrayContaining(['watchdog', 'subscriptions']));
  });
});

describe('a data directory', () => {
  it('is used through the runtime that has it', async () => {
    const folder = await livedService();
    const runtime = await openLocalStore(join(folder, '.tidemark'), () => FIRED, 'shared');
    try {
      expect((await well(['alerts', '--json'], folder)).json).toHaveLength(1);
      await well(['observe', 'SPY', '2026-01-12', '101', '--source', 'x'], folder);
      const { series } = await runtime.observations.load({
        series: [{ id: 'SPY.close', from: '2026-01-12' }],
      });
      expect(series[0]?.rows.value(1)).toBe(101);
      expect(statSync(join(folder, '.tidemark/socket')).mode & 0o077).toBe(0);
      const second = await call(['start'], { folder, now: FIRED });
      expect(second).toMatchObject({ code: 2, out: '' });
      expect(second.err).toMatch(/in use by process \d+: end that one first/);
    } finally {
      await runtime.end();
    }
  });

  it('with the sample takes no real data, and gives way to it after a reset', {
    timeout: 60_000,
  }, async () => {
    const folder = folderWith({ 'closes/IWM.csv': closesFrom('2026-01-05', [100, 101]) });
    const store = await openLocalStore(join(folder, '.tidemark'), () => FIRED, 'private');
    const holding = { kind: 'sample', note: 'made up', last: '2026-01-12', now: FIRED, whole: true };
    await store.records.write('local/holding', JSON.stringify(holding), 0);
    await store.end();
    for (const argv of [
      ['import', 'closes'],
      ['ingest', '--data', 'closes'],
      ['start', '--live'],
    ]) {
      const called = await call(argv, { folder, now: FIRED });
      expect([argv, called.code]).toEqual([argv, 2]);
      expect(called.err).toContain('--reset');
    }
    const own = await call(['start', '--live', '--once', '--reset'], { folder, now: FIRED });
    expect(own.code).toBe(0);
    expect((await call(['import', 'closes', '--json'], { folder, now: FIRED })).json).toMatchObject([
      { accepted: 2 },
    ]);
  });
});
