import { describe, expect, it } from 'vitest';
import type { Answer } from '../../../../shared/api/routes.ts';
import { setRuleState } from '../../../../shared/service/edit-rules.ts';
import { RISING, tell, walk } from '../../../service/tell.ts';
import { at, calendar, market, openService } from '../../../service/world.ts';
import { apiWorld, problemIn } from '../world.ts';

const HELD = `${RISING}    hold: 2\n`;

/** The API over a service that lived through the sessions from 0 on; `.` is a session without a close. */
async function lived(pattern: string, text = RISING) {
  const service = await openService(
    tell(-3, { 'A.close': walk(pattern), 'B.close': walk('+'.repeat(pattern.length)) }),
    text,
  );
  for (let number = 0; number < pattern.length - 3; number += 1) await service.run(at(number, '17:20'));
  const clock = (): number => service.now;
  const { records, alerts, observations } = service;
  const { ask } = await apiWorld({ records, alerts, observations, clock });
  const why = async (session: string) =>
    (await ask('GET', `/api/rules/rising/sessions/${session}`)).body as Answer<'decision'>;
  return { service, ask, why };
}

describe('why a rule did or did not speak', () => {
  it('is told from the record, with what led there', async () => {
    const { why } = await lived('---+-.+');
    const fired = await why('2026-01-02');
    expect(fired).toMatchObject({
      answer: 'It spoke: fired (sent).',
      ...{ when: true, state: 'firing' },
      alerts: [{ id: 'rising/rising@2026-01-02/fired/2026-01-02', kind: 'fired', delivery: 'sent' }],
    });
    expect(fired.steps.map(({ what }) => what)).toEqual([
      ...['session', 'rule', 'record', 'data', 'condition', 'counters', 'delivery'],
    ]);
    expect(fired.steps[2]?.text).toContain('on record as firing');
    expect(fired.explained?.value).toBe(true);
    expect((await why('2026-01-05')).answer).toBe('It spoke: resolved (sent).');
    expect(await why('2026-01-06')).toMatchObject({
      answer: 'It said nothing: it had no data, since A.close is missing.',
      ...{ when: null, alerts: [] },
    });
  });

  it('names the history before it was live, the hold that runs, and what is nothing new', async () => {
    const history = await lived('-+---');
    expect((await history.why('2025-12-30')).answer).toBe(
      'It said nothing: it began to fire before it was live (2026-01-02), and history is never told.',
    );
    expect((await history.why('2025-12-30')).steps[2]?.text).toContain('Nothing was recorded');
    const holding = await lived('---+++', HELD);
    expect((await holding.why('2026-01-02')).answer).toBe(
      'It said nothing: the condition was true on 1 of the 2 sessions it has to hold.',
    );
    expect((await holding.why('2026-01-06')).answer).toBe(
      'It said nothing: it has been firing since 2026-01-05, and there was nothing new to tell.',
    );
    const quiet = await lived('----');
    expect((await quiet.why('2026-01-02')).answer).toMatch(
      /^It said nothing: the condition was not true \(1.00 points/,
    );
  });

  it('is refused for a day without a session, one that is not over, and a rule that never was', async () => {
    const { ask } = await lived('---+');
    const statusOf = async (path: string) => problemIn(await ask('GET', path)).status;
    expect(await statusOf('/api/rules/rising/sessions/2026-01-03')).toBe(404);
    expect(await statusOf('/api/rules/rising/sessions/2026-01-05')).toBe(404);
    expect(await statusOf('/api/rules/nothing/sessions/2026-01-02')).toBe(404);
  });
});

describe('today', () => {
  it('counts in its sentence the signs that it lists, those of other rules too', async () => {
    const text = `${RISING}    severity: urgent
    evidence: [down]
  - id: up
    title: B is up
    when: ret(B) > 0
    evidence: [calm]
  - id: down
    title: B is down
    when: ret(B) < 0
  - id: calm
    title: B does not fall by half
    when: ret(B) > -50%
`;
    const { ask } = await lived('---++', text);
    const { sentence, evidence } = (await ask('GET', '/api/today')).body as Answer<'today'>;
    expect(Object.fromEntries(evidence.map(({ rule, side }) => [rule, side]))).toEqual({
      calm: 'for',
      down: 'against',
    });
    expect(sentence).toContain('; 1 of 2 signs confirms, 1 contradicts.');
  });

  it('says in one sentence what leads, who confirms it and who contradicts', async () => {
    const text = `${RISING}    severity: urgent
    evidence: [up, down]
  - id: up
    title: B is up
    when: ret(B) > 0
  - id: down
    title: B is down
    when: ret(B) < 0
`;
    const { service, ask } = await lived('---++', text);
    const today = async () => (await ask('GET', '/api/today')).body as Answer<'today'>;
    const now = await today();
    expect(now.sentence).toBe(
      'A is rising (+1.00%); 1 of 2 signs confirms, 1 contradicts. 1 other rule fires too.',
    );
    expect(now.evidence.map(({ rule, side }) => [rule, side])).toEqual([
      ['up', 'for'],
      ['down', 'against'],
    ]);
    expect(now.data.asOf).toBe('2026-01-05');
    expect(now.alerts.map(({ kind, rule }) => [kind, rule])).toContainEqual(['fired', 'rising']);
    const ground = { records: service.records, market, calendar, now: service.now };
    for (const id of ['rising', 'up']) await setRuleState(ground, { id, state: 'disabled', expected: 1 });
    expect((await today()).sentence).toMatch(/^No rule is firing\./);
    await setRuleState(ground, { id: 'down', state: 'disabled', expected: 1 });
    expect((await today()).sentence).toBe('No rule is enabled, so nothing is watched.');
  });

  it('says of each sign once how far it is, in the words of what it counts', async () => {
    const text = `${RISING}    evidence: [several, members, signs, run, far]
  - id: several
    when: ret(B) < -50%
  - id: members
    when: count(U, ret(member) > 0) >= 3
  - id: signs
    when: votes(ret(A) > 0, ret(B) > 0, ret(B) < -50%, ret(A) < -50%) >= 3
  - id: run
    when: streak(ret(A) > 0) >= 7
  - id: far
    when: month() == 2
`;
    const { ask } = await lived('---++', text);
    const { evidence } = (await ask('GET', '/api/today')).body as Answer<'today'>;
    expect(Object.fromEntries(evidence.map(({ rule, text: said }) => [rule, said]))).toEqual({
      several: '+1.00%, 51.0 points above the threshold',
      members: '2 of 3 members',
      signs: '2 of 4 signs, 3 needed',
      run: '2 of 7 sessions',
      far: '1',
    });
  });

  it('says that no rule reads anything, where none does', async () => {
    const counts = { fresh: 0, carried: 0, stale: 0, missing: 0, held: 0, heldValues: 0 };
    const { ask } = await apiWorld({ health: async () => ({ session: '2026-01-06', inputs: [], counts }) });
    const { data } = (await ask('GET', '/api/today')).body as Answer<'today'>;
    expect(data.text).toBe('Data as of 6 Jan 2026: no enabled rule reads anything yet.');
  });
});
