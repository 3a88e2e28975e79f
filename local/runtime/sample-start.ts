import { createMemoryObservations } from '../../adapters/memory/observations.ts';
import type { Calendar, Instant, Session } from '../../shared/calendar/calendar.ts';
import { dayOf } from '../../shared/calendar/date.ts';
import type { WantedSubscription } from '../../shared/ports/delivery.ts';
import type { ObservationBatch } from '../../shared/ports/observations.ts';
import { withUndeclared } from '../../shared/series/declare.ts';
import type { Market } from '../../shared/series/market.ts';
import { growRows, type SeriesRows } from '../../shared/series/rows.ts';
import type { Sample } from '../sample/sample.ts';
import { eveningOf, type Holding, writeHolding } from './holding.ts';
import type { LocalStore } from './local-store.ts';
import { localService, type ServiceParts } from './service.ts';

/** Who reads the sample's messages: made-up people, so that the outbox shows what subscribers get. */
const READERS: readonly WantedSubscription[] = [
  { channel: 'email', address: 'reader@example.com', rules: ['*'], severity: 'info', form: 'single' },
  { channel: 'sms', address: '+12025550123', rules: ['small-cap-*'], severity: 'notice', form: 'single' },
];

/** What the first start on the sample needs. */
export interface SampleStart {
  readonly store: LocalStore;
  readonly sample: Sample;
  readonly note: string;
  /** Sessions that the service lives through. */
  readonly sessions: readonly Session[];
  readonly parts: Omit<
    ServiceParts,
    'observations' | 'sources' | 'clock' | 'records' | 'alerts' | 'publisher' | 'upkeep'
  >;
}

/**
 * Stores the sample and lets the service live through its last sessions, evening by evening, as if they came now. Every
 * step may be repeated, so that a start which is cut short is completed by the next one.
 */
export async function liveThroughSample(start: SampleStart): Promise<Holding> {
  const { store, note, sessions, parts } = start;
  const { calendar } = parts;
  const last = sessions.at(-1) ?? calendar.last;
  const evenings = sessions.map(eveningOf);
  const holding = { kind: 'sample', note, last, now: evenings.at(-1) ?? 0 } as const;
  await writeHolding(store.records, { ...holding, whole: false });
  const batch = sampleBatch(start.sample, parts.market, note);
  await store.observations.record(batch, holding.now);
  await subscribeReaders(store);
  // What was just stored is read from memory: ten evenings read it all ten times.
  const observations = createMemoryObservations();
  await observations.record(batch, holding.now);
  for (const evening of [before(sessions[0], calendar), ...evenings]) {
    const { records, alerts, publisher } = store;
    const ports = { observations, records, alerts, publisher, sources: [], upkeep: async () => {} };
    await localService({ ...parts, ...ports, clock: () => evening }).run();
  }
  const whole: Holding = { ...holding, whole: true };
  await writeHolding(store.records, whole);
  return whole;
}

/** The evening before the first session: rules saved then are live from it on. */
function before(first: Session | undefined, calendar: Calendar): Instant {
  const session = first === undefined ? undefined : calendar.previous(first);
  return eveningOf(session ?? calendar.first);
}

async function subscribeReaders({ subscriptions }: LocalStore): Promise<void> {
  for (const reader of READERS) {
    const outcome = await subscriptions.subscribe(reader);
    if (outcome.kind !== 'refused') await subscriptions.confirm(outcome.subscription.id);
  }
}

/** The sample as an import would say it; fields that the market does not declare are left out. */
export function sampleBatch(sample: Sample, market: Market, note: string): ObservationBatch {
  const declared = withUndeclared(
    market,
    sample.membership.map(({ symbol }) => symbol),
  );
  const series = sample.fields.flatMap(({ instrument, field, values }): SeriesRows[] => {
    if (declared.instruments.get(instrument)?.fields.has(field) !== true) return [];
    const rows = growRows();
    for (const [date, value] of values) rows.append(dayOf(date), value, Number.NaN);
    return [{ instrument, field, rows }];
  });
  const memberships = sample.membership.map(({ symbol, from, to }) => ({
    universe: 'SP500_MEMBERS',
    instrument: symbol,
    from,
    to,
  }));
  return { series, memberships, source: `sample: ${note}` };
}
