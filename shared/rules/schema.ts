import * as z from 'zod';

/** Rule ids: lower-case words joined by hyphens. */
export const RULE_ID = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;
/** How `update` says every N sessions. */
export const EVERY = /^every ([1-9][0-9]{0,3}) sessions?$/;
/** Sessions a count may span, as the windows of expressions do. */
const MAX_SESSIONS = 5000;

const id = z
  .string({ error: 'expected an id: lower-case words joined by hyphens, such as small-cap-streak' })
  .max(64, { error: 'expected an id of at most 64 characters' })
  .regex(RULE_ID, { error: 'expected lower-case words joined by hyphens, such as small-cap-streak' });

const line = (what: string, length: number) =>
  z
    .string({ error: `expected ${what}` })
    .max(length, { error: `expected ${what} of at most ${length} characters` })
    .regex(/\S/, { error: `expected ${what}, not empty` })
    .regex(/^[ -~\u00A0-\uFFFF]*$/, { error: `expected ${what} on one line` });

const expression = (what: string) =>
  z.string({ error: `expected ${what}, as text` }).regex(/\S/, { error: `expected ${what}, found nothing` });

const count = (from: number) => {
  const error = `expected a whole number of sessions from ${from} to 5,000`;
  return z.int({ error }).min(from, { error }).max(MAX_SESSIONS, { error });
};

const update = z
  .string({ error: 'expected never, every N sessions, or on record' })
  .refine((text) => text === 'never' || text === 'on record' || withinLimit(text), {
    error: 'expected never, every N sessions (N from 1 to 5,000), or on record',
  })
  .meta({ pattern: '^(never|on record|every [1-9][0-9]{0,3} sessions?)$' });

function withinLimit(text: string): boolean {
  return Number(EVERY.exec(text)?.[1] ?? MAX_SESSIONS + 1) <= MAX_SESSIONS;
}

const threshold = z.union([z.number(), z.string().regex(/\S/)], {
  error: 'expected a number, or an expression such as 30%',
});

const list = <Item extends z.ZodType>(item: Item, what: string, most: number) =>
  z
    .array(item, { error: `expected a list of ${what}` })
    .max(most, { error: `expected at most ${most} ${what}` });

/** One rule as a file writes it (DESIGN section 5). */
export const RULE_SHAPE = z.strictObject(
  {
    id: id.describe(
      'Names the rule for ever: episodes and alerts carry it. Lower-case words joined by hyphens.',
    ),
    title: line('a title', 200).optional().describe('What a reader sees first. Default: the id.'),
    when: expression('the condition').describe('The condition, such as streak(ret(IWM) > ret(SPY)) >= 7.'),
    resolve_when: expression('the condition that resolves')
      .optional()
      .describe('The condition under which a firing rule resolves. Default: not (when).'),
    hold: count(1)
      .optional()
      .describe('Sessions running on which `when` must be true before it fires. Default: 1.'),
    keep_firing: count(0)
      .optional()
      .describe('Sessions running on which `resolve_when` may be true before it resolves. Default: 0.'),
    severity: z
      .enum(['info', 'notice', 'urgent'], { error: 'expected info, notice or urgent' })
      .optional()
      .describe('How loudly it speaks. Default: notice.'),
    update: update
      .optional()
      .describe('When an open episode speaks again: never (default), every N sessions, or on record.'),
    tags: list(line('a tag', 64), 'tags', 20).optional().describe('Words that subscriptions choose by.'),
    measure: expression('the number the alert reports')
      .optional()
      .describe(
        'The number the alert reports. Default: the larger side of `when`, where that is one comparison.',
      ),
    threshold: threshold
      .optional()
      .describe('What the measure is held against. Default: the other side of `when`.'),
    direction: z
      .enum(['up', 'down'], { error: 'expected up or down' })
      .optional()
      .describe('Which way is further. Default: up for > and >= in `when`, down for < and <=.'),
    outcome: list(expression('an outcome'), 'outcomes', 10)
      .optional()
      .describe('What base rates are computed on: one-session returns combined by + - * and constants.'),
    evidence: list(id, 'rule ids', 50)
      .optional()
      .describe('Rules whose state the alert lists: for when firing, else against.'),
    note: z
      .string({ error: 'expected text' })
      .max(5000, { error: 'expected at most 5,000 characters' })
      .optional()
      .describe('Why this matters, in the words of the author.'),
    expect: z
      .record(z.string(), line('the reason why the lint is expected', 500), {
        error: 'expected a map from the code of a lint to the reason it is expected',
      })
      .optional()
      .describe('Lints that are expected here: their code, and why.'),
  },
  { error: 'expected a rule: a map with at least id and when' },
);

/** What is left of a rule when keys with wrong values are taken away: any key may be absent. */
export const RULE_KEYS_SHAPE = RULE_SHAPE.partial();

/** A rule as a file writes it, any key of which may be absent. */
export type RuleText = z.infer<typeof RULE_KEYS_SHAPE>;

/** A whole rules file, for editors. */
export const RULES_FILE_SHAPE = z.strictObject({
  rules: z.array(RULE_SHAPE).describe('The rules of this file.'),
});
