import * as z from 'zod/mini';
import { date, instant } from './common.ts';
import { ruleSummary } from './rules.ts';

/** Where the data stands, in one line with counts. */
export const dataNow = z.object({
  /** The session everything is as of; null where nothing is stored. */
  asOf: z.nullable(date),
  /** The last session that is over; later than `asOf` where data is missing. */
  finished: z.nullable(date),
  counts: z.object({
    fresh: z.number(),
    carried: z.number(),
    stale: z.number(),
    missing: z.number(),
    held: z.number(),
    heldValues: z.number(),
  }),
  text: z.string(),
});

export const evidenceLine = z.object({
  rule: z.string(),
  title: z.string(),
  side: z.enum(['for', 'against', 'no data']),
  text: z.string(),
});

/** The first page: the state of the rotation. */
export const today = z.object({
  /** One sentence: "Small caps lead: …". */
  sentence: z.string(),
  now: instant,
  data: dataNow,
  rules: z.array(ruleSummary),
  /** What confirms a rotation and what contradicts it: every rule that another one names as evidence. */
  evidence: z.array(evidenceLine),
  /** The newest alerts, for orientation. */
  alerts: z.array(
    z.object({
      id: z.string(),
      session: date,
      kind: z.string(),
      rule: z.string(),
      severity: z.string(),
      subject: z.string(),
    }),
  ),
  /** What the sample says of itself; null on real data. */
  sample: z.nullable(z.string()),
  /** When the service wakes next; null where its schedules rest or nobody here knows. */
  next: z.nullable(instant),
});
