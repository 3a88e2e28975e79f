import { describe, expect, it } from 'vitest';
import { dayOf } from '../../shared/calendar/date.ts';
import type { Published } from '../../shared/ports/delivery.ts';
import { growRows } from '../../shared/series/rows.ts';
import { createPace } from '../../shared/service/pace.ts';
import { deliverDue } from '../../shared/service/deliver.ts';
import { liftSilence, listSilences, silence } from '../../shared/service/silences.ts';
import { at, calendar, LEASE, openService, type Service, session } from './world.ts';
import { RISING, tell, walk } from './tell.ts';

const many = (severities: readonly string[]) =>
  `rules:\n${severities
    .map((severity, index) => `  - id: rising-${index}\n    when: ret(A) > 0\n    severity: ${severity}\n`)
    .join('')}`;

const keys = (service: Service) =>
  service.delivery.published.map(({ publication }) => `${publication.key} ${publication.attributes.form}`);

const deliveries = async (service: Service) =>
  await Promise.all((await service.told()).map(async ({ id }) => (await service.alerts.get(id))?.delivery));

const silencing = (service: Service) => ({ records: service.records, calendar, now: service.now });

describe('the alerts of one session', () => {
  const story = tell(-3, { 'A.close': walk('---+-') });

  it('go out one by one up to three, and as one digest for those who asked for it', async () => {
    const service = await openService(story, many(['info', 'notice', 'urgent']));
    await service.run(at(0, '17:20'));
    const on = session(0);
    const single = [0, 1, 2].map((number) => `rising-${number}/rising-${number}@${on}/fired/${on} single`);
    expect(keys(service)).toEqual([...single, `digest/${on} digest`]);
  });

  it('go out as one digest from four on, the urgent one alone besides', async () => {
    const service = await openService(story, many(['info', 'notice', 'urgent', 'notice']));
    await service.run(at(0, '17:20'));
    const on = session(0);
    expect(keys(service)).toEqual([`rising-2/rising-2@${on}/fired/${on} single`, `digest/${on} both`]);
    const [, digest] = service.delivery.published;
    expect(digest?.publication.attributes).toMatchObject({
      rules: ['rising-0', 'rising-1', 'rising-2', 'rising-3'],
      severities: ['info', 'notice', 'urgent'],
    });
    expect((await deliveries(service)).map((one) => one?.kind)).toEqual([
      'withheld',
      'withheld',
      'sent',
      'withheld',
    ]);
    expect((await deliveries(service))[0]).toMatchObject({ reason: 'digest', detail: `digest/${on}` });
  });

  it('are sent once however often a delivery runs', async () => {
    const service = await openService(story, many(['info', 'notice', 'urgent', 'notice']));
    await service.run(at(0, '17:20'));
    const before = keys(service);
    for (const time of ['17:21', '18:30', '20:20']) await service.run(at(0, time));
    expect(keys(service)).toEqual(before);
  });

  it('wait until the session is evaluated, but not beyond its deadline', async () => {
    const service = await openService(story, many(['info']));
    service.now = at(0, '17:20');
    await service.ingest();
    await service.evaluate();
    const progress = await service.records.read('progress');
    const back = JSON.stringify({ ...JSON.parse(progress?.value ?? ''), evaluated: session(-1) });
    await service.records.write('progress', back, progress?.revision ?? 0);
    expect((await service.deliver()).decisions.map(({ what }) => what)).toEqual(['waits']);
    service.now = at(0, '21:59');
    await service.deliver();
    expect(keys(service)).toEqual([]);
    service.now = at(0, '22:00');
    await service.deliver();
    expect(keys(service)).toHaveLength(2);
  });
});

