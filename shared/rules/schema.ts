import * as z from 'zod/mini';
import { firstUnseen } from '../visible.ts';
import { optional, required } from './described.ts';
import { RULE_ID } from './rule-id.ts';

/** How `update` says every N sessions. */
export const EVERY = /^every ([1-9][0-9]{0,3}) sessions?$/;
/** Sessions a count may span, as the windows of expressions do. */
const MAX_SESSIONS = 5000;

const id = z
  .string({ error: 'expected an id: lower-case words joined by hyphens, such as small-cap-streak' })
  .check(
    z.maxLength(64, { error: 'expected an id of at most 64 characters' }),
    z.regex(RULE_ID, { error: 'expected lower-case words joined by hyphens, such as small-cap-streak' }),
  );

/** What cannot be seen would reach subjects, messages and pages, and could turn around what stands beside it. */
const seen = (what: string) =>
  z.refine<string>((text) => firstUnseen(text) === null, {
    error: ({ input }) => `expected ${what} that can be seen, found ${firstUnseen(String(input))}`,
  });

const line = (what: string, length: number) =>
  z
    .string({ error: `expected ${what}` })
    .check(
      z.maxLength(length, { error: `expected ${what} of at most ${length} characters` }),
      z.regex(/\S/, { error: `expected ${what}, not empty` }),
      z.regex(/^[ -~\u00A0-\uFFFF]*$/, { error: `expected ${what} on one line`, abort: true }),
      seen(what),
    );

const expression = (what: string) =>
  z
    .string({ error: `expected ${what}, as text` })
    .check(z.regex(/\S/, { error: `expected ${what}, found nothing` }));

const count = (from: number) => {
  const error = `expected a whole number of sessions from ${from} to 5,000`;
  return z.int({ error }).check(z.minimum(from, { error }), z.maximum(MAX_SESSIONS, { error }));
};

const update = z.string({ error: 'expected never, every N sessions, or on record' }).check(
  z.refine((text) => text === 'never' || text === 'on record' || withinLimit(text), {
    error: 'expected never, every N sessions (N from 1 to 5,000), or on record',
  }),
  z.meta({ pattern: '^(never|on record|every [1-9][0-9]{0,3} sessions?)$' }),
);

function withinLimit(text: string): boolean {
  return Number(EVERY.exec(text)?.[1] ?? MAX_SESSIONS + 1) <= MAX_SESSIONS;
}

const THRESHOLD = 'expected a number, or an expression such as 30%';
const threshold = z.union([z.number(), z.string().check(z.regex(/\S/, { error: THRESHOLD }))], {
  error: THRESHOLD,
});

const list = <Item extends z.ZodMiniType>(item: Item, what: string, most: number) =>
  z
    .array(item, { error: `expected a list of ${what}` })
    .check(z.maxLength(most, { error: `expected at most ${most} ${what}` }));

/** One rule as a file writes it (DESIGN section 5). */
export const RULE_SHAPE = z.strictObject(
  {
    id: required(
      id,
      'Names the rule for ever: episodes and alerts carry it. Lower-case words joined by hyphens.',
    ),
    title: optional(line('a title', 200), 'What a reader sees first. Default: the id.'),
    when: required(expression('the condition'), 'The condition, such as streak(ret(IWM) > ret(SPY)) >= 7.'),
    resolve_when: optional(
      expression('the condition that resolves'),
      'The condition under which a firing rule resolves. Default: not (when).',
    ),
    hold: optional(count(1), 'Sessions running on which `when` must be true before it fires. Default: 1.'),
    keep_firing: optional(
      count(0),
      'Sessions running on which `resolve_when` may be true before it resolves. Default: 0.',
    ),
    severity: optional(
      z.enum(['info', 'notice', 'urgent'], { error: 'expected info, notice or urgent' }),
      'How loudly it speaks. Default: notice.',
    ),
    update: optional(
      update,
      'When an open episode speaks again: never (default), every N sessions, or on record.',
    ),
    tags: optional(list(line('a tag', 64), 'tags', 20), 'Words that subscriptions choose by.'),
    measure: optional(
      expression('the number the alert reports'),
      'The number the alert reports. Default: the larger side of `when`, where that is one comparison.',
    ),
    threshold: optional(threshold, 'What the measure is held against. Default: the other side of `when`.'),
    direction: optional(
      z.enum(['up', 'down'], { error: 'expected up or down' }),
      'Which way is further. Default: up for > and >= in `when`, down for < and <=.',
    ),
    outcome: optional(
      list(expression('an outcome'), 'outcomes', 10),
      'What base rates are computed on: one-session returns combined by + - * and constants.',
    ),
    evidence: optional(
      list(id, 'rule ids', 50),
      'Rules whose state the alert lists: for when firing, else against.',
    ),
    note: optional(
      z
        .string({ error: 'expected text' })
        .check(z.maxLength(5000, { error: 'expected at most 5,000 characters' }), seen('text')),
      'Why this matters, in the words of the author.',
    ),
    expect: optional(
      z.record(z.string(), line('the reason why the lint is expected', 500), {
        error: 'expected a map from the code of a lint to the reason it is expected',
      }),
      'Lints that are expected here: their code, and why.',
    ),
  },
  { error: 'expected a rule: a map with at least id and when' },
);

/** What is left of a rule when keys with wrong values are taken away: any key may be absent. */
export const RULE_KEYS_SHAPE = z.partial(RULE_SHAPE);

/** A rule as a file writes it, any key of which may be absent. */
export type RuleText = z.infer<typeof RULE_KEYS_SHAPE>;

/** A whole rules file, for editors. */
export const RULES_FILE_SHAPE = z.strictObject({
  rules: required(z.array(RULE_SHAPE), 'The rules of this file.'),
});
