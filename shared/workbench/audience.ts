import type * as z from 'zod/mini';
import type { audience as audienceShape } from '../api/rules.ts';
import type { Subscription } from '../ports/delivery.ts';
import type { Severity } from '../rules/rule.ts';
import { attributesOf, matches } from '../subscriptions/attributes.ts';

/** How many confirmed subscriptions an alert of a rule would reach, by channel and apart those who get digests. */
export function audienceOf(
  rule: { readonly id: string; readonly severity: Severity },
  subscriptions: readonly Subscription[],
): z.infer<typeof audienceShape> {
  const attributes = attributesOf([{ rule: rule.id, severity: rule.severity }], 'both');
  const reached = subscriptions.filter((one) => one.status === 'confirmed' && matches(one, attributes));
  const single = reached.filter(({ form }) => form === 'single');
  return {
    email: single.filter(({ channel }) => channel === 'email').length,
    sms: single.filter(({ channel }) => channel === 'sms').length,
    digest: reached.length - single.length,
  };
}