describe('a publish', () => {
  const story = tell(-3, { 'A.close': walk('---+-') });

  async function failing(answers: readonly (Published | Error)[]): Promise<Service & { tries: string[] }> {
    const service = await openService(story, RISING);
    const left = [...answers];
    const tries: string[] = [];
    const { publisher } = service.delivery;
    const send = publisher.publish.bind(publisher);
    service.delivery.publisher.publish = async (publication) => {
      tries.push(publication.key);
      const answer = left.shift();
      if (answer instanceof Error) throw answer;
      return answer ?? (await send(publication));
    };
    return Object.assign(service, { tries });
  }

  it('that fails for now is tried again once its lease is over, never before, and counted', async () => {
    const service = await failing([{ kind: 'retryable', error: 'throttled' }]);
    await service.run(at(0, '17:20'));
    const id = service.tries[0];
    service.now += LEASE;
    await service.deliver();
    expect(service.tries.filter((key) => key === id)).toHaveLength(1);
    service.now += 1;
    const report = await service.deliver();
    expect(service.tries.filter((key) => key === id)).toHaveLength(2);
    expect(report.counts).toMatchObject({ sent: 1, secondPublishes: 1 });
    expect((await deliveries(service))[0]).toMatchObject({ kind: 'sent', attempts: 2 });
  });

  it('that throws is as uncertain as one that fails for now', async () => {
    const service = await failing([new Error('socket hang up')]);
    await service.run(at(0, '17:20'));
    expect((await deliveries(service))[0]).toMatchObject({ kind: 'claimed', attempts: 1 });
  });

  it('that can never succeed is recorded as failed, told, and not tried again', async () => {
    const service = await failing([{ kind: 'permanent', error: 'no such topic' }]);
    service.now = at(0, '17:20');
    await service.ingest();
    await service.evaluate();
    const report = await service.deliver();
    expect(report.findings).toMatchObject([{ what: 'never sent', why: 'no such topic' }]);
    service.now += 2 * LEASE;
    await service.deliver();
    expect(service.tries).toHaveLength(2);
    expect((await deliveries(service))[0]).toMatchObject({ kind: 'failed', error: 'no such topic' });
  });

  it('of an episode’s end is not made where the one of its beginning never succeeded', async () => {
    const refused = { kind: 'permanent', error: 'no such topic' } as const;
    const service = await failing([refused, refused]);
    await service.run(at(0, '17:20'));
    await service.run(at(1, '17:20'));
    expect((await deliveries(service)).map((one) => one?.kind)).toEqual(['failed', 'withheld']);
    expect((await deliveries(service))[1]).toMatchObject({ detail: 'nobody was told that it fired' });
  });

  it('of a digest that can never succeed leaves its alerts to go alone', async () => {
    const service = await openService(story, many(['info', 'notice', 'info', 'notice']));
    const { publisher } = service.delivery;
    const send = publisher.publish.bind(publisher);
    service.delivery.publisher.publish = async (publication) =>
      publication.key.startsWith('digest/')
        ? { kind: 'permanent', error: 'too long' }
        : await send(publication);
    await service.run(at(0, '17:20'));
    await service.deliver();
    expect(keys(service)).toHaveLength(4);
    expect((await deliveries(service)).every((one) => one?.kind === 'sent')).toBe(true);
  });

  it('waits for its turn: no more than five a second', async () => {
    let now = 0;
    const sleeps: number[] = [];
    const pace = createPace({
      perSecond: 5,
      clock: () => now,
      sleep: async (milliseconds) => {
        sleeps.push(milliseconds);
        now += milliseconds;
      },
    });
    for (let turn = 0; turn < 11; turn += 1) await pace();
    expect(now).toBe(2000);
    expect(sleeps).toEqual(Array(10).fill(200));
    now += 1000;
    await pace();
    expect(now).toBe(3000);
  });

  it('is not begun where the run has no time left', async () => {
    const service = await openService(story, RISING);
    service.now = at(0, '17:20');
    await service.ingest();
    await service.evaluate();
    const report = await deliverDue({
      ...service,
      calendar,
      clock: () => service.now,
      pace: async () => {},
      owner: 'late',
      lease: LEASE,
      stopAt: service.now,
    });
    expect(report.counts['leftForTime']).toBe(2);
    expect(keys(service)).toEqual([]);
    await service.deliver();
    expect(keys(service)).toHaveLength(2);
  });
});

