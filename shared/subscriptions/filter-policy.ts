import type { MessageAttributes, Subscription } from '../ports/delivery.ts';
import type { Severity } from '../rules/rule.ts';
import { formsOf, severitiesFrom } from './attributes.ts';
import { prefixOf } from './pattern.ts';

/** What SNS allows, beside five keys a policy (its developer guide, under filter policy constraints). */
export const MAX_POLICIES_PER_TOPIC = 200;
export const MAX_POLICY_COMBINATIONS = 150;

type Condition = string | { readonly prefix: string };

/**
 * A filter on message attributes: `alert` holds `severity:rule` for every alert of a message, so that one condition asks
 * for both of the same alert. Two keys, one for the rule and one for the severity, would let a digest of a quiet alert
 * somebody follows and a loud one he does not reach him.
 */
export interface FilterPolicy {
  readonly alert: readonly Condition[];
  readonly form: readonly Subscription['form'][];
}

/** What a subscription filters on. */
export type Filtered = Pick<Subscription, 'rules' | 'severity' | 'form'>;

/** The filter policy of a subscription. */
export function filterPolicyOf({ rules, severity, form }: Filtered): FilterPolicy {
  const alert = severitiesFrom(severity).flatMap((loud) =>
    rules.map((pattern) => conditionOf(loud, pattern)),
  );
  return { alert, form: [form] };
}

function conditionOf(severity: Severity, pattern: string): Condition {
  const prefix = prefixOf(pattern);
  return prefix === null ? `${severity}:${pattern}` : { prefix: `${severity}:${prefix}` };
}

/** Value combinations of a policy as SNS counts them: the product of the lengths of its lists. */
export function combinationsOf({ alert, form }: FilterPolicy): number {
  return alert.length * form.length;
}

/**
 * The attributes of a message by their names at SNS, a list of texts each. Filter policies read `alert` and `form`; `rule`
 * and `severity` are for a queue or a function that somebody subscribes with a filter of his own.
 */
export function attributeLists(attributes: MessageAttributes): ReadonlyMap<string, readonly string[]> {
  return new Map<string, readonly string[]>([
    ['alert', attributes.alerts.map(({ rule, severity }) => `${severity}:${rule}`)],
    ['form', formsOf(attributes.form)],
    ['rule', attributes.rules],
    ['severity', attributes.severities],
  ]);
}
