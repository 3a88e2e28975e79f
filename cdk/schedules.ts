/** The zone of every schedule: sessions are New York's, and so are the hours. */
export const ZONE = 'America/New_York';

/** When `ingest` is woken, by the name of the run. The run after midnight belongs to the evening before it. */
export const INGEST_RUNS = {
  'evening-first': 'cron(20 17 ? * MON-FRI *)',
  'evening-second': 'cron(30 18 ? * MON-FRI *)',
  'evening-third': 'cron(20 20 ? * MON-FRI *)',
  'evening-final': 'cron(20 0 ? * TUE-SAT *)',
  morning: 'cron(30 8 ? * TUE-SAT *)',
} as const;

export type IngestRun = keyof typeof INGEST_RUNS;

/** What the stream may have missed is delivered by then. */
export const DELIVER_SWEEP = 'rate(5 minutes)';

/** Recipients and limits of SNS are looked at once a day, away from the evening's work. */
export const RECONCILE = 'cron(0 10 * * ? *)';
