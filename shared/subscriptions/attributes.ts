import type { MessageAttributes, Subscription } from '../ports/delivery.ts';
import type { Severity } from '../rules/rule.ts';
import { patternNames } from './pattern.ts';

/** From the quietest to the loudest. */
export const SEVERITIES: readonly Severity[] = ['info', 'notice', 'urgent'];

/** What of an alert decides whom it reaches. */
export interface Announced {
  readonly rule: string;
  readonly severity: Severity;
}

/** The severities a subscription with this minimum wants. */
export function severitiesFrom(minimum: Severity): readonly Severity[] {
  return SEVERITIES.slice(SEVERITIES.indexOf(minimum));
}

/**
 * The attributes of a message about these alerts: one for a single message, all of them for a digest. Equal ones are
 * named once, in the order given.
 */
export function attributesOf(
  alerts: readonly Announced[],
  form: MessageAttributes['form'],
): MessageAttributes {
  const distinct = new Map(
    alerts.map(({ rule, severity }) => [`${severity} ${rule}`, { rule, severity }] as const),
  );
  return {
    rules: [...new Set(alerts.map(({ rule }) => rule))],
    severities: SEVERITIES.filter((severity) => alerts.some((alert) => alert.severity === severity)),
    alerts: [...distinct.values()],
    form,
  };
}

/** The forms of subscription a message is for. */
export function formsOf(form: MessageAttributes['form']): readonly Subscription['form'][] {
  return form === 'both' ? ['single', 'digest'] : [form];
}

/**
 * Whether a message reaches a subscription: it is for its form, and one alert in it is of a rule it names and at least as
 * loud as its minimum. A rule it names and the loudness of another do not add up.
 */
export function matches(
  subscription: Pick<Subscription, 'rules' | 'severity' | 'form'>,
  attributes: MessageAttributes,
): boolean {
  if (!formsOf(attributes.form).includes(subscription.form)) return false;
  const severities = severitiesFrom(subscription.severity);
  return attributes.alerts.some(
    ({ rule, severity }) =>
      severities.includes(severity) && subscription.rules.some((pattern) => patternNames(pattern, rule)),
  );
}
