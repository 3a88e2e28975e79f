import { renderMessage, type Style } from '../alerts/message/render.ts';
import type { Instant } from '../calendar/calendar.ts';
import type { AlertStore, DeliveryState, RecordStore, Written } from '../ports/records.ts';
import { type Stored, writeJson } from './json-record.ts';
import { ruleStateName } from './names.ts';
import { type Protocol, textOf } from './report.ts';
import type { DecidedAlert, RuleState } from './rule-state.ts';

/** Why a rule is through for a run: it cannot be evaluated, or a store failed and the next run goes on. */
export interface Stopped {
  readonly by: 'rule' | 'store';
  readonly reason: string;
}

/** What putting alerts needs of a run. */
export interface PuttingRun {
  readonly ground: { readonly records: RecordStore; readonly alerts: AlertStore; readonly style?: Style };
  readonly now: Instant;
  readonly protocol: Protocol;
  readonly states: Map<string, Stored<RuleState>>;
  readonly stopped: Map<string, Stopped>;
}

/** Writes a rule's state if it is the one that was read, and remembers it as the one that stands. */
export async function writeState(
  { ground, states }: PuttingRun,
  before: Stored<RuleState>,
  after: RuleState,
): Promise<Written> {
  const name = ruleStateName(after.id);
  const written = await writeJson(ground.records, name, after, before.revision);
  if (written === 'written') states.set(after.id, { name, value: after, revision: before.revision + 1 });
  return written;
}

/**
 * Puts what was decided and may not be stored yet, of one rule or of all. An alert is struck off its rule's record only
 * once it is surely there; a failure leaves it for the next run.
 */
export async function putPending(run: PuttingRun, only?: string): Promise<void> {
  for (const stored of [...run.states.values()]) {
    const { id, pending } = stored.value;
    if (pending.length === 0 || (only !== undefined && only !== id)) continue;
    try {
      for (const one of pending) await putOne(run, one);
      await writeState(run, stored, { ...stored.value, pending: [] });
    } catch (error) {
      run.stopped.set(id, { by: 'store', reason: textOf(error) });
      run.protocol.find('store failed', id, `alerts are left to the next run: ${textOf(error)}`);
    }
  }
}

async function putOne(run: PuttingRun, { alert, history }: DecidedAlert): Promise<void> {
  const { ground, now, protocol } = run;
  const delivery: DeliveryState =
    history === null ? { kind: 'unsent' } : { kind: 'withheld', reason: 'history', detail: history };
  const message = renderMessage(alert, ground.style);
  const put = await ground.alerts.put({ alert, message, createdAt: now, delivery });
  protocol.count(put === 'new' ? 'alerts' : 'alertsKnown');
  protocol.decide(
    put === 'new' ? 'alert' : 'alert known',
    alert.id,
    history ?? alert.definition.words.condition,
  );
}
