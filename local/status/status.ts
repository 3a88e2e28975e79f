import { readOutboxLog } from '../../adapters/outbox/delivery.ts';
import { readMailLog } from '../../adapters/outbox/relay-letters.ts';
import type { Calendar, Instant, Session } from '../../shared/calendar/calendar.ts';
import type { AlertRecord, DeliveryState, RecordStore } from '../../shared/ports/records.ts';
import { listHeld } from '../../shared/service/held.ts';
import { type Progress, readProgress, readSession } from '../../shared/service/progress.ts';
import { type KeptRun, listRuns, type RunKind } from '../../shared/service/report.ts';
import { listSilences } from '../../shared/service/silences.ts';
import { maskAddress } from '../../shared/subscriptions/address.ts';
import type { Holding } from '../runtime/holding.ts';
import type { LocalStore } from '../runtime/local-store.ts';
import { type LogLine, readLog } from '../runtime/log.ts';
import type { InputsHealth } from '../../shared/workbench/health.ts';
import type { Readings } from './readings.ts';

/** Everything the status page says; instants as milliseconds, addresses masked. */
export interface Status {
  readonly version: string;
  /** Where the page is. */
  readonly address: string | null;
  /** What the sample says of itself; null on real data. */
  readonly sample: string | null;
  /** The clock of the service; on the sample it stands. */
  readonly now: Instant;
  /** The newest date stored; null where nothing is. */
  readonly dataAsOf: string | null;
  /** The last session that is over; null before the first. */
  readonly finished: Session | null;
  readonly progress: Progress | null;
  /** When it wakes next; null where its schedules rest. */
  readonly next: Instant | null;
  readonly readings: Readings;
  /** Which inputs of the rules are fresh, stale, missing or held, from whom, and how much of each universe is there. */
  readonly data: InputsHealth;
  /** The last alerts, newest first, and how many there are at most shown. */
  readonly alerts: readonly ShownAlert[];
  readonly runs: readonly (KeptRun & { readonly kind: RunKind })[];
  /** The last lines of the log, newest first: what was decided and why. */
  readonly decisions: readonly LogLine[];
  /** What the last sessions given to evaluation lacked, newest first. */
  readonly missing: readonly { readonly session: Session; readonly what: readonly string[] }[];
  readonly held: readonly HeldShown[];
  readonly silences: readonly { readonly rule: string; readonly last: Session; readonly why: string }[];
  readonly subscriptions: readonly SubscriptionShown[];
  readonly deliveries: Deliveries;
}

export interface ShownAlert {
  readonly id: string;
  readonly session: Session;
  readonly kind: string;
  readonly rule: string;
  readonly severity: string;
  readonly subject: string;
  readonly delivery: DeliveryState;
}

/** A value that waits for somebody to decide. */
export interface HeldShown {
  readonly id: string;
  readonly value: number;
  readonly reason: string;
  readonly detail: string;
}

export interface SubscriptionShown {
  readonly id: string;
  readonly address: string;
  readonly status: string;
  readonly severity: string;
  readonly form: string;
  readonly rules: readonly string[];
}

/** What became of messages. */
export interface Deliveries {
  readonly published: number;
  /** Publishes beyond the first of a key. */
  readonly second: number;
  readonly waiting: number;
  readonly failed: number;
  /** E-mails that the mail server refused for good. */
  readonly refused: number;
  /** The mail server that e-mails also go through; null where nothing leaves the machine. */
  readonly relay: string | null;
}

/** What a status is read from. */
export interface StatusGround {
  readonly store: LocalStore;
  readonly holding: Holding;
  readonly calendar: Calendar;
  readonly version: string;
  readonly address: () => string | null;
  readonly clock: () => Instant;
  readonly next: () => Instant | null;
  readonly readings: () => Promise<Readings>;
  readonly health: () => Promise<InputsHealth>;
}

const ALERTS = 20;
const RUNS = 4;
const DECISIONS = 40;
const SESSIONS = 3;
const KINDS: readonly RunKind[] = ['ingest', 'evaluate', 'deliver', 'watchdog'];
const EVER = { from: '1980-01-01', to: '2099-12-31', cursor: null } as const;

/** Reads how the service on this machine stands. */
export async function readStatus(ground: StatusGround): Promise<Status> {
  const { store, holding, version, clock, next } = ground;
  const { records, alerts, observations, place } = store;
  const stored = await observations.catalog();
  const last = stored.reduce((latest, one) => (one.last > latest ? one.last : latest), '');
  const progress = await readProgress(records);
  const { records: newest } = await alerts.page({ ...EVER, limit: ALERTS });
  const silences = await listSilences(records);
  return {
    version,
    address: ground.address(),
    sample: holding.kind === 'sample' ? holding.note : null,
    now: clock(),
    dataAsOf: last === '' ? null : last,
    finished: ground.calendar.lastFinished(clock()) ?? null,
    progress,
    next: next(),
    readings: await ground.readings(),
    data: await ground.health(),
    alerts: newest.map(shownAlert),
    runs: await lastRuns(records),
    decisions: readLog(place.folder, DECISIONS),
    missing: await missingOf(records, newest, progress),
    held: await heldOf(records),
    silences: silences.map(({ rule, last: until, why }) => ({ rule, last: until, why })),
    subscriptions: await subscriptionsOf(store),
    deliveries: await deliveriesOf(ground, newest),
  };
}

function shownAlert({ alert, message, delivery }: AlertRecord): ShownAlert {
  const { id, session, kind, rule, severity } = alert;
  return { id, session, kind, rule, severity, subject: message.subject, delivery };
}

async function lastRuns(records: RecordStore): Promise<Status['runs']> {
  const lists = await Promise.all(
    KINDS.map(async (kind) =>
      (await listRuns(records, kind)).slice(0, RUNS).map((run) => ({ kind, ...run })),
    ),
  );
  return lists.flat().toSorted((a, b) => b.at - a.at);
}

async function missingOf(
  records: RecordStore,
  newest: readonly AlertRecord[],
  progress: Progress | null,
): Promise<Status['missing']> {
  if (progress === null) return [];
  const sessions = new Set([progress.released, ...newest.map(({ alert }) => alert.session)]);
  const kept = await Promise.all(
    [...sessions].slice(0, SESSIONS).map((session) => readSession(records, session)),
  );
  return kept.flatMap((one) =>
    one === null || one.missing.length === 0 ? [] : [{ session: one.session, what: one.missing }],
  );
}

async function heldOf(records: RecordStore): Promise<readonly HeldShown[]> {
  const held = (await listHeld(records)).filter(({ state }) => state === 'held');
  return held.map(({ id, candidate, reason, detail }) => ({ id, value: candidate.value, reason, detail }));
}

async function subscriptionsOf({ subscriptions }: LocalStore): Promise<readonly SubscriptionShown[]> {
  return (await subscriptions.list()).map(({ id, channel, address, status, severity, form, rules }) => {
    return { id, address: maskAddress(channel, address), status, severity, form, rules };
  });
}

async function deliveriesOf(
  { store, clock }: StatusGround,
  newest: readonly AlertRecord[],
): Promise<Deliveries> {
  const publishes = await readOutboxLog(store.place.outbox);
  const keys = new Set(publishes.map(({ key }) => key));
  return {
    published: publishes.length,
    second: publishes.length - keys.size,
    waiting: (await store.alerts.due(clock(), ALERTS)).length,
    failed: newest.filter(({ delivery }) => delivery.kind === 'failed').length,
    refused: (await readMailLog(store.place.outbox)).filter(({ outcome }) => outcome === 'refused').length,
    relay: await store.relayName(),
  };
}
