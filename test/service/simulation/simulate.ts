import { createHash } from 'node:crypto';
import type { Connection } from '../../../adapters/dynamodb/table.ts';
import { createPace } from '../../../shared/service/pace.ts';
import { deliverDue } from '../../../shared/service/deliver.ts';
import { evaluateReleased } from '../../../shared/service/evaluate.ts';
import { ingestGaps } from '../../../shared/service/ingest.ts';
import { silence } from '../../../shared/service/silences.ts';
import { openContext } from '../../../shared/workflows/evaluation-context.ts';
import { type Chance, chanceOf, storyOf } from '../story.ts';
import {
  allAlerts,
  at,
  calendar,
  LEASE,
  market,
  memoryStores,
  openService,
  type Ports,
  rememberingLoader,
  session,
  type Service,
  type Story,
  storySource,
} from '../world.ts';
import { dynamoStores, gatedAdapters } from './adapters.ts';
import { type Coverage, createFaults, type FaultPlan } from './faults.ts';
import { judge } from './judge.ts';
import { keepLedger, type Ledger } from './ledger.ts';
import { gatedPorts, siteByCall, type SiteOf } from './ports.ts';
import { type Arrival, createScheduler, type Scheduler, type SimulatedRun, TIMEOUT } from './scheduler.ts';

/** What one schedule came to. */
export interface Simulated {
  readonly seed: number;
  readonly trace: readonly string[];
  /** A hash of the trace: two runs of a seed have the same. */
  readonly hash: string;
  readonly coverage: Coverage;
  /** What broke a promise; none where all is well. */
  readonly problems: readonly string[];
  readonly alerts: number;
  readonly secondPublishes: number;
  readonly runs: number;
}

const TIMES = ['17:20', '18:30', '20:20', '24:20', '32:30'] as const;
const KINDS = ['ingest', 'evaluate', 'deliver'] as const;
type Kind = (typeof KINDS)[number];

const load = rememberingLoader();

/** What a schedule is run with, beside its seed. */
export interface SimulationOptions {
  readonly target?: FaultPlan['target'];
  readonly siteOf?: SiteOf;
  /** An empty table for the real adapters; without it the stores are in memory. */
  readonly table?: Connection;
}

/** Runs one random schedule over the real workflows and judges how it ended. Everything comes from the seed. */
export async function simulate(
  seed: number,
  { target = null, siteOf = siteByCall, table }: SimulationOptions = {},
): Promise<Simulated> {
  const chance = chanceOf(seed);
  const sessions = 3 + Math.floor(chance() * 4);
  const story = storyOf(chance, sessions);
  const silent = chance() < 0.4 ? Math.floor(chance() * sessions) : null;
  const expected = await faultless(story, sessions, silent);
  const service = await opened(story, silent, table === undefined ? memoryStores() : dynamoStores(table));
  const rate = chance() < 0.3 ? 0 : chance() * 0.08;
  const scheduler = createScheduler({
    now: at(0, '09:00'),
    chance,
    faultAt: createFaults({ rate, target }, chance),
  });
  const watch = { now: scheduler.now };
  const ledger = keepLedger(service, () => watch.now());
  const brokenUntil = chance() < 0.3 ? at(Math.floor(chance() * sessions), '19:00') : 0;
  const portsOf = (run: SimulatedRun): Ports =>
    table === undefined
      ? gatedPorts(ledger.ports, { scheduler, run, siteOf })
      : gatedAdapters(table, { scheduler, run, siteOf }, ledger);
  const stage = { scheduler, portsOf, story, brokenUntil };
  const arrivals = scheduleOf(sessions, chance).map(
    ({ at: when, kind }): Arrival => ({ at: when, begin: () => begin(kind, stage) }),
  );
  await scheduler.drive(arrivals);
  await heal({ ledger, story, watch, sessions });
  const verdict = await judge({ ledger, expected, lease: LEASE, timeout: TIMEOUT });
  return {
    seed,
    trace: scheduler.trace,
    hash: createHash('sha256').update(scheduler.trace.join('\n')).digest('hex').slice(0, 16),
    coverage: scheduler.coverage,
    problems: verdict.problems,
    alerts: expected.alerts.length,
    secondPublishes: verdict.secondPublishes,
    runs: arrivals.length,
  };
}

async function opened(
  story: Story,
  silent: number | null,
  stores: Omit<Ports, 'publisher'>,
): Promise<Service> {
  const service = await openService(story, undefined, load, stores);
  if (silent !== null) {
    await silence(
      { records: service.records, calendar, now: service.now },
      { rule: 'broad', until: session(silent), why: 'known' },
    );
  }
  return service;
}

