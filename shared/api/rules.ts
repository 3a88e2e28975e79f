import * as z from 'zod/mini';
import { date, figure, instant, line, text } from './common.ts';

const state = z.enum(['inactive', 'pending', 'firing', 'broken', 'disabled']);
export const severity = z.enum(['info', 'notice', 'urgent']);

/** Something wrong or doubtful about a draft. */
export const finding = z.object({
  /** Key of the draft it is about (`when`, `outcome.1`); null for the rule as a whole. */
  field: z.nullable(z.string()),
  code: z.string(),
  severity: z.enum(['error', 'warning']),
  /** Counted from 1, in characters of the field's own text. */
  line: z.number(),
  column: z.number(),
  message: z.string(),
  /** The whole corrected text of the field; null where none is known. */
  fix: z.nullable(z.string()),
});

/** A rule as people write it: the keys of a rules file (DESIGN section 5), unchecked. What is absent takes its default. */
export const draft = z.strictObject({
  id: text(64),
  title: text(200),
  when: text(4096),
  resolve_when: z.optional(text(4096)),
  hold: z.optional(z.number()),
  keep_firing: z.optional(z.number()),
  severity: z.optional(severity),
  update: z.optional(text(40)),
  tags: z.optional(z.array(text(64)).check(z.maxLength(20))),
  measure: z.optional(text(4096)),
  threshold: z.optional(z.union([z.number(), text(4096)])),
  direction: z.optional(z.enum(['up', 'down'])),
  outcome: z.optional(z.array(text(4096)).check(z.maxLength(10))),
  evidence: z.optional(z.array(text(64)).check(z.maxLength(50))),
  note: z.optional(z.string().check(z.maxLength(5000))),
  expect: z.optional(z.record(z.string(), z.string())),
});
export type Draft = z.infer<typeof draft>;

/** How far a rule is from firing (or from falling silent) on a session, in words and figures. */
const distance = z.object({
  /** Threshold minus value in the rule's direction: what is missing, 0 or less where it is reached; null without one. */
  missing: figure,
  /** "5 of 7 sessions", "1.2 points below the threshold", "firing, 0.4 points beyond it". */
  text: z.string(),
  /** Share of the way, 0..1, for a bar: 1 is at or beyond the threshold; null where there is no natural zero. */
  share: figure,
});

/** Where a rule stands on a session. */
export const standing = z.object({
  session: z.nullable(date),
  state,
  /** Whether the rule has no data on the session; it keeps the state it had. */
  noData: z.boolean(),
  /** The first session of the state that runs; null where it has been so since the data starts. */
  since: z.nullable(date),
  value: figure,
  threshold: figure,
  /** As messages print them: "7 sessions", "31.2%". */
  valueText: z.nullable(z.string()),
  thresholdText: z.nullable(z.string()),
  distance: z.nullable(distance),
  /** What is broken; null where nothing is. */
  reason: z.nullable(z.string()),
});

/** A rule in a list. */
export const ruleSummary = z.object({
  id: z.string(),
  title: z.string(),
  /** `file`: it comes from a rules file and is read-only here; `command`: it was saved by command or console. */
  origin: z.enum(['file', 'command']),
  enabled: z.boolean(),
  version: z.number(),
  severity,
  tags: z.array(z.string()),
  /** The rule this one was copied from and speaks instead of; null for none. */
  replaces: z.nullable(z.string()),
  /** The enabled copy that speaks instead of this one; null for none. */
  mutedBy: z.nullable(z.string()),
  /** What the condition says, in words. */
  words: z.string(),
  standing,
  /** The measure of the last 60 sessions, for a small chart; empty without one. */
  recent: line,
});

const figures = { n: z.number(), mean: figure, median: figure, positive: figure, worst: figure };
export const baseRate = z.object({
  outcome: z.string(),
  /** In words: "the return of IWM". */
  outcomeWords: z.string(),
  horizon: z.number(),
  ...figures,
  /** Whether there are fewer than ten: too few to rely on. */
  few: z.boolean(),
  all: z.object(figures),
});

export const episode = z.object({
  id: z.string(),
  start: date,
  /** The session it was resolved on; null while it is open. */
  end: z.nullable(date),
  sessions: z.number(),
  peak: figure,
  peakText: z.nullable(z.string()),
});

