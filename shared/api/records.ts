import * as z from 'zod/mini';
import { date, figure, instant, text, words } from './common.ts';
import { baseRate, severity } from './rules.ts';

const alertKind = z.enum(['fired', 'updated', 'resolved', 'correction', 'blind', 'recovered', 'reminder']);

/** What became of an alert, in one word and one sentence; never with a recipient. */
export const deliveryView = z.object({
  kind: z.enum(['unsent', 'claimed', 'sent', 'withheld', 'failed']),
  text: z.string(),
  at: z.nullable(instant),
  attempts: z.number(),
});

/** An alert in the history. */
export const alertLine = z.object({
  id: z.string(),
  session: date,
  kind: alertKind,
  rule: z.string(),
  title: z.string(),
  severity,
  subject: z.string(),
  valueText: z.nullable(z.string()),
  delivery: deliveryView,
});

export const alertQuery = z.object({
  rule: z.optional(text(64)),
  kind: z.optional(alertKind),
  severity: z.optional(severity),
  from: z.optional(date),
  to: z.optional(date),
  /** 1 to 200, 50 where absent. */
  limit: z.optional(z.string().check(z.regex(/^(?:[1-9]\d?|1\d\d|200)$/))),
  cursor: z.optional(text(2000)),
});
export const alertPage = z.object({ alerts: z.array(alertLine), cursor: z.nullable(z.string()) });

/** One alert with all its context. */
export const alertView = z.object({
  ...alertLine.shape,
  note: z.string(),
  email: z.string(),
  sms: z.string(),
  segments: z.number(),
  createdAt: instant,
  episode: z.nullable(z.string()),
  episodeStart: z.nullable(date),
  duration: z.nullable(z.number()),
  value: figure,
  threshold: figure,
  thresholdText: z.nullable(z.string()),
  peakText: z.nullable(z.string()),
  /** Lines of the definition, label and text. */
  definition: z.array(z.object({ label: z.string(), text: z.string() })),
  precedent: z.nullable(
    z.object({
      rank: z.number(),
      of: z.number(),
      atLeast: z.nullable(date),
      higher: z.nullable(date),
      dataSince: z.nullable(date),
      text: z.string(),
    }),
  ),
  margin: z.nullable(z.object({ value: z.number(), session: date, lead: figure, text: z.string() })),
  baseRates: z.array(baseRate),
  evidence: z.array(
    z.object({ rule: z.string(), title: z.string(), side: z.enum(['for', 'against', 'no data']) }),
  ),
  inputs: z.array(
    z.object({
      input: z.string(),
      asOf: z.nullable(date),
      status: z.enum(['fresh', 'carried', 'stale', 'missing', 'held']),
      coverage: z.nullable(z.object({ have: z.number(), of: z.number() })),
    }),
  ),
  marks: z.array(z.string()),
});

/** A day told again from what was known then, beside what was recorded. */
export const replayed = z.object({
  session: date,
  alerts: z.array(
    z.object({
      id: z.string(),
      kind: alertKind,
      rule: z.string(),
      subject: z.string(),
      email: z.string(),
      sms: z.string(),
      /** `same`: byte for byte what was recorded; `other`: it differs; `unrecorded`: nothing was recorded of it. */
      recorded: z.enum(['same', 'other', 'unrecorded']),
    }),
  ),
  /** Ids that were recorded and are not told now. */
  missing: z.array(z.string()),
});

export const silenceView = z.object({
  id: z.string(),
  rule: z.string(),
  why: z.string(),
  createdAt: instant,
  last: date,
  /** Whether it still holds something back. */
  active: z.boolean(),
});
export const silenceWanted = z.strictObject({ rule: text(65), until: date, why: words(500) });

/** A subscription with its address masked, except to whoever made it on the call that made it. */
export const subscriptionView = z.object({
  id: z.string(),
  channel: z.enum(['email', 'sms']),
  address: z.string(),
  rules: z.array(z.string()),
  severity,
  form: z.enum(['single', 'digest']),
  /** `html` only where the service sends such mail. */
  format: z.enum(['text', 'html']),
  status: z.enum(['pending', 'confirmed', 'opted out', 'vanished']),
  /** Whether the caller made it. */
  own: z.boolean(),
});
/** What was subscribed, and what is doubtful about it: rules it names that are not there as things stand. */
export const subscribed = z.extend(subscriptionView, {
  findings: z.array(z.object({ code: z.enum(['unknown-rule']), text: z.string() })),
});
export const subscriptionWanted = z.strictObject({
  channel: z.enum(['email', 'sms']),
  address: text(320),
  rules: z.array(text(65)).check(z.minLength(1), z.maxLength(50)),
  severity,
  form: z.enum(['single', 'digest']),
  format: z.optional(z.enum(['text', 'html'])),
});

/** A message in the outbox of this machine. */
export const outboxLine = z.object({
  name: z.string(),
  at: z.nullable(instant),
  channel: z.string(),
  to: z.string(),
  subject: z.string(),
});
