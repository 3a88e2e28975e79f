/** The namespace of the service's own metrics. */
export const NAMESPACE = 'Tidemark';

/** The one dimension of every metric: the stack. */
export const DIMENSION = 'service';

/** The figures of the workflows' reports that alarms and the dashboard watch, as the reports name them. */
export type Figure =
  | 'released'
  | 'accepted'
  | 'evaluations'
  | 'refusedRules'
  | 'sent'
  | 'withheld'
  | 'failed'
  | 'secondPublishes'
  | 'overdue'
  | 'failingRules'
  | 'stuckAlerts'
  | 'daysToHorizon'
  | 'subscriptionFindings'
  | 'mailsSent'
  | 'mailsRefused'
  | 'failedCalls'
  | 'heldValues'
  | 'freshInputs'
  | 'staleInputs'
  | 'missingInputs'
  | 'heldInputs';

/** The name of a figure as a metric: `secondPublishes` is `SecondPublishes`. */
export function metricName(figure: string): string {
  return figure.charAt(0).toUpperCase() + figure.slice(1);
}
