import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { alertKeys } from '../../../cli/output/alert-keys.ts';
import type { Route } from '../../../shared/api/route.ts';
import { type Answer, type RouteId, ROUTES } from '../../../shared/api/routes.ts';
import { loadRuleFiles } from '../../../shared/rules/load.ts';
import { replay } from '../../../shared/workflows/replay.ts';
import { archiveSample } from '../../../local/sample/archive.ts';
import { generateSample, SAMPLE_SEED } from '../../../local/sample/sample.ts';
import { sampleWorld } from './sample-world.ts';

const FIRED = 'small-cap-streak/small-cap-streak@2026-01-12/fired/2026-01-12';
const TABLE: Readonly<Record<RouteId, Route>> = ROUTES;

let world: Awaited<ReturnType<typeof sampleWorld>>;

beforeAll(async () => {
  world = await sampleWorld();
});

afterAll(() => world.end());

interface Asked {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** Calls a route as the console does, and gives the answer once it is of the shape that the table says. */
async function ask<Id extends RouteId>(
  id: Id,
  { params = {}, query = {}, body }: Asked = {},
): Promise<Answer<Id>> {
  const { method, path, answer } = TABLE[id];
  const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(params[name] ?? ''));
  const search = new URLSearchParams(query).toString();
  const url = `http://127.0.0.1:8731${filled}${search === '' ? '' : `?${search}`}`;
  const response = await world.api.served.fetch(
    new Request(url, {
      method,
      headers: { host: '127.0.0.1:8731', 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    }),
  );
  const read: unknown = await response.json();
  expect([id, response.status, response.status === 200 ? null : read]).toEqual([id, 200, null]);
  // Nothing beside what the table says, and nothing of another kind.
  expect(answer.parse(read)).toEqual(read);
  return read as Answer<Id>;
}

const DRAFT = { id: 'mine', title: 'Mine', when: 'streak(ret(IWM) > ret(SPY)) >= 5' };

describe('the API over the sample', () => {
  it('answers every route in the shape of the table', async () => {
    const reads: readonly (readonly [RouteId, Asked?])[] = [
      ...([['me'], ['today'], ['market'], ['rules'], ['data'], ['silences'], ['subscriptions']] as const),
      ['rules', { query: { deleted: 'true' } }],
      ['rule', { params: { id: 'small-cap-streak' } }],
      ['ruleVersions', { params: { id: 'small-cap-streak' } }],
      ['ruleDiff', { params: { id: 'small-cap-streak' }, query: { from: '1', to: '1' } }],
      ['decision', { params: { id: 'small-cap-streak', session: '2026-01-12' } }],
      ['previewRule', { body: { draft: DRAFT } }],
      ['compareDraft', { params: { id: 'small-cap-streak' }, body: { draft: DRAFT } }],
      ...([['alerts'], ['outbox'], ['openapi'], ['evaluateNow']] as const),
      ['alert', { params: { id: FIRED } }],
      ['replay', { params: { session: '2026-01-12' } }],
      ['series', { params: { id: 'IWM' } }],
    ];
    for (const [id, asked] of reads) await ask(id, asked);
    await ask('saveRule', { params: { id: 'mine' }, body: { draft: DRAFT, expected: 0 } });
    await ask('switchRule', { params: { id: 'mine' }, body: { enabled: false, expected: 1 } });
    await ask('deleteRule', { params: { id: 'mine' }, query: { expected: '1' } });
    await ask('restoreRule', { params: { id: 'mine' }, body: { version: 1, expected: 0 } });
    await ask('deleteRule', { params: { id: 'mine' }, query: { expected: '2' } });
    const silence = await ask('silence', { body: { rule: 'rotation', until: '2026-02-27', why: 'known' } });
    await ask('liftSilence', { params: { id: silence.id } });
    const wanted = {
      channel: 'email',
      address: 'me@example.org',
      rules: ['*'],
      severity: 'info',
      form: 'digest',
    };
    const made = await ask('subscribe', { body: wanted });
    const [letter] = (await ask('outbox')).messages;
    expect(letter?.to).toBe('m…@example.org');
    const message = await ask('outboxMessage', { params: { name: letter?.name ?? '' } });
    expect(message.text).not.toContain('me@example.org');
    await ask('confirm', { body: { token: made.id } });
    await ask('unsubscribe', { params: { id: made.id } });
    expect(world.troubles).toEqual([]);
  });

  it('gives the figures and messages of the January alert as replay of the command gives them', async () => {
    const { market, calendar } = world.ground;
    const archive = archiveSample(generateSample(SAMPLE_SEED, calendar), {
      market,
      calendar,
      now: world.clock(),
    });
    const { rules } = loadRuleFiles(world.rules, archive.market);
    const [told] = replay(archive, rules, { from: '2026-01-12', to: '2026-01-12' }).filter(
      ({ id }) => id === FIRED,
    );
    const alert = await ask('alert', { params: { id: FIRED } });
    if (told === undefined) throw new Error('the command tells no such alert');
    const keys = alertKeys(told, { subject: '', sms: '', email: '' });
    const { value, threshold, session, kind, rule, episode, precedent, margin, baseRates } = alert;
    expect({ value, threshold, session, kind, rule, episode }).toEqual({
      ...{ value: keys['value'], threshold: keys['threshold'], session: keys['session'] },
      ...{ kind: keys['kind'], rule: keys['rule'], episode: keys['episode'] },
    });
    expect(precedent).toEqual({ ...told.precedent, text: precedent?.text });
    expect(margin).toEqual({ ...told.margin, text: margin?.text });
    const figures = baseRates.map(({ outcomeWords: _words, few: _few, ...rest }) => rest);
    expect(figures).toEqual(keys['baseRate']);
    expect(baseRates.every(({ few, n }) => few === n < 10)).toBe(true);
  });

  it('explains an alert in the words of its own e-mail', async () => {
    const alert = await ask('alert', { params: { id: FIRED } });
    const flat = alert.email.replaceAll(/\s+/g, ' ');
    for (const text of [alert.precedent?.text, alert.margin?.text, alert.note.trim()]) {
      expect(flat).toContain(text?.replaceAll(/\s+/g, ' '));
    }
    for (const { label, text } of alert.definition) {
      expect([label, flat.includes(text.replaceAll(/\s+/g, ' '))]).toEqual([label, true]);
    }
    expect(new Set(alert.definition.map(({ label }) => label))).toEqual(
      new Set(['Meaning', 'Condition', 'Value', 'Instrument', 'Returns', 'Rule', 'Ends', 'Data']),
    );
    expect(alert).toMatchObject({ valueText: '7 sessions', thresholdText: '7 sessions', segments: 1 });
    expect(alert.marks).toEqual(['sample data']);
    expect(alert.delivery).toMatchObject({ kind: 'sent', text: 'sent', attempts: 1 });
    expect(JSON.stringify(alert)).not.toMatch(/reader@|12025550123/);
  });

  it('pages through alerts by filter without losing or doubling one', async () => {
    const all = (await ask('alerts', { query: { limit: '200' } })).alerts;
    expect(all.length).toBeGreaterThan(6);
    expect(all.map(({ session }) => session)).toEqual(
      all
        .map(({ session }) => session)
        .toSorted()
        .reverse(),
    );
    for (const query of [
      {},
      { severity: 'notice' },
      { rule: 'small-cap-*' },
      { kind: 'fired' },
      { kind: 'blind' },
    ]) {
      const wanted = (await ask('alerts', { query: { ...query, limit: '200' } })).alerts.map(({ id }) => id);
      const found: string[] = [];
      let cursor: string | null = null;
      do {
        const more: Record<string, string> = cursor === null ? {} : { cursor };
        const page: Answer<'alerts'> = await ask('alerts', { query: { ...query, limit: '2', ...more } });
        expect(page.alerts.length).toBeLessThanOrEqual(2);
        found.push(...page.alerts.map(({ id }) => id));
        ({ cursor } = page);
      } while (cursor !== null);
      expect(found).toEqual(wanted);
    }
    const one = await ask('alerts', { query: { from: '2026-01-12', to: '2026-01-12', rule: 'rotation' } });
    expect(one.alerts.map(({ id }) => id)).toEqual(['rotation/rotation@2026-01-12/fired/2026-01-12']);
  });

  it('tells a day again as it was recorded, and says what was already true before', async () => {
    const day = await ask('replay', { params: { session: '2026-01-12' } });
    expect(day.missing).toEqual([]);
    expect(day.alerts.map(({ rule, recorded }) => [rule, recorded])).toEqual([
      ['rotation', 'same'],
      ['small-cap-streak', 'same'],
      ['small-cap-surge', 'same'],
    ]);
    const first = await ask('replay', { params: { session: '2026-01-09' } });
    // What fired before the rules were live was told as already true: a replay tells it on its own day.
    expect(first.alerts).toEqual([]);
    expect(first.missing.length).toBeGreaterThan(0);
  });

  it('gives a series on its sessions, and the data as of the last one', async () => {
    const line = await ask('series', {
      params: { id: 'IWM.close' },
      query: { from: '2026-01-02', to: '2026-01-12' },
    });
    expect(line).toMatchObject({ id: 'IWM.close', unit: 'price', title: 'iShares Russell 2000 ETF, close' });
    expect(line.values.sessions).toEqual(world.ground.calendar.range('2026-01-02', '2026-01-12'));
    expect(line.values.values.every((value) => value !== null && value > 0)).toBe(true);
    const rate = await ask('series', { params: { id: 'FED.target_upper' }, query: { from: '2026-01-12' } });
    expect(rate).toMatchObject({ unit: 'ratio' });
    expect(rate.values.values[0]).toBe(0.0375);
    const data = await ask('data');
    expect(data).toMatchObject({ asOf: '2026-01-12', finished: '2026-01-12', held: [], gaps: [] });
    expect(data.inputs.map(({ input }) => input)).toEqual(
      expect.arrayContaining(['IWM.close', 'SP500_MEMBERS']),
    );
    const market = await ask('market');
    expect(market.universes.find(({ id }) => id === 'SP500_MEMBERS')?.members).toBe(500);
    expect(market.rules).toContain('small-cap-streak');
  });
});
