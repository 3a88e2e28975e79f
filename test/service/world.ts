import { createMemoryAlerts } from '../../adapters/memory/alerts.ts';
import { memoryDelivery } from '../../adapters/memory/delivery.ts';
import { createMemoryObservations } from '../../adapters/memory/observations.ts';
import { createMemoryRecords } from '../../adapters/memory/records.ts';
import type { Alert } from '../../shared/alerts/alert.ts';
import type { Instant, Session } from '../../shared/calendar/calendar.ts';
import { dayOf } from '../../shared/calendar/date.ts';
import type { Publisher } from '../../shared/ports/delivery.ts';
import type { ObservationBatch, ObservationStore } from '../../shared/ports/observations.ts';
import type { AlertStore, RecordStore } from '../../shared/ports/records.ts';
import type { ObservationSource } from '../../shared/ports/source.ts';
import { type LoadedRules, loadRuleFiles, type RuleFile } from '../../shared/rules/load.ts';
import type { Market } from '../../shared/series/market.ts';
import { growRows } from '../../shared/series/rows.ts';
import { deliverDue } from '../../shared/service/deliver.ts';
import { deployRules } from '../../shared/service/edit-rules.ts';
import { evaluateReleased } from '../../shared/service/evaluate.ts';
import { ingestGaps } from '../../shared/service/ingest.ts';
import { instantOn } from '../../shared/service/progress.ts';
import type { RuleLoader } from '../../shared/service/rule-book.ts';
import { calendar, marketOf, priced, withField } from '../support/archive-of.ts';

export { calendar } from '../support/archive-of.ts';

/** The market of the service's tests: three funds, a level, a universe of which two of three are enough. */
export const market: Market = marketOf(
  [
    priced('A'),
    priced('B'),
    priced('C'),
    withField('L', 'pe', { kind: 'level', unit: 'multiple', staleAfter: 4 }),
  ],
  { universes: new Map([['U', { id: 'U', name: 'all three', members: ['A', 'B', 'C'], coverage: 0.6 }]]) },
);

export const RULES = `rules:
  - id: ahead
    when: streak(ret(A) > ret(B)) >= 2
    update: on record
    outcome: [ret(A), ret(A) - ret(B)]
    evidence: [broad, dear]
  - id: broad
    when: share(U, ret(member) > 0) >= 60%
    severity: urgent
    evidence: [ahead]
  - id: both
    when: firing("ahead") and firing("broad")
  - id: dear
    when: L.pe >= 3
    measure: L.pe
    threshold: 3
    direction: up
    update: every 2 sessions
  - id: falling
    when: ret(B) < 0
    hold: 2
    severity: info
`;

/** Session 0 of the tests: those before it are the history that the service finds. */
const ORIGIN = calendar.onOrAfter('2026-01-02');

/** The label of a session by its number; negative ones are history. */
export function session(number: number): Session {
  return calendar.sessions[ORIGIN + number] ?? '';
}

/** A minute of a session's evening in New York: `at(3, '17:20')`; hours past 24 are the next day's. */
export function at(number: number, time: string): Instant {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return instantOn(session(number), hours * 60 + minutes);
}

/** One value that the source has from the close of its date on, or from `known` on. */
export interface Told {
  readonly series: string;
  readonly session: number;
  readonly value: number;
  readonly known?: Instant;
}

/** Everything there is to know, in the order in which it is said. */
export type Story = readonly Told[];

/** Rows of a story up to a session, known by an instant, as one batch. */
export function batchOf(story: Story, last: Session, now: Instant): ObservationBatch {
  const rows = new Map<string, ReturnType<typeof growRows>>();
  for (const one of story) {
    const date = session(one.session);
    if (date > last || (one.known ?? 0) > now) continue;
    const own = rows.get(one.series) ?? growRows();
    own.append(dayOf(date), one.value, one.known ?? Number.NaN);
    rows.set(one.series, own);
  }
  const series = [...rows].map(([id, own]) => {
    const dot = id.lastIndexOf('.');
    return { instrument: id.slice(0, dot), field: id.slice(dot + 1), rows: own };
  });
  return { series, memberships: [], source: 'story' };
}

