import type { Session } from '../calendar/calendar.ts';
import type { AlertRecord, AlertStore } from '../ports/records.ts';
import type { DeliverRun } from './deliver-run.ts';
import { silenceOf } from './silences.ts';

/** Settles the alerts that a silence keeps back, and returns those that are to be sent. */
export async function withhold(
  run: DeliverRun,
  records: readonly AlertRecord[],
): Promise<readonly AlertRecord[]> {
  const sendable: AlertRecord[] = [];
  for (const record of records) {
    const detail = await reasonToWithhold(run, record);
    if (detail === null) sendable.push(record);
    else await settleWithheld(run, record, { reason: 'silence', detail });
  }
  return sendable;
}

/** Claims an alert that is not published on its own and settles it; what somebody else claimed is theirs. */
export async function settleWithheld(
  { ground, protocol }: DeliverRun,
  { alert }: AlertRecord,
  { reason, detail }: { readonly reason: 'silence' | 'digest'; readonly detail: string },
): Promise<void> {
  const now = ground.clock();
  const lease = { owner: ground.owner, now, until: now + ground.lease };
  const claim = await ground.alerts.claim(alert.id, lease);
  if (claim.kind === 'taken')
    return protocol.decide('not withheld', alert.id, 'another run has it, or it is settled');
  await ground.alerts.settle(alert.id, ground.owner, { kind: 'withheld', reason, detail });
  protocol.count('withheld');
  protocol.decide('withheld', alert.id, `${reason}: ${detail}`);
}

/** A silence, or that nobody was told of what has now ended; null where the alert is to be sent. */
async function reasonToWithhold(
  { ground, silences }: DeliverRun,
  record: AlertRecord,
): Promise<string | null> {
  const { alert } = record;
  const silence = silenceOf(alert, silences);
  if (silence !== null) return `${silence.rule} is silenced through ${silence.last}: ${silence.why}`;
  if (alert.kind !== 'resolved' || alert.episode === null) return null;
  return (await wasTold(ground.alerts, alert.episode, alert.session))
    ? null
    : 'nobody was told that it fired';
}

/**
 * Whether an episode was told to somebody, by its `fired`, by a `reminder` after a silence or by a correction, none of
 * which counts where it was refused for good; where none of these was ever made, it is told.
 */
async function wasTold(alerts: AlertStore, episode: string, to: Session): Promise<boolean> {
  // The id of an episode ends with its first session as first told.
  const from = episode.slice(-10);
  let cursor: string | null = null;
  let openers = 0;
  do {
    const page: Awaited<ReturnType<AlertStore['page']>> = await alerts.page({ from, to, limit: 200, cursor });
    for (const { alert, delivery } of page.records) {
      const opens = alert.kind === 'fired' || alert.kind === 'reminder' || alert.kind === 'correction';
      if (!opens || alert.episode !== episode) continue;
      openers += 1;
      if (delivery.kind === 'failed') continue;
      if (delivery.kind !== 'withheld' || delivery.reason === 'digest') return true;
    }
    cursor = page.cursor;
  } while (cursor !== null);
  return openers === 0;
}
