import type { OperatorNotice } from '../shared/ports/flow.ts';
import type { OperatorFinding } from '../shared/subscriptions/findings.ts';
import type { Instruments } from './instruments.ts';
import type { Handle } from './middleware.ts';

/** What the daily look at the subscriptions works with. */
export interface ReconcileService {
  readonly reconcile: () => Promise<readonly OperatorFinding[]>;
  readonly operators: OperatorNotice;
}

/** Tells the operators what keeps recipients from getting their alerts, where there is something to tell. */
export function reconcileHandler(
  { reconcile, operators }: ReconcileService,
  instruments: Instruments,
): Handle<unknown, void> {
  return async () => {
    const findings = await reconcile();
    instruments.figure('subscriptionFindings', findings.length);
    // The text names recipients, if only masked: it goes to the operators and not into the log.
    for (const { code, subscription } of findings) {
      instruments.line('warn', { what: 'subscription', subject: subscription ?? 'account', why: code });
    }
    if (findings.length === 0) {
      instruments.line('info', {
        what: 'nothing',
        subject: 'subscriptions',
        why: 'all are as they were asked for',
      });
      return;
    }
    const lines = findings.map(({ text }) => `- ${text}`).join('\n');
    await operators.tell(
      `Tidemark: ${findings.length} ${findings.length === 1 ? 'finding' : 'findings'} about subscriptions`,
      `What the daily look at the subscriptions found:\n\n${lines}\n\nWhat to do: docs/runbook.md#findings\n`,
    );
  };
}