/** What a service tells that nothing ever goes wrong with. */
export interface Expected {
  readonly alerts: Awaited<ReturnType<typeof allAlerts>>;
  /** Ids that a silence keeps back. */
  readonly silenced: ReadonlySet<string>;
}

async function faultless(story: Story, sessions: number, silent: number | null): Promise<Expected> {
  const service = await opened(story, silent, memoryStores());
  for (let number = 0; number < sessions; number += 1) {
    await service.run(at(number, '17:20'));
    await service.run(at(number, '24:20'));
  }
  const alerts = await allAlerts(service.alerts);
  const silenced = new Set<string>();
  for (const { id } of alerts) {
    const delivery = (await service.alerts.get(id))?.delivery;
    if (delivery?.kind === 'withheld' && delivery.reason === 'silence') silenced.add(id);
  }
  return { alerts, silenced };
}

interface Planned {
  readonly at: number;
  readonly kind: Kind;
}

/** Five evenings' worth of runs, missed, late, doubled, out of order and on top of each other. */
function scheduleOf(sessions: number, chance: Chance): readonly Planned[] {
  const planned: Planned[] = [];
  // Before the next session ends, of which the story knows nothing.
  const end = at(sessions - 1, '33:00');
  const missed = chance() * 0.6;
  for (let number = 0; number < sessions; number += 1) {
    for (const time of TIMES) {
      for (const [order, kind] of KINDS.entries()) {
        if (chance() < missed) continue;
        const late = chance() < 0.1 ? Math.floor(chance() * 72 * 3_600_000) : 0;
        const usual = at(number, time) + order * Math.floor(chance() * 60_000) + late;
        planned.push({ at: Math.min(usual, end), kind });
        while (chance() < 0.15)
          planned.push({ at: Math.min(usual, end) + Math.floor(chance() * 2_000), kind });
      }
    }
    if (chance() < 0.05)
      for (let copy = 0; copy < 8; copy += 1) planned.push({ at: at(number, '20:20'), kind: 'evaluate' });
  }
  return planned;
}

interface Stage {
  readonly scheduler: Scheduler;
  readonly portsOf: (run: SimulatedRun) => Ports;
  readonly story: Story;
  /** Until then one rule throws. */
  readonly brokenUntil: number;
}

function begin(kind: Kind, { scheduler, portsOf, story, brokenUntil }: Stage): void {
  scheduler.start(kind, async (run) => {
    const ground = { ...portsOf(run), market, calendar, clock: scheduler.now, load };
    switch (kind) {
      case 'ingest':
        return await ingestGaps({ ...ground, sources: [storySource(story)] });
      case 'evaluate':
        return await evaluateReleased({ ...ground, open: breaking(() => scheduler.now() < brokenUntil) });
      case 'deliver':
        return await deliverDue({
          ...ground,
          owner: run.name,
          lease: LEASE,
          pace: createPace({
            perSecond: 5,
            clock: scheduler.now,
            sleep: async () => await scheduler.gate(run, `${kind} pace`, async () => {}),
          }),
          stopAt: run.startedAt + TIMEOUT / 2,
        });
    }
  });
}

/** Opens rules of which one throws as long as it is broken. */
function breaking(isBroken: () => boolean): typeof openContext {
  return (snapshot, options) => {
    const context = openContext(snapshot, options);
    const view: typeof context.view = (rule) => {
      if (rule.id === 'falling' && isBroken()) throw new Error('broken for now');
      return context.view(rule);
    };
    return { ...context, view };
  };
}

/** What the next undisturbed evening does: every lease has run out. */
async function heal(after: {
  readonly ledger: Ledger;
  readonly story: Story;
  /** The clock of the ledger, which goes on with this one. */
  readonly watch: { now: () => number };
  readonly sessions: number;
}): Promise<void> {
  const { ledger, story, watch } = after;
  let now = Math.max(watch.now(), at(after.sessions - 1, '24:20')) + LEASE + 1;
  const clock = (): number => now;
  watch.now = clock;
  const ground = { ...ledger.ports, market, calendar, clock, load };
  // No session is finished beyond those of the story, or they would be incomplete.
  const last = calendar.close(session(after.sessions)) - 1;
  now = Math.min(now, last);
  for (let round = 0; round < 3; round += 1) {
    await ingestGaps({ ...ground, sources: [storySource(story)] });
    await evaluateReleased(ground);
    await deliverDue({ ...ground, owner: `heal-${round}`, lease: LEASE, pace: async () => {} });
    now += LEASE + 1;
  }
}