/** A source that says everything it knows, every time. */
export function storySource(story: Story): ObservationSource {
  return {
    name: 'story',
    fetch: async ({ last, now }) => ({ batches: [batchOf(story, last, now)], findings: [] }),
    stored: async () => {},
  };
}

/** Loads rules, and remembers what a text gave: the tests load the same ones thousands of times. */
export function rememberingLoader(): RuleLoader {
  const known = new Map<string, LoadedRules>();
  return (files: readonly RuleFile[], of: Market) => {
    const key = JSON.stringify(files);
    const loaded = known.get(key) ?? loadRuleFiles(files, of);
    known.set(key, loaded);
    return loaded;
  };
}

/** The stores of a service, which nothing goes wrong with. */
export interface Ports {
  readonly records: RecordStore;
  readonly alerts: AlertStore;
  readonly observations: ObservationStore;
  readonly publisher: Publisher;
}

/** A service in memory that goes wrong nowhere, moved by hand. */
export interface Service extends Ports {
  readonly delivery: ReturnType<typeof memoryDelivery>;
  now: Instant;
  ingest(): ReturnType<typeof ingestGaps>;
  evaluate(): ReturnType<typeof evaluateReleased>;
  deliver(): ReturnType<typeof deliverDue>;
  /** A whole run at an instant: ingest, evaluate, deliver. */
  run(now: Instant): Promise<void>;
  told(): Promise<readonly Alert[]>;
}

export const LEASE = 180_000;

/** Empty stores in memory. */
export function memoryStores(): Omit<Ports, 'publisher'> {
  return {
    records: createMemoryRecords(),
    alerts: createMemoryAlerts(),
    observations: createMemoryObservations(),
  };
}

/** Opens a service whose rules went live with session 0, with the story's history stored. */
export async function openService(
  story: Story,
  text = RULES,
  load = rememberingLoader(),
  { records, alerts, observations } = memoryStores(),
): Promise<Service> {
  let runs = 0;
  const service: Service = {
    records,
    alerts,
    observations,
    delivery: memoryDelivery(() => service.now),
    publisher: { publish: async (publication) => await service.delivery.publisher.publish(publication) },
    now: at(-1, '18:00'),
    ingest: async () =>
      await ingestGaps({
        records,
        observations,
        sources: [storySource(story)],
        market,
        calendar,
        clock: () => service.now,
        load,
      }),
    evaluate: async () =>
      await evaluateReleased({
        records,
        alerts,
        observations,
        market,
        calendar,
        clock: () => service.now,
        load,
      }),
    async deliver() {
      runs += 1;
      return await deliverDue({
        records,
        alerts,
        publisher: service.publisher,
        calendar,
        clock: () => service.now,
        pace: async () => {},
        owner: `run-${runs}`,
        lease: LEASE,
      });
    },
    async run(now) {
      service.now = now;
      await service.ingest();
      await service.evaluate();
      await service.deliver();
    },
    told: async () => await allAlerts(alerts),
  };
  await observations.record(batchOf(story, session(-1), service.now), service.now);
  const deployed = await deployRules({ records, market, calendar, now: service.now, load }, [
    { file: 'rules.yaml', text },
  ]);
  if (deployed.kind === 'refused') throw new Error(JSON.stringify(deployed.findings));
  return service;
}

/** Every alert, oldest first. */
export async function allAlerts(alerts: AlertStore): Promise<readonly Alert[]> {
  const found = await alerts.page({ from: '1980-01-01', to: '2027-12-31', limit: 10_000, cursor: null });
  return found.records.map(({ alert }) => alert).toReversed();
}
