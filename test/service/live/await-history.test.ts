import { describe, expect, it } from 'vitest';
import type { ObservationSource } from '../../../shared/ports/source.ts';
import { backfill } from '../../../shared/service/backfill.ts';
import { evaluateReleased } from '../../../shared/service/evaluate.ts';
import { ingestGaps, type IngestReport } from '../../../shared/service/ingest.ts';
import { at, calendar, market, openService, provider, session, type Service, type Story } from './evening.ts';

const REACH = { core: 1, members: 1 };

/** A year and more of three closes: A has not closed below the day before for all of it. */
const story: Story = Array.from({ length: 400 }, (_, index) => index - 390).flatMap((number) => [
  { series: 'A.close', session: number, value: 100 + (number + 400) / 100 },
  { series: 'B.close', session: number, value: 400 + ((number + 400) % 7) },
  { series: 'C.close', session: number, value: 50 + ((number + 400) % 5) },
]);

async function ingest(
  service: Service,
  sources: readonly ObservationSource[],
  number: number,
  time: string,
): Promise<IngestReport> {
  service.now = at(number, time);
  const ground = { ...grounds(service), sources, history: REACH };
  return await ingestGaps(ground);
}

function grounds(service: Service) {
  const { records, observations, alerts } = service;
  return { records, observations, alerts, market, calendar, clock: () => service.now };
}

async function fill(service: Service, sources: readonly ObservationSource[], steps: number) {
  return await backfill({ ...grounds(service), sources, reach: REACH }, { until: service.now + 1, steps });
}

const away = (name: string, rank: number): ObservationSource => ({
  ...provider(name, rank, story),
  fetch: async () => ({ batches: [], findings: [], failed: 'auth: the key is wrong' }),
});

describe('a session', () => {
  it('waits while history is being filled, and is judged once it is', async () => {
    const service = await openService([]);
    const sources = [provider('first', 1, story)];
    const first = await ingest(service, sources, 0, '17:20');
    expect(first.released).toEqual([]);
    expect(first.decisions.at(-1)).toMatchObject({
      what: 'not released',
      subject: session(0),
      why: expect.stringMatching(/^history is being filled, 0 of \d+ steps; waits for it until the end of /),
    });
    await fill(service, sources, 5);
    // Also when the evening is over, which releases what is merely incomplete.
    expect((await ingest(service, sources, 0, '24:20')).released).toEqual([]);
    await evaluateReleased(grounds(service));
    expect(await service.told()).toEqual([]);
    expect(await fill(service, sources, 1000)).toMatchObject({ state: 'done' });
    expect((await ingest(service, sources, 0, '32:30')).released).toEqual([session(0)]);
  });

  it('waits until the end of the third session after the plan at most', async () => {
    const service = await openService([]);
    const sources = [provider('first', 1, story)];
    for (const number of [0, 1, 2, 3]) {
      expect((await ingest(service, sources, number, '17:20')).released).toEqual([]);
    }
    const report = await ingest(service, sources, 3, '24:20');
    expect(report.released).toEqual([0, 1, 2, 3].map(session));
  });

  it('does not wait for a source that cannot begin, where another one has all', async () => {
    const service = await openService([]);
    const sources = [away('first', 1), provider('second', 2, story)];
    expect((await ingest(service, sources, 0, '17:20')).released).toEqual([]);
    expect(await fill(service, sources, 1000)).toMatchObject({ state: 'waiting' });
    expect((await ingest(service, sources, 0, '18:30')).released).toEqual([session(0)]);
  });

  it('waits for one that failed in the middle, for it has left a hole', async () => {
    const service = await openService([]);
    const whole = provider('first', 1, story);
    await ingest(service, [whole], 0, '17:20');
    await fill(service, [whole], 4);
    const sources = [away('first', 1), provider('second', 2, [])];
    await fill(service, sources, 1000);
    expect((await ingest(service, sources, 0, '18:30')).released).toEqual([]);
  });

  it('waits for nothing where nobody fills history', async () => {
    const service = await openService([]);
    const own = [{ ...provider('first', 1, story), terms: { rank: 1, settleMinutes: 20, history: null } }];
    expect((await ingest(service, own, 0, '17:20')).released).toEqual([session(0)]);
  });
});
