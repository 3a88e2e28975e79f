/** The namespace of the service's own metrics, and every one of them; alarms and dashboard know them from here. */
export const NAMESPACE = 'Tidemark';

/** Counts, but for the two that say so. */
export const METRICS = {
  /** Sessions released for evaluation. */
  sessionsReleased: 'SessionsReleased',
  /** Sessions released although prices were missing. */
  sessionsIncomplete: 'SessionsIncomplete',
  /** Cells and series a source gave that were refused. */
  observationsRefused: 'ObservationsRefused',
  rulesEvaluated: 'RulesEvaluated',
  /** Rules that broke at run time. */
  rulesFailed: 'RulesFailed',
  alertsMade: 'AlertsMade',
  alertsSent: 'AlertsSent',
  alertsWithheld: 'AlertsWithheld',
  /** Alerts that will not be sent: the last attempt failed for good. */
  deliveriesFailed: 'DeliveriesFailed',
  /** Publishes of an alert whose earlier claim ran out. */
  secondPublishes: 'SecondPublishes',
  /** Sessions that should have been evaluated by now: a level, told every hour. */
  overdueSessions: 'OverdueSessions',
  /** What the daily look at the subscriptions found: a level. */
  findings: 'Findings',
} as const;

export type Metric = keyof typeof METRICS;

/** The one dimension of every metric: the stack. */
export const DIMENSION = 'service';