describe('a silence', () => {
  const story = tell(-3, { 'A.close': walk('---++++-+') });

  async function silenced(last: number): Promise<Service> {
    const service = await openService(story, RISING);
    const asked = await silence(silencing(service), {
      rule: 'rising',
      until: session(last),
      why: 'on holiday',
    });
    expect(asked.kind).toBe('silenced');
    return service;
  }

  const sent = async (service: Service) => {
    const told = await service.told();
    const states = await deliveries(service);
    return told.map(({ kind, session: on }, index) => {
      const state = states[index];
      return [kind, on, state?.kind === 'withheld' ? state.reason : state?.kind];
    });
  };

  it('keeps alerts from being sent, and its end says once that the rule still fires', async () => {
    const service = await silenced(1);
    for (const number of [0, 1, 2, 3]) await service.run(at(number, '17:20'));
    expect(await sent(service)).toEqual([
      ['fired', session(0), 'silence'],
      ['reminder', session(1), 'sent'],
    ]);
    await service.run(at(4, '17:20'));
    expect((await sent(service)).at(-1)).toEqual(['resolved', session(4), 'sent']);
  });

  it('covers the alerts of its last session and of none after it', async () => {
    const service = await silenced(0);
    await service.run(at(0, '17:20'));
    await service.run(at(4, '17:20'));
    expect(await sent(service)).toEqual([
      ['fired', session(0), 'silence'],
      ['reminder', session(0), 'sent'],
      ['resolved', session(4), 'sent'],
    ]);
  });

  it('withholds the end of an episode that nobody was told of', async () => {
    const service = await silenced(3);
    for (const number of [0, 1, 2, 3, 4, 5]) await service.run(at(number, '17:20'));
    expect(await sent(service)).toEqual([
      ['fired', session(0), 'silence'],
      ['reminder', session(3), 'sent'],
      ['resolved', session(4), 'sent'],
      ['fired', session(5), 'sent'],
    ]);
    const longer = await silenced(4);
    for (const number of [0, 1, 2, 3, 4, 5]) await longer.run(at(number, '17:20'));
    expect(await sent(longer)).toEqual([
      ['fired', session(0), 'silence'],
      ['resolved', session(4), 'silence'],
      ['fired', session(5), 'sent'],
    ]);
  });

  it('does not hold back a correction', async () => {
    const service = await silenced(5);
    await service.run(at(0, '17:20'));
    await service.run(at(1, '17:20'));
    const rows = growRows();
    rows.append(dayOf(session(0)), 90, Number.NaN);
    const series = [{ instrument: 'A', field: 'close', rows }];
    await service.observations.record({ series, memberships: [], source: 'manual' }, service.now);
    await service.run(at(2, '17:20'));
    expect((await sent(service)).find(([kind]) => kind === 'correction')).toEqual([
      'correction',
      session(2),
      'sent',
    ]);
  });

  it('that is lifted ends with the next session', async () => {
    const service = await silenced(4);
    await service.run(at(0, '17:20'));
    const [one] = await listSilences(service.records);
    expect(await liftSilence(silencing(service), one?.id ?? '')).toBe('lifted');
    expect(await liftSilence(silencing(service), one?.id ?? '')).toBe('ended');
    expect(await liftSilence(silencing(service), 'none')).toBe('unknown');
    await service.run(at(1, '17:20'));
    expect(await sent(service)).toEqual([
      ['fired', session(0), 'silence'],
      ['reminder', session(1), 'sent'],
    ]);
  });

  it('is refused for a time without a session to come', async () => {
    const service = await openService(story, RISING);
    service.now = at(0, '18:00');
    const ground = silencing(service);
    expect(await silence(ground, { rule: 'rising', until: session(0), why: 'w' })).toMatchObject({
      kind: 'refused',
    });
    expect(await silence(ground, { rule: 'rising', until: '2031-01-01', why: 'w' })).toMatchObject({
      kind: 'refused',
    });
  });
});
