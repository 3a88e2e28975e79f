import { describe, expect, it } from 'vitest';
import { dayOf } from '../../shared/calendar/date.ts';
import type { ObservationSource, SourceRequest } from '../../shared/ports/source.ts';
import { growRows } from '../../shared/series/rows.ts';
import { ingestGaps } from '../../shared/service/ingest.ts';
import { observe } from '../../shared/service/observe.ts';
import { readProgress, readSession } from '../../shared/service/progress.ts';
import { missingOn, requiredBy } from '../../shared/service/required.ts';
import { rulesOf } from '../support/rules-of.ts';
import { archiveOf } from '../support/archive-of.ts';
import {
  at,
  calendar,
  market,
  openService,
  RULES,
  type Service,
  session,
  type Story,
  storySource,
} from './world.ts';
import { RISING, tell, walk } from './tell.ts';

async function ingest(service: Service, sources: readonly ObservationSource[]) {
  const { records, observations } = service;
  return await ingestGaps({ records, observations, sources, market, calendar, clock: () => service.now });
}

function recording(story: Story): ObservationSource & { asked: SourceRequest[]; acknowledged: number } {
  const source = storySource(story);
  const asked: SourceRequest[] = [];
  const own = {
    ...source,
    asked,
    acknowledged: 0,
    async fetch(request: SourceRequest) {
      asked.push(request);
      return await source.fetch(request);
    },
    async stored() {
      own.acknowledged += 1;
    },
  };
  return own;
}

const story = tell(-3, {
  'A.close': walk('---++++++'),
  'B.close': walk('---++++++'),
  'C.close': walk('---++++++'),
});

describe('a run of ingest', () => {
  it('asks for what sessions lack, oldest first, up to the last finished session', async () => {
    const service = await openService(story);
    service.now = at(2, '15:59');
    const source = recording(story);
    await ingest(service, [source]);
    const prices = ['A.close', 'B.close', 'C.close'];
    expect(source.asked.map(({ needs, last }) => [needs, last])).toEqual([
      [
        [
          { session: session(0), series: prices },
          { session: session(1), series: prices },
        ],
        session(1),
      ],
    ]);
    expect(source.acknowledged).toBe(1);
  });

  it('releases sessions that are complete enough, in order, each once', async () => {
    const service = await openService(story);
    service.now = at(1, '17:20');
    expect((await ingest(service, [storySource(story)])).released).toEqual([session(0), session(1)]);
    expect((await ingest(service, [storySource(story)])).released).toEqual([]);
    expect(await readSession(service.records, session(1))).toEqual({
      session: session(1),
      releasedAt: service.now,
      release: 'complete',
      missing: [],
      evaluatedAt: null,
    });
  });

  it('waits for a price that a rule names until the evening is over, then releases and says why', async () => {
    const gap = story.filter((told) => told.session !== 0 || told.series !== 'A.close');
    const service = await openService(gap);
    for (const time of ['17:20', '18:30', '20:20', '23:59']) {
      service.now = at(0, time);
      const report = await ingest(service, [storySource(gap)]);
      expect(report.released).toEqual([]);
      expect(report.decisions.at(-1)).toEqual({
        what: 'not released',
        subject: session(0),
        why: 'not complete: A.close is missing',
      });
    }
    service.now = at(0, '24:20');
    const last = await ingest(service, [storySource(gap)]);
    expect(last.released).toEqual([session(0)]);
    expect(last.findings.map(({ what }) => what)).toEqual(['released incomplete']);
    expect(await readSession(service.records, session(0))).toMatchObject({
      release: 'incomplete',
      missing: ['A.close is missing'],
    });
  });

  it('releases no session before an earlier one', async () => {
    const gap = story.filter((told) => told.session !== 0);
    const service = await openService(gap, RISING);
    service.now = at(0, '17:20');
    await ingest(service, [storySource(gap)]);
    // The next evening the first one is over: both are released.
    service.now = at(1, '17:20');
    expect((await ingest(service, [storySource(gap)])).released).toEqual([session(0), session(1)]);
    const weekend = await openService(gap, RISING);
    weekend.now = calendar.close(session(0)) + 1;
    expect((await ingest(weekend, [storySource(gap)])).released).toEqual([]);
    expect((await readProgress(weekend.records))?.released).toBe(session(-1));
  });

  it('needs of a universe no more than its coverage', async () => {
    const two = story.filter((told) => told.session < 0 || told.series !== 'C.close');
    const one = two.filter((told) => told.session < 0 || told.series !== 'B.close');
    const broad = 'rules:\n  - id: broad\n    when: share(U, ret(member) > 0) >= 60%\n';
    for (const [sparse, released] of [
      [two, [session(0)]],
      [one, []],
    ] as const) {
      const service = await openService(sparse, broad);
      service.now = at(0, '17:20');
      expect((await ingest(service, [storySource(sparse)])).released).toEqual(released);
    }
  });

  it('goes on where a source fails, and tells it', async () => {
    const service = await openService(story);
    service.now = at(0, '17:20');
    const broken: ObservationSource = {
      name: 'broken',
      fetch: async () => {
        throw new Error('no route to host');
      },
      stored: async () => {},
    };
    const report = await ingest(service, [broken, storySource(story)]);
    expect(report.released).toEqual([session(0)]);
    expect(report.findings).toEqual([{ what: 'source failed', subject: 'broken', why: 'no route to host' }]);
  });

  it('releases nothing where the store fails, so that no guess is evaluated', async () => {
    const service = await openService(story);
    service.now = at(0, '24:20');
    const observations = {
      ...service.observations,
      record: async () => {
        throw new Error('throttled');
      },
    };
    const failing = { ...service, observations };
    await expect(ingest(failing, [storySource(story)])).rejects.toThrow('throttled');
    expect((await readProgress(service.records))?.released).toBe(session(-1));
  });

  it('asks for released sessions that lack something a few sessions longer', async () => {
    const gap = story.filter((told) => told.session !== 0 || told.series !== 'A.close');
    const service = await openService(gap);
    service.now = at(0, '24:20');
    await ingest(service, [storySource(gap)]);
    service.now = at(1, '17:20');
    const source = recording(gap);
    await ingest(service, [source]);
    expect(source.asked[0]?.needs[0]).toEqual({ session: session(0), series: ['A.close'] });
  });
});

