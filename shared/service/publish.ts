import { renderDigest } from '../alerts/message/digest.ts';
import type { Session } from '../calendar/calendar.ts';
import type { MessageAttributes, Publication, Published } from '../ports/delivery.ts';
import type { AlertRecord } from '../ports/records.ts';
import { attributesOf } from '../subscriptions/attributes.ts';
import type { DeliverRun } from './deliver-run.ts';
import { type Batch, changeBatch, type DigestState } from './delivery-plan.ts';
import { textOf } from './report.ts';
import { settleWithheld } from './withhold.ts';

/**
 * Publishes a batch: single alerts, then the digest, then marks what the digest said. Returns whether all of it is
 * settled; what is not is left to its lease, or to the next run where this one's time is up.
 */
export async function publishBatch(run: DeliverRun, session: Session, batch: Batch): Promise<boolean> {
  const records: AlertRecord[] = [];
  for (const id of batch.ids) {
    const record = await run.ground.alerts.get(id);
    if (record !== null) records.push(record);
  }
  // A digest that can never be sent must not swallow its alerts.
  const alone = records.filter(
    ({ alert }) => batch.form === 'single' || batch.state.kind === 'failed' || alert.severity === 'urgent',
  );
  let done = true;
  for (const record of alone) done = (await publishAlone(run, record)) && done;
  const state = await publishDigest(run, session, { batch, records });
  if (state?.kind !== 'sent') return state?.kind === 'failed' && batch.state.kind === 'failed' && done;
  for (const record of records) {
    if (alone.includes(record) || isSettled(record)) continue;
    await settleWithheld(run, record, { reason: 'digest', detail: batch.key });
  }
  return done;
}

function isSettled({ delivery }: AlertRecord): boolean {
  return delivery.kind !== 'unsent' && delivery.kind !== 'claimed';
}

/** Claims, publishes and settles one alert. Returns whether it is settled. */
async function publishAlone(run: DeliverRun, record: AlertRecord): Promise<boolean> {
  const { ground, protocol } = run;
  const { alert, message } = record;
  if (isSettled(record)) return true;
  if (!(await mayGoOn(run))) return false;
  const now = ground.clock();
  const claim = await ground.alerts.claim(alert.id, { owner: ground.owner, now, until: now + ground.lease });
  if (claim.kind === 'taken') {
    protocol.decide('not sent', alert.id, 'another run has it, or it is settled');
    return false;
  }
  const { attempts } = claim;
  const attributes = attributesOf([alert], 'single');
  const published = await publish(run, { key: alert.id, message, attributes }, attempts);
  if (published.kind === 'retryable') return false;
  const at = ground.clock();
  const written = await ground.alerts.settle(
    alert.id,
    ground.owner,
    published.kind === 'published'
      ? { kind: 'sent', at, publishId: published.publishId, attempts }
      : { kind: 'failed', at, error: published.error, attempts },
  );
  if (written === 'conflict') protocol.find('lease lost', alert.id, 'another run settled it meanwhile');
  return true;
}

/** Waits for its turn; false where the run's time is up. */
async function mayGoOn({ ground, protocol }: DeliverRun): Promise<boolean> {
  await ground.pace();
  if (ground.stopAt === undefined || ground.clock() < ground.stopAt) return true;
  protocol.count('leftForTime');
  return false;
}

/** Publishes under a claim, and counts and tells how it ended. */
async function publish(run: DeliverRun, publication: Publication, attempts: number): Promise<Published> {
  const { protocol, ground } = run;
  if (attempts > 1) {
    protocol.count('secondPublishes');
    protocol.decide('second publish', publication.key, `attempt ${attempts}: an earlier lease ran out`);
  }
  const published = await tryPublish(ground.publisher.publish.bind(ground.publisher), publication);
  if (published.kind === 'published') {
    protocol.count('sent');
    protocol.decide('sent', publication.key, `as ${published.publishId}`);
  } else if (published.kind === 'retryable') {
    protocol.count('retryable');
    protocol.decide('not sent', publication.key, `again when the lease is over: ${published.error}`);
  } else {
    protocol.count('failed');
    protocol.find('never sent', publication.key, published.error);
  }
  return published;
}

/** A publisher that throws against its contract may have sent all the same: it is tried again after the lease only. */
async function tryPublish(
  send: (publication: Publication) => Promise<Published>,
  publication: Publication,
): Promise<Published> {
  try {
    return await send(publication);
  } catch (error) {
    return { kind: 'retryable', error: textOf(error) };
  }
}

/** Claims, publishes and settles the digest of a batch. Returns the state in which this run leaves it. */
async function publishDigest(
  run: DeliverRun,
  session: Session,
  { batch, records }: { readonly batch: Batch; readonly records: readonly AlertRecord[] },
): Promise<DigestState | null> {
  const { ground } = run;
  const at = { session, key: batch.key };
  if (batch.state.kind === 'sent' || batch.state.kind === 'failed') return batch.state;
  if (!(await mayGoOn(run))) return batch.state;
  const attempts = await claimDigest(run, at);
  if (attempts === null) return batch.state;
  const alerts = records.map(({ alert }) => alert);
  const form: MessageAttributes['form'] = batch.form === 'single' ? 'digest' : 'both';
  const message = renderDigest(alerts, ground.style);
  const published = await publish(
    run,
    { key: batch.key, message, attributes: attributesOf(alerts, form) },
    attempts,
  );
  if (published.kind === 'retryable') return null;
  const now = ground.clock();
  return await changeBatch(ground.records, at, (state) => {
    if (state.kind === 'sent' || state.kind === 'failed') return null;
    return published.kind === 'published'
      ? { kind: 'sent', at: now, publishId: published.publishId, attempts }
      : { kind: 'failed', at: now, error: published.error, attempts };
  });
}

/** Claims a digest; null where another run's lease holds or it is settled. */
async function claimDigest(
  { ground, protocol }: DeliverRun,
  at: { readonly session: Session; readonly key: string },
): Promise<number | null> {
  const { owner, lease } = ground;
  const now = ground.clock();
  let attempts: number | null = null;
  const state = await changeBatch(ground.records, at, (before) => {
    attempts = null;
    const free = before.kind === 'unsent' || (before.kind === 'claimed' && before.until < now);
    if (!free) return null;
    attempts = before.kind === 'claimed' ? before.attempts + 1 : 1;
    return { kind: 'claimed', owner, until: now + lease, attempts };
  });
  if (attempts === null)
    protocol.decide('not sent', at.key, `another run has it (${state?.kind ?? 'not planned'})`);
  return attempts;
}
