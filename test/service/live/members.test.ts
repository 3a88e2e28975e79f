import { describe, expect, it } from 'vitest';
import { deployRules } from '../../../shared/service/edit-rules.ts';
import { dataHealth } from '../../../shared/service/data-health.ts';
import { backfill } from '../../../shared/service/backfill.ts';
import { marketOf } from '../../support/archive-of.ts';
import {
  at,
  calendar,
  ingestAt,
  openService,
  provider,
  session,
  type Service,
  type Story,
} from './evening.ts';

const NAMES = Array.from({ length: 20 }, (_, index) => `S${String(index).padStart(2, '0')}`);
const market = marketOf([], {
  universes: new Map([['M', { id: 'M', name: 'members', members: null, coverage: 0.95 }]]),
});
const RULES = 'rules:\n  - id: broad\n    when: share(M, ret(member) > 0) >= 60%\n';
const story: Story = NAMES.flatMap((name, index) =>
  [-3, -2, -1, 0, 1, 2].map((number) => ({
    series: `${name}.close`,
    session: number,
    value: 50 + index + number / 10,
  })),
);

/** A service whose universe has the first nineteen names since session -3. */
async function begun(): Promise<Service> {
  const service = await openService([], 'rules: []\n');
  const memberships = NAMES.slice(0, 19).map((instrument) => {
    return { universe: 'M', instrument, from: session(-3), to: null };
  });
  await service.observations.record({ series: [], memberships, source: 'test' }, service.now);
  const { records } = service;
  await deployRules({ records, market, calendar, now: service.now }, [{ file: 'rules.yaml', text: RULES }]);
  return service;
}

const lists = (names: readonly string[], asOf: string) => () => [{ universe: 'M', asOf, instruments: names }];

describe('members of a universe', () => {
  it('that a list adds are asked for from the next run on, and their history is filled', async () => {
    const service = await begun();
    const source = provider('first', 1, story, undefined, lists(NAMES, session(1)));
    await ingestAt(service, [source], at(0, '17:20'), market);
    expect(source.asked[0]?.needs[0]?.series).toHaveLength(19);
    const next = await ingestAt(service, [source], at(1, '17:20'), market);
    expect(next.released).toEqual([session(1)]);
    expect(source.asked[1]?.needs.at(-1)?.series).toContain('S19.close');
    const { observations, records } = service;
    const ground = { records, observations, sources: [source], market, calendar, clock: () => service.now };
    const report = await backfill(
      { ...ground, reach: { core: 1, members: 1 } },
      { until: service.now + 1, steps: 1000 },
    );
    expect(report.state).toBe('done');
    const { series } = await observations.load({ series: [{ id: 'S19.close', from: session(-3) }] });
    expect(series[0]?.rows.length).toBe(5);
  });

  it('fewer than its coverage keep a session back, and the health of the data says so', async () => {
    const service = await begun();
    const gap = story.filter(
      ({ series, session: of }) => of < 0 || (series !== 'S00.close' && series !== 'S01.close'),
    );
    const report = await ingestAt(service, [provider('first', 1, gap)], at(0, '17:20'), market);
    expect(report.released).toEqual([]);
    expect(report.decisions.at(-1)?.why).toBe('not complete: M has 17 of 19 members, fewer than 95%');
    const { records, observations, now } = service;
    const { inputs } = await dataHealth({ records, observations, market, calendar, now });
    expect(inputs).toMatchObject([
      { input: 'M', status: 'missing', coverage: { have: 17, of: 19 }, needed: 0.95 },
    ]);
    expect(inputs[0]?.finding).toContain('so nothing is said about it');
  });
});
