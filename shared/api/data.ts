import * as z from 'zod/mini';
import { date, figure, instant, line, text, words } from './common.ts';
import { dataNow } from './today.ts';

/** One input of the enabled rules. */
const inputView = z.object({
  input: z.string(),
  asOf: z.nullable(date),
  status: z.enum(['fresh', 'carried', 'stale', 'missing', 'held']),
  coverage: z.nullable(z.object({ have: z.number(), of: z.number() })),
  needed: figure,
  source: z.nullable(z.string()),
  settled: z.enum(['settled', 'provisional']),
  finding: z.string(),
});

/** A value that waits for somebody to decide. */
export const heldView = z.object({
  id: z.string(),
  series: z.string(),
  date,
  value: z.number(),
  valueText: z.string(),
  source: z.string(),
  reason: z.string(),
  detail: z.string(),
  firstSeen: instant,
});

const providerView = z.object({
  name: z.string(),
  title: z.string(),
  configured: z.boolean(),
  /** What its last answer was; null where it was never asked. */
  last: z.nullable(z.object({ at: instant, outcome: z.string() })),
  text: z.string(),
});

const seriesLine = z.object({
  id: z.string(),
  first: date,
  last: date,
  title: z.string(),
  unit: z.nullable(z.string()),
});

export const dataView = z.object({
  ...dataNow.shape,
  inputs: z.array(inputView),
  held: z.array(heldView),
  providers: z.array(providerView),
  series: z.array(seriesLine),
  /** Sessions recently given to evaluation that lacked something, newest first. */
  gaps: z.array(z.object({ session: date, missing: z.array(z.string()) })),
});

export const seriesView = z.object({
  id: z.string(),
  title: z.string(),
  unit: z.nullable(z.string()),
  values: line,
});

export const heldDecision = z.strictObject({ decision: z.enum(['accept', 'reject']), why: words(500) });

export const observed = z.strictObject({
  /** `SP600.forward_pe` */
  series: text(100),
  date,
  /** In the field's own unit as people write it: 3.75 for 3.75 percent. */
  value: z.number(),
  source: words(300),
});
export const observedAnswer = z.object({ accepted: z.number(), revised: z.number(), unchanged: z.number() });

/** What expressions may name, so that an editor can check and complete them by itself. */
export const marketView = z.object({
  instruments: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      standsFor: z.nullable(z.string()),
      fields: z.array(
        z.object({ name: z.string(), kind: z.enum(['price', 'level', 'event']), unit: z.string() }),
      ),
    }),
  ),
  universes: z.array(
    z.object({ id: z.string(), name: z.string(), members: z.nullable(z.number()), coverage: z.number() }),
  ),
  portfolios: z.array(z.object({ id: z.string() })),
  rules: z.array(z.string()),
});
