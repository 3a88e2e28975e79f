import type { AlertRecord } from '../ports/records.ts';
import type { DeliverRun } from './deliver-run.ts';
import { howTold, saidElsewhere } from './said-elsewhere.ts';
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

/** A silence, that another rule speaks instead, or that nobody was told of what has now ended; null: it is sent. */
async function reasonToWithhold(run: DeliverRun, { alert }: AlertRecord): Promise<string | null> {
  const silence = silenceOf(alert, run.silences);
  if (silence !== null) return `${silence.rule} is silenced through ${silence.last}: ${silence.why}`;
  const elsewhere = await saidElsewhere(run, alert);
  if (elsewhere !== null) return elsewhere;
  if (alert.kind !== 'resolved' || alert.episode === null) return null;
  const told = await howTold(run.ground.alerts, alert.episode, alert.session);
  if (told === 'never') return 'nobody was told that it fired';
  const stops = alert.reason === 'rule deleted' || alert.reason === 'rule disabled';
  return stops && told === 'by the original' ? 'the rule that it replaced speaks again' : null;
}
