import type { Connection } from '../../adapters/dynamodb/table.ts';
import { createDynamoAlerts } from '../../adapters/dynamodb/alerts.ts';
import { createDynamoObservations } from '../../adapters/dynamodb/observations.ts';
import { createDynamoRecords } from '../../adapters/dynamodb/records.ts';
import { memoryDelivery } from '../../adapters/memory/delivery.ts';
import { deliverHandler } from '../../lambdas/deliver.ts';
import { evaluateHandler } from '../../lambdas/evaluate.ts';
import { ingestHandler } from '../../lambdas/ingest.ts';
import type { Instruments } from '../../lambdas/instruments.ts';
import { watchdogHandler } from '../../lambdas/watchdog.ts';
import type { Instant, Session } from '../../shared/calendar/calendar.ts';
import { at, batchOf, calendar, market, RULES, session, storySource, type Story } from '../service/world.ts';

/** An instrument panel that remembers. */
export function panel(): Instruments & {
  readonly lines: string[];
  readonly warnings: string[];
  readonly figures: Map<string, number>;
} {
  const lines: string[] = [];
  const warnings: string[] = [];
  const figures = new Map<string, number>();
  return {
    lines,
    warnings,
    figures,
    line(level, { what, subject, why }) {
      (level === 'warn' ? warnings : lines).push(`${what} | ${subject} | ${why}`);
    },
    figure: (name, value) => void figures.set(name, (figures.get(name) ?? 0) + value),
  };
}

/** Closes that let the rule `ahead` fire on session 1 and end on session 2. */
const STORY: Story = [-2, -1, 0, 1, 2].flatMap((number) => [
  { series: 'A.close', session: number, value: [100, 100, 101, 102, 90][number + 2] ?? 0 },
  { series: 'B.close', session: number, value: 100 },
  { series: 'C.close', session: number, value: 100 },
]);

/** The handlers as the functions have them, over one table, with a clock that is set by hand. */
export async function serviceOver(connection: Connection) {
  const records = createDynamoRecords(connection);
  const alerts = createDynamoAlerts(connection);
  const observations = createDynamoObservations(connection);
  const announced: Session[] = [];
  const portions: (readonly string[])[] = [];
  const service = { now: at(-1, '18:00') };
  const clock = () => service.now;
  const delivery = memoryDelivery(clock);
  const told = panel();
  await observations.record(batchOf(STORY, session(-1), service.now), service.now);
  const common = { records, alerts, observations, market, calendar, clock };
  let runs = 0;
  return {
    ...common,
    told,
    announced,
    portions,
    delivery,
    wait(until: Instant) {
      service.now = until;
    },
    ingest: ingestHandler(
      {
        ground: { ...common, sources: [storySource(STORY)] },
        rules: [{ file: 'rules/all.yaml', text: RULES }],
        announcer: { released: async (one) => void announced.push(one) },
        upkeep: async () => {},
      },
      told,
    ),
    evaluate: evaluateHandler(
      { ground: common, queue: { put: async (made) => void portions.push(...made) } },
      told,
    ),
    deliver: deliverHandler(
      {
        ground: { ...common, publisher: delivery.publisher, pace: async () => {}, lease: 180_000 },
        owner: () => `run-${++runs}`,
      },
      told,
    ),
    watchdog: watchdogHandler({ ground: { records, alerts, calendar }, clock }, told),
  };
}
