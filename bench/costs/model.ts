/** What one evening takes of the table and the topics, as `bench/evening.ts` counts it. */
export interface Evening {
  readonly readUnits: number;
  readonly writeUnits: number;
  readonly publishes: number;
}

/** What runs in a month. Amounts are of the month unless they say otherwise. */
export interface Usage {
  readonly evenings: number;
  readonly evening: Evening;
  /** Gigabytes that the table holds, indexes included. */
  readonly stored: number;
  readonly runs: number;
  readonly gigabyteSeconds: number;
  readonly queueRequests: number;
  readonly logged: number;
  readonly emails: number;
  readonly sms: number;
  readonly alarmMetrics: number;
  /** Months of one metric: most have values for a few hours. */
  readonly metricMonths: number;
}

/** Dollars at list price in us-east-1, November 2026; nothing is free. */
export const PRICES = {
  readUnit: 0.125e-6,
  writeUnit: 0.625e-6,
  storedGigabyte: 0.25,
  recoveryGigabyte: 0.2,
  run: 0.2e-6,
  gigabyteSecond: 16.6667e-6,
  queueRequest: 0.4e-6,
  loggedGigabyte: 0.5,
  publish: 0.5e-6,
  email: 2e-5,
  /** With the carriers' fees, about; the number it comes from is `smsNumber`. */
  sms: 0.01,
  smsNumber: 2,
  alarmMetric: 0.1,
  metric: 0.3,
  dashboard: 3,
  key: 1,
} as const;

/** Dollars of a month by what they are for. */
export interface Costs {
  readonly alarms: number;
  readonly metrics: number;
  readonly dashboard: number;
  readonly key: number;
  readonly functions: number;
  readonly table: number;
  readonly queue: number;
  readonly logs: number;
  readonly messages: number;
  readonly sms: number;
}

/** What a month costs: counted amounts times prices, nothing else. */
export function costsOf(usage: Usage): Costs {
  const { evening, evenings } = usage;
  const perEvening = evening.readUnits * PRICES.readUnit + evening.writeUnits * PRICES.writeUnit;
  return {
    alarms: usage.alarmMetrics * PRICES.alarmMetric,
    metrics: usage.metricMonths * PRICES.metric,
    dashboard: PRICES.dashboard,
    key: PRICES.key,
    functions: usage.runs * PRICES.run + usage.gigabyteSeconds * PRICES.gigabyteSecond,
    table: evenings * perEvening + usage.stored * (PRICES.storedGigabyte + PRICES.recoveryGigabyte),
    queue: usage.queueRequests * PRICES.queueRequest,
    logs: usage.logged * PRICES.loggedGigabyte,
    messages: usage.emails * PRICES.email + evenings * evening.publishes * PRICES.publish,
    sms: usage.sms === 0 ? 0 : usage.sms * PRICES.sms + PRICES.smsNumber,
  };
}

/**
 * The deployment of the README: 600 series, 30 rules, 25 alerts to 15 readers by e-mail and 5 by SMS. Units are those that
 * `node bench/evening.ts 600 30 6299 20` counts in an evening, its four later runs included.
 */
export const README_USAGE: Usage = {
  evenings: 21,
  evening: { readUnits: 676 + 4 * 16, writeUnits: 177, publishes: 1 },
  stored: 0.1,
  runs: 10_000,
  // 3,000 of our own, and about as much for asking providers.
  gigabyteSeconds: 6_000,
  queueRequests: 650_000,
  logged: 0.1,
  emails: 375,
  sms: 125,
  alarmMetrics: 34,
  metricMonths: 8,
};