describe('what a session must have', () => {
  it('is prices read on the session, not under lag, no level, and the universes of today', () => {
    const stored = { market, memberships: [] };
    const required = requiredBy(
      rulesOf(
        'rules:\n  - id: a\n    when: A.close > lag(B.close, 1) and L.pe > 2 and count(U, ret(member) > 0) > 1\n',
        market,
      ),
      stored,
    );
    expect(required).toEqual({ prices: ['A.close'], universes: [{ universe: 'U', field: 'close' }] });
  });

  it('is said with its reasons', () => {
    const stored = { market, memberships: [] };
    const archive = archiveOf(market, session(0), { 'A.close': [1, null], 'B.close': [1, 1] });
    const required = requiredBy(rulesOf(RULES, market), stored);
    expect(missingOn(session(0), required, stored, archive)).toEqual({ series: ['C.close'], reasons: [] });
    expect(missingOn(session(1), required, stored, archive)).toEqual({
      series: ['A.close', 'C.close'],
      reasons: ['A.close is missing', 'U has 1 of 3 members, fewer than 60%'],
    });
  });
});

describe('a value entered by hand', () => {
  const value = { series: 'L.pe', date: session(0), value: 15.6, source: 'the yearbook' };

  it('is stored with its source, and revised by a second one', async () => {
    const service = await openService(story);
    const ground = { observations: service.observations, market, calendar, now: at(0, '18:00') };
    expect(await observe(ground, value)).toEqual({
      kind: 'stored',
      counts: { accepted: 1, revised: 0, unchanged: 0 },
    });
    expect(await observe(ground, { ...value, value: 16 })).toMatchObject({ counts: { revised: 1 } });
    const rows =
      (await service.observations.load({ series: [{ id: 'L.pe', from: session(0) }] })).series[0]?.rows ??
      growRows();
    expect([rows.length, rows.day(0), rows.value(0), rows.value(1)]).toEqual([
      2,
      dayOf(session(0)),
      15.6,
      16,
    ]);
  });

  it('is refused with the reason where an import would refuse it', async () => {
    const service = await openService(story);
    const ground = { observations: service.observations, market, calendar, now: at(0, '18:00') };
    for (const [change, reason] of [
      [{ series: 'L.eps' }, /not declared/],
      [{ value: Number.NaN }, /finite/],
      [{ date: '2026-02-30' }, /no date/],
      [{ source: ' ' }, /source/],
      [{ series: 'A.close', date: '2026-01-03' }, /no session/],
      [{ series: 'A.close', value: 0 }, /above 0/],
      [{ series: 'A.close', date: session(1) }, /not finished/],
    ] as const) {
      expect(await observe(ground, { ...value, ...change })).toEqual({
        kind: 'refused',
        reason: expect.stringMatching(reason),
      });
    }
  });
});
