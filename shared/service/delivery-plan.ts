import { planDigest } from '../alerts/message/digest.ts';
import type { Instant, Session } from '../calendar/calendar.ts';
import type { AlertRecord, RecordStore } from '../ports/records.ts';
import { changeJson, readJson, writeJson } from './json-record.ts';
import { deliveryName, OPEN_DELIVERIES } from './names.ts';

/** What became of a digest: as of an alert, with who holds the lease. */
export type DigestState =
  | { readonly kind: 'unsent' }
  | {
      readonly kind: 'claimed';
      readonly owner: string;
      readonly until: Instant;
      readonly attempts: number;
    }
  | {
      readonly kind: 'sent';
      readonly at: Instant;
      readonly publishId: string;
      readonly attempts: number;
    }
  | {
      readonly kind: 'failed';
      readonly at: Instant;
      readonly error: string;
      readonly attempts: number;
    };

/**
 * Alerts of one session that go out together. `digest`: one message instead of single ones, to everybody, urgent ones
 * alone besides; `single`: one message each, and one of all for those who asked for a digest.
 */
export interface Batch {
  readonly key: string;
  readonly form: 'single' | 'digest';
  readonly ids: readonly string[];
  readonly state: DigestState;
}

/** How the alerts of a session go out: fixed once, before the first of them does. */
export interface DeliveryPlan {
  readonly session: Session;
  readonly batches: readonly Batch[];
}

/** A plan as read; revision 0 where none is stored. */
export interface StoredPlan {
  readonly plan: DeliveryPlan;
  readonly revision: number;
}

/** Reads the plan of a session; an empty one where none is stored. */
export async function readPlan(records: RecordStore, session: Session): Promise<StoredPlan> {
  const stored = await readJson<DeliveryPlan>(records, deliveryName(session));
  return stored === null
    ? { plan: { session, batches: [] }, revision: 0 }
    : { plan: stored.value, revision: stored.revision };
}

/** The batch that alerts not planned before make; the first is all a session has, unless something came late. */
export function batchOf(plan: DeliveryPlan, sendable: readonly AlertRecord[]): Batch {
  const alerts = sendable.map(({ alert }) => alert).toSorted((a, b) => (a.id < b.id ? -1 : 1));
  const number = plan.batches.length + 1;
  return {
    key: number === 1 ? `digest/${plan.session}` : `digest/${plan.session}/${number}`,
    form: planDigest(alerts).digest === null ? 'single' : 'digest',
    ids: alerts.map(({ id }) => id),
    state: { kind: 'unsent' },
  };
}

/** Adds a batch to the plan that was read; null where somebody planned in between. */
export async function addBatch(
  records: RecordStore,
  stored: StoredPlan,
  batch: Batch,
): Promise<StoredPlan | null> {
  const plan = { ...stored.plan, batches: [...stored.plan.batches, batch] };
  const written = await writeJson(records, deliveryName(plan.session), plan, stored.revision);
  return written === 'written' ? { plan, revision: stored.revision + 1 } : null;
}

/** Changes the state of one batch; `change` returns null to leave it as it is. Returns the state that stands then. */
export async function changeBatch(
  records: RecordStore,
  at: { readonly session: Session; readonly key: string },
  change: (state: DigestState) => DigestState | null,
): Promise<DigestState | null> {
  const plan = await changeJson<DeliveryPlan>(records, deliveryName(at.session), (before) => {
    const batch = before?.batches.find(({ key }) => key === at.key);
    const state = batch === undefined ? null : change(batch.state);
    if (before === null || state === null) return null;
    return {
      ...before,
      batches: before.batches.map((one) => (one.key === at.key ? { ...one, state } : one)),
    };
  });
  return plan?.batches.find(({ key }) => key === at.key)?.state ?? null;
}

/** Sessions whose messages are not all out, oldest first. */
export async function openDeliveries(records: RecordStore): Promise<readonly Session[]> {
  return (await readJson<readonly Session[]>(records, OPEN_DELIVERIES))?.value ?? [];
}

/** Notes that a session has messages to send, before the first is planned: a digest is found again by nothing else. */
export async function noteOpen(records: RecordStore, session: Session): Promise<void> {
  await changeJson<readonly Session[]>(records, OPEN_DELIVERIES, (before) =>
    before?.includes(session) === true ? null : [...(before ?? []), session].toSorted(),
  );
}

/** Notes that everything of a session is out. */
export async function noteClosed(records: RecordStore, session: Session): Promise<void> {
  await changeJson<readonly Session[]>(records, OPEN_DELIVERIES, (before) =>
    before?.includes(session) === true ? before.filter((one) => one !== session) : null,
  );
}
