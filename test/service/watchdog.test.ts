import { describe, expect, it } from 'vitest';
import { keepRun, listRuns } from '../../shared/service/report.ts';
import { watchdog } from '../../shared/service/watchdog.ts';
import { at, calendar, LEASE, openService, type Service, session } from './world.ts';
import { RISING, tell, walk } from './tell.ts';

const story = tell(-3, { 'A.close': walk('---+-+-+-+-+') });

const watch = async (service: Service, now: number) =>
  await watchdog({ records: service.records, alerts: service.alerts, calendar, now });

describe('the watchdog', () => {
  it('finds nothing where every session was evaluated in time, also on closed days', async () => {
    const service = await openService(story, RISING);
    for (let number = 0; number < 6; number += 1) {
      await service.run(at(number, '17:20'));
      for (const time of ['17:30', '22:00', '36:00', '60:00', '87:00']) {
        if (at(number, time) >= at(number + 1, '22:00')) continue;
        const report = await watch(service, at(number, time));
        expect([session(number), time, report.overdue, report.findings]).toEqual([
          session(number),
          time,
          [],
          [],
        ]);
        expect(report.counts['overdue']).toBe(0);
      }
    }
  });

  it('raises a session that was not evaluated by 22:00 New York, and none before that', async () => {
    const service = await openService(story, RISING);
    await service.run(at(0, '17:20'));
    expect((await watch(service, at(1, '21:59'))).overdue).toEqual([]);
    expect((await watch(service, at(1, '22:00'))).overdue).toEqual([session(1)]);
    expect((await watch(service, at(2, '22:00'))).overdue).toEqual([session(1), session(2)]);
    // Session 0 is a Friday: on the days after the weekend nothing more is due than on its evening.
    const idle = await openService(story, RISING);
    expect((await watch(idle, at(0, '60:00'))).overdue).toEqual([session(0)]);
  });

  it('knows by the calendar alone that a service that never ran is late', async () => {
    const service = await openService(story, RISING);
    const progress = await service.records.read('progress');
    await service.records.remove('progress', progress?.revision ?? 0);
    expect((await watch(service, at(0, '21:59'))).overdue).toEqual([]);
    expect((await watch(service, at(1, '22:00'))).overdue).toEqual([session(0), session(1)]);
  });

  it('tells alerts that nobody sends, and those that can never be sent', async () => {
    const service = await openService(story, RISING);
    service.now = at(0, '17:20');
    await service.ingest();
    await service.evaluate();
    expect((await watch(service, at(0, '18:20'))).findings).toEqual([]);
    const stuck = await watch(service, at(0, '18:21'));
    expect(stuck.findings.map(({ what }) => what)).toEqual(['delivery stuck']);
    service.delivery.publisher.publish = async () => ({ kind: 'permanent', error: 'no such topic' });
    await service.deliver();
    const failed = await watch(service, at(0, '18:21'));
    expect(failed.findings.map(({ what, why }) => [what, why])).toEqual([
      ['never sent', 'no such topic'],
      ['never sent', 'no such topic'],
    ]);
  });

  it('tells what is claimed again and again and never sent, alerts and digests alike', async () => {
    const service = await openService(story, RISING);
    const { publisher } = service.delivery;
    const send = publisher.publish.bind(publisher);
    publisher.publish = async () => ({ kind: 'retryable', error: 'throttled' });
    await service.run(at(0, '17:20'));
    for (const time of ['17:30', '18:00', '18:30']) {
      service.now = at(0, time);
      await service.deliver();
    }
    // A lease runs that was taken a minute ago.
    const stuck = await watch(service, at(0, '18:31'));
    expect(stuck.findings.map(({ what, subject }) => [what, subject.split('/')[0]])).toEqual([
      ['delivery stuck', 'rising'],
      ['delivery stuck', 'digest'],
    ]);
    expect(stuck.counts['stuckAlerts']).toBe(2);
    publisher.publish = send;
    service.now = at(0, '18:40');
    await service.deliver();
    expect((await watch(service, at(0, '18:41'))).counts['stuckAlerts']).toBe(0);
  });

  it('warns sixty days before the calendar ends, and passes on what subscriptions lack', async () => {
    const service = await openService(story, RISING);
    const { records, alerts } = service;
    const near = await watchdog({ records, alerts, calendar, now: Date.parse('2027-11-02T12:00:00Z') });
    expect(near.findings.map(({ what }) => what)).toContain('calendar ends');
    const pending = { what: 'subscription pending', subject: 'a…@example.com', why: 'since two days' };
    const found = await watchdog({
      records,
      alerts,
      calendar,
      now: at(0, '12:00'),
      subscriptions: [pending],
    });
    expect(found.findings).toEqual([pending]);
  });
});

describe('the report of a run', () => {
  it('is kept, the newest first and no more than forty', async () => {
    const service = await openService(story, RISING);
    for (let run = 0; run < 45; run += 1) {
      const report = {
        kind: 'deliver',
        at: run,
        decisions: [],
        findings: [],
        counts: { sent: run },
      } as const;
      await keepRun(service.records, report, run + LEASE);
    }
    const runs = await listRuns(service.records, 'deliver');
    expect([runs.length, runs[0]?.at, runs.at(-1)?.at]).toEqual([40, 44, 5]);
    expect(await listRuns(service.records, 'ingest')).toEqual([]);
  });
});
