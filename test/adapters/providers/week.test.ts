import { afterAll, beforeAll, expect, it } from 'vitest';
import { readAccess } from '../../../adapters/providers/access.ts';
import type { ProviderName } from '../../../adapters/providers/answer.ts';
import { providerSources } from '../../../adapters/providers/sources/sources.ts';
import type { Session } from '../../../shared/calendar/calendar.ts';
import { dayOf } from '../../../shared/calendar/date.ts';
import { layOutDays } from '../../../shared/series/days.ts';
import { parseMarket } from '../../../shared/series/parse-market.ts';
import { growRows } from '../../../shared/series/rows.ts';
import { deployRules } from '../../../shared/service/edit-rules.ts';
import { evaluateReleased } from '../../../shared/service/evaluate.ts';
import { ingestGaps } from '../../../shared/service/ingest.ts';
import { instantOn } from '../../../shared/service/progress.ts';
import type { Fault } from '../../replicas/faults.ts';
import { type Replicas, startReplicas } from '../../replicas/server.ts';
import { smallWorld } from '../../replicas/small-world.ts';
import { allAlerts, memoryStores } from '../../service/world.ts';

const MARKET = `instruments:
  IWM: { name: small }
  SPY: { name: large }
  AMZN: { name: splits on Wednesday }
  FED: { name: rate, fields: { target_upper: { kind: level, unit: percent, stale_after: 400 }, target_lower: { kind: level, unit: percent, stale_after: 400 } } }
`;
const RULES = `rules:
  - id: lead
    when: streak(ret(IWM) >= ret(SPY)) >= 1
    outcome: [ret(IWM)]
  - id: shop
    when: ret(AMZN) > 0
  - id: easy
    when: change(FED.target_upper) < 0
`;
const WEEK = ['2026-01-26', '2026-01-27', '2026-01-28', '2026-01-29', '2026-01-30'];
/** A run of the early evening, a late one, and the one of the morning, in minutes after midnight New York. */
const RUNS = [17 * 60 + 20, 20 * 60 + 20, 32 * 60 + 30];

const CLOSED = instantOn('2026-01-23', 18 * 60);
let now = CLOSED;
const world = smallWorld(() => now);
const { calendar } = world;
const days = layOutDays(calendar);
const parsed = parseMarket(MARKET, 'market.yaml');
if (!parsed.ok) throw new Error('the market of this test does not parse');
const market = parsed.value;
let replicas: Replicas;

beforeAll(async () => {
  replicas = await startReplicas(world);
});
afterAll(() => replicas.end());

/** What is left of a week: stored values and alerts, whoever they are from. */
interface Left {
  readonly stored: readonly string[];
  readonly alerts: readonly string[];
  /** Who was ever believed. */
  readonly findings: readonly string[];
}

function history(): ReturnType<typeof rowsOf>[] {
  return ['IWM', 'SPY', 'AMZN'].map((symbol) => rowsOf(symbol, calendar.range('2025-12-01', '2026-01-23')));
}

function rowsOf(instrument: string, sessions: readonly Session[]) {
  const rows = growRows();
  for (const session of sessions)
    rows.append(dayOf(session), world.close(instrument, session) ?? 0, Number.NaN);
  return { instrument, field: 'close', rows };
}

/** Lives through the week with providers failing in one way each. */
async function live(faults: Partial<Record<ProviderName, Fault>>): Promise<Left> {
  now = CLOSED;
  for (const provider of [
    'alpaca',
    'tiingo',
    'yahoo',
    'massive',
    'fred',
    'fredgraph',
    'nyfed',
    'ssga',
  ] as const) {
    replicas.fail(provider, faults[provider] ?? null);
  }
  const { records, alerts, observations } = memoryStores();
  const clock = () => now;
  // All history of the rate was told long ago.
  await records.write('rates/fredgraph', '{}', 0);
  await observations.record({ series: history(), memberships: [], source: 'csv' }, now);
  const deployed = await deployRules({ records, market, calendar, now }, [
    { file: 'rules.yaml', text: RULES },
  ]);
  if (deployed.kind === 'refused') throw new Error(JSON.stringify(deployed.findings));
  const line = {
    records,
    clock,
    chance: () => 0.5,
    pause: async (milliseconds: number) => {
      now += milliseconds;
    },
  };
  const sources = providerSources({ line, access: readAccess(replicas.environment), calendar, market });
  const findings: string[] = [];
  for (const session of WEEK) {
    for (const minute of RUNS) {
      now = Math.max(now, instantOn(session, minute));
      const report = await ingestGaps({ records, observations, sources, market, calendar, clock });
      findings.push(...report.findings.map(({ what, subject, why }) => `${what} ${subject}: ${why}`));
      await evaluateReleased({ records, alerts, observations, market, calendar, clock });
    }
  }
  const names = ['IWM.close', 'SPY.close', 'AMZN.close', 'AMZN.split', 'FED.target_upper'];
  const { series } = await observations.load({ series: names.map((id) => ({ id, from: '2026-01-26' })) });
  const stored = series.flatMap(({ instrument, field, rows }) =>
    Array.from(
      { length: rows.length },
      (_, at) => `${instrument}.${field} ${days.date(rows.day(at))} ${rows.value(at)}`,
    ),
  );
  const told = (await allAlerts(alerts)).map(({ id, value }) => `${id} ${value}`);
  return { stored: stored.toSorted(), alerts: told.toSorted(), findings };
}

/** Silence and slowness are left to the client's own tests: they cost time on every try. */
const KNOWN: readonly Fault[] = [
  'reset',
  'truncate',
  'unavailable',
  'wall',
  'redirect away',
  'throttle',
  { error: 'a wrong key' },
];

it('ends in the same closes and alerts whichever provider fails, in whichever way', async () => {
  const whole = await live({});
  expect(whole.stored.filter((line) => line.startsWith('IWM.close'))).toEqual(
    WEEK.map((session) => `IWM.close ${session} ${world.close('IWM', session)}`),
  );
  expect(whole.stored).toContain('AMZN.split 2026-01-28 20');
  expect(whole.alerts.length).toBeGreaterThan(1);
  for (const fault of KNOWN) {
    const { stored, alerts } = await live({ alpaca: fault, fred: fault });
    expect({ fault, stored, alerts }).toEqual({ fault, stored: whole.stored, alerts: whole.alerts });
  }
  const { stored, alerts } = await live({
    tiingo: 'wall',
    yahoo: 'wall',
    massive: 'wall',
    nyfed: 'wall',
    ssga: 'wall',
  });
  expect({ stored, alerts }).toEqual({ stored: whole.stored, alerts: whole.alerts });
});

it('stores nothing and stays silent about what it does not know where everybody fails', async () => {
  const wall = 'wall' as const;
  const everybody = { alpaca: wall, tiingo: wall, yahoo: wall, massive: wall, fred: wall, fredgraph: wall };
  const { stored, findings } = await live({ ...everybody, nyfed: wall, ssga: wall });
  expect(stored).toEqual([]);
  expect(findings.some((finding) => finding.startsWith('released incomplete'))).toBe(true);
});
