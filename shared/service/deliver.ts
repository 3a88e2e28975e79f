import type { Instant, Session } from '../calendar/calendar.ts';
import type { AlertRecord, AlertStore } from '../ports/records.ts';
import {
  addBatch,
  batchOf,
  noteClosed,
  noteOpen,
  openDeliveries,
  readPlan,
  type StoredPlan,
} from './delivery-plan.ts';
import { DEADLINE, type DeliverGround, type DeliverRun } from './deliver-run.ts';
import { instantOn, type Progress, readProgress } from './progress.ts';
import { publishBatch } from './publish.ts';
import { openProtocol, type RunReport, textOf } from './report.ts';
import { listRules } from './rule-book.ts';
import { listSilences } from './silences.ts';
import { withhold } from './withhold.ts';

const AT_ONCE = 1000;
const TRIES = 5;

/**
 * Sends what is due, oldest session first: dedup, silence, digest, claim, publish, settle (decision 3). A session's
 * alerts go out once it is evaluated, so that they are known together, or at its deadline. What fails for now is left
 * to its lease; a session that fails stops no other. Throws where nothing can be read.
 */
export async function deliverDue(ground: DeliverGround): Promise<RunReport> {
  const now = ground.clock();
  const protocol = openProtocol('deliver', now);
  const silences = await listSilences(ground.records);
  const progress = await readProgress(ground.records);
  let rules: ReturnType<typeof listRules> | null = null;
  const run: DeliverRun = {
    ...{ ground, protocol, silences },
    rules: () => {
      rules ??= listRules(ground.records);
      return rules;
    },
  };
  const seen = new Set<Session>();
  for (;;) {
    const sessions = (await dueSessions(ground)).filter((session) => !seen.has(session));
    if (sessions.length === 0) break;
    for (const session of sessions) {
      seen.add(session);
      if (isFinal(run, progress, session)) await deliverSession(run, session);
      else protocol.decide('waits', session, 'it is not evaluated yet, and more may come');
    }
  }
  return protocol.report();
}

async function dueSessions({ alerts, records, clock }: DeliverGround): Promise<readonly Session[]> {
  const due = await alerts.due(clock(), AT_ONCE);
  const open = await openDeliveries(records);
  return [...new Set([...due.map(({ alert }) => alert.session), ...open])].toSorted();
}

/** Whether a session's alerts are all there, or are waited for no longer. */
function isFinal({ ground }: DeliverRun, progress: Progress | null, session: Session): boolean {
  if (progress !== null && session <= progress.evaluated) return true;
  return ground.clock() >= instantOn(session, ground.deadlineMinute ?? DEADLINE);
}

async function deliverSession(run: DeliverRun, session: Session): Promise<void> {
  try {
    const stored = await planSession(run, session);
    if (stored === null) return;
    let open = false;
    for (const batch of stored.plan.batches) {
      const done = await publishBatch(run, session, batch);
      open ||= !done;
    }
    if (!open && stored.plan.batches.length > 0) await noteClosed(run.ground.records, session);
  } catch (error) {
    run.protocol.find('delivery failed', session, `left to the next run: ${textOf(error)}`);
    run.protocol.count('failedSessions');
  }
}

/** Withholds what is not to be sent and fixes how the rest goes out; null where others planned all the time. */
async function planSession(run: DeliverRun, session: Session): Promise<StoredPlan | null> {
  const { records } = run.ground;
  for (let tried = 0; tried < TRIES; tried += 1) {
    // The plan first: an alert planned and sent after this is seen as sent below.
    const stored = await readPlan(records, session);
    const planned = new Set(stored.plan.batches.flatMap(({ ids }) => ids));
    const fresh = (await alertsOf(run.ground.alerts, session)).filter(
      ({ alert, delivery }) => !planned.has(alert.id) && isFree(delivery, run.ground.clock()),
    );
    const sendable = await withhold(run, fresh);
    if (sendable.length === 0) return stored;
    await noteOpen(records, session);
    const batch = batchOf(stored.plan, sendable);
    const written = await addBatch(records, stored, batch);
    if (written === null) continue;
    run.protocol.decide('planned', session, `${batch.ids.length} alerts as ${batch.form}`);
    return written;
  }
  run.protocol.decide('not planned', session, 'other runs planned all the time');
  return null;
}

function isFree(delivery: AlertRecord['delivery'], now: Instant): boolean {
  return delivery.kind === 'unsent' || (delivery.kind === 'claimed' && delivery.until < now);
}

/** Every alert of a session. */
async function alertsOf(alerts: AlertStore, session: Session): Promise<readonly AlertRecord[]> {
  const found: AlertRecord[] = [];
  let cursor: string | null = null;
  do {
    const page: Awaited<ReturnType<AlertStore['page']>> = await alerts.page({
      from: session,
      to: session,
      limit: AT_ONCE,
      cursor,
    });
    found.push(...page.records);
    cursor = page.cursor;
  } while (cursor !== null);
  return found;
}
