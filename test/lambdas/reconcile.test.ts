import { describe, expect, it } from 'vitest';
import { reconcileHandler } from '../../lambdas/reconcile.ts';
import type { OperatorFinding } from '../../shared/subscriptions/findings.ts';
import { panel } from './service.ts';

async function reconciled(findings: readonly OperatorFinding[]) {
  const instruments = panel();
  const notices: { subject: string; text: string }[] = [];
  const operators = { tell: async (subject: string, text: string) => void notices.push({ subject, text }) };
  await reconcileHandler({ reconcile: async () => findings, operators }, instruments)({});
  return { instruments, notices };
}

describe('reconcile', () => {
  it('tells the operators what it found, and the log only codes and ids', async () => {
    const { instruments, notices } = await reconciled([
      { code: 'pending', subscription: 'email-1', text: 'r…@example.com has not confirmed for 5 hours' },
      { code: 'sms-sandbox', subscription: null, text: 'SMS is in the sandbox' },
    ]);
    expect(notices).toHaveLength(1);
    expect(notices[0]?.subject).toBe('Tidemark: 2 findings about subscriptions');
    expect(notices[0]?.text).toContain(
      '- r…@example.com has not confirmed for 5 hours\n- SMS is in the sandbox',
    );
    expect(instruments.warnings).toEqual([
      'subscription | email-1 | pending',
      'subscription | account | sms-sandbox',
    ]);
    expect(instruments.figures.get('subscriptionFindings')).toBe(2);
  });

  it('writes to nobody where there is nothing to tell, and says so', async () => {
    const { instruments, notices } = await reconciled([]);
    expect(notices).toEqual([]);
    expect(instruments.figures.get('subscriptionFindings')).toBe(0);
    expect(instruments.lines).toHaveLength(1);
  });
});