/** One part of an expression with its value on a session. */
export interface Part {
  /** Where the part lies in the canonical text, in UTF-16 units. */
  readonly from: number;
  readonly to: number;
  readonly text: string;
  /** Null is no data. */
  readonly value: number | boolean | null;
  /** The value as a reader reads it: "+1.24%", "true", "no data". */
  readonly valueText: string;
  /** What the function is, in one sentence; null for what needs no explanation. */
  readonly about: string | null;
  readonly parts: readonly Part[];
}
export const part: z.ZodMiniType<Part> = z.lazy(() =>
  z.object({
    from: z.number(),
    to: z.number(),
    text: z.string(),
    value: z.union([z.number(), z.boolean(), z.null()]),
    valueText: z.string(),
    about: z.nullable(z.string()),
    parts: z.array(part),
  }),
);

/** What a rule would have done over all that is stored. */
export const course = z.object({
  sessions: z.number(),
  dataSince: z.nullable(date),
  /** The measure per session and the threshold, one figure where it is the same on all sessions. */
  chart: z.object({
    measure: line,
    unit: z.nullable(z.string()),
    threshold: z.union([line, z.number(), z.null()]),
  }),
  episodes: z.array(episode),
  firingSessions: z.number(),
  /** "Fired 12 times since 2001-02-05, last on 2026-01-12." */
  summary: z.string(),
  baseRates: z.array(baseRate),
});

/** A rendered message of one channel. */
export const messagePreview = z.object({
  /** The session it is rendered for; null where the rule never fired, and then the texts are empty. */
  session: z.nullable(date),
  subject: z.string(),
  email: z.string(),
  sms: z.string(),
  /** SMS segments and characters. */
  segments: z.number(),
  characters: z.number(),
});

/** Who would be told: counts only, no address. */
export const audience = z.object({ email: z.number(), sms: z.number(), digest: z.number() });

/** What a draft is and would have done. */
export const preview = z.object({
  findings: z.array(finding),
  /** Everything else is null where there is an error. */
  canonical: z.nullable(z.string()),
  words: z.nullable(z.string()),
  explained: z.nullable(part),
  standing: z.nullable(standing),
  course: z.nullable(course),
  message: z.nullable(messagePreview),
  audience: z.nullable(audience),
  /** How long the evaluation took, milliseconds. */
  took: z.number(),
});
export type Preview = z.infer<typeof preview>;

/** Episodes of two versions side by side. */
export const firingsDiff = z.object({
  before: z.object({ version: z.number(), episodes: z.number(), firingSessions: z.number() }),
  after: z.object({ version: z.nullable(z.number()), episodes: z.number(), firingSessions: z.number() }),
  /** In either, by start: `same` span in both, `moved` overlaps with another span, `gone` only before, `new` only after. */
  episodes: z.array(
    z.object({
      kind: z.enum(['same', 'moved', 'gone', 'new']),
      before: z.nullable(episode),
      after: z.nullable(episode),
    }),
  ),
  summary: z.string(),
  /** Keys of the draft that differ, with both texts. */
  changes: z.array(
    z.object({ field: z.string(), before: z.nullable(z.string()), after: z.nullable(z.string()) }),
  ),
});

export const ruleVersion = z.object({
  version: z.number(),
  text: z.string(),
  draft: z.nullable(draft),
  origin: z.enum(['file', 'command']),
  savedAt: instant,
});

/** One rule with all there is to say of it. */
export const ruleView = z.object({
  ...ruleSummary.shape,
  text: z.string(),
  /** Null where the text cannot be read as one rule. */
  draft: z.nullable(draft),
  deleted: z.boolean(),
  note: z.string(),
  canonical: z.nullable(z.string()),
  resolvesWords: z.nullable(z.string()),
  explained: z.nullable(part),
  course: z.nullable(course),
  evidence: z.array(
    z.object({ rule: z.string(), title: z.string(), side: z.enum(['for', 'against', 'no data']) }),
  ),
  message: z.nullable(messagePreview),
  audience,
  findings: z.array(finding),
});
export type RuleView = z.infer<typeof ruleView>;

export const saved = z.object({
  id: z.string(),
  version: z.number(),
  outcome: z.enum(['saved', 'unchanged']),
});

/** Why a rule did or did not speak on a session. */
export const decision = z.object({
  rule: z.string(),
  session: date,
  /** One sentence that answers the question. */
  answer: z.string(),
  /** What led there, in order. */
  steps: z.array(z.object({ what: z.string(), text: z.string() })),
  when: z.nullable(z.boolean()),
  state: z.nullable(state),
  value: figure,
  valueText: z.nullable(z.string()),
  alerts: z.array(z.object({ id: z.string(), kind: z.string(), delivery: z.string() })),
  explained: z.nullable(part),
});
