import * as z from 'zod/mini';
import { optional, required } from './described.ts';
import { ALERT_KINDS } from './test-expectation.ts';

const DATE = 'expected a session as YYYY-MM-DD';
const date = z.string({ error: DATE }).check(z.regex(/^\d{4}-\d{2}-\d{2}$/, { error: DATE }));

const text = (what: string) =>
  z.string({ error: `expected ${what}` }).check(z.regex(/\S/, { error: `expected ${what}` }));

const FIGURE = 'expected a number or a percentage such as 30%';
const figure = z.union(
  [z.number(), z.string().check(z.regex(/^[+-]?(?:\d+\.?\d*|\.\d+)%$/, { error: FIGURE })), z.null()],
  { error: FIGURE },
);
const sessionOrNone = z.union([date, z.null()], { error: 'expected a session as YYYY-MM-DD, or null' });
const whole = z.int({ error: 'expected a whole number' });

/** What a test expects of one alert; what it leaves out may be anything. */
export const EXPECTED_ALERT_SHAPE = z.strictObject(
  {
    rule: optional(text('a rule id'), 'The rule that speaks. Default: the rule of the test.'),
    kind: required(
      z.enum(ALERT_KINDS, { error: `expected one of ${ALERT_KINDS.join(', ')}` }),
      'What it says.',
    ),
    value: optional(figure, 'The measure on the session.'),
    threshold: optional(figure, 'What it is held against.'),
    peak: optional(figure, 'The furthest value of the episode so far.'),
    since: optional(sessionOrNone, 'The first firing session of the episode.'),
    duration: optional(whole, 'Sessions the episode has been firing.'),
    rank: optional(whole, 'Its rank among all episodes.'),
    of: optional(whole, 'How many episodes there are.'),
    atLeast: optional(sessionOrNone, 'The last earlier session on which the measure was at least as far.'),
    higher: optional(sessionOrNone, 'The last earlier session on which it was strictly further.'),
    dataSince: optional(sessionOrNone, 'The first session of the measure.'),
    margin: optional(figure, 'How close the call was.'),
    marginSession: optional(sessionOrNone, 'The session of the margin.'),
  },
  { error: 'expected an alert, such as { rule: small-cap-streak, kind: fired, value: 7 }' },
);

const state = z.enum(['inactive', 'pending', 'firing'], { error: 'expected inactive, pending or firing' });

/** What a test expects of one session. */
export const EXPECTATION_SHAPE = z.strictObject(
  {
    session: required(date, 'The session.'),
    alerts: optional(
      z.array(EXPECTED_ALERT_SHAPE, { error: 'expected a list of alerts' }),
      'All alerts of the session, in any order; an empty list for none.',
    ),
    states: optional(
      z.record(z.string(), state, { error: 'expected a map from rule id to state' }),
      'States of rules after the session.',
    ),
  },
  { error: 'expected a session with alerts or states' },
);

const series = z.union([z.string(), z.number(), z.record(date, z.number())], {
  error: 'expected values such as 100 +1%x6, or a map from date to number',
});

const span = z.strictObject({ from: z.optional(date), to: z.optional(date) });
const members = z.union([z.array(z.string()), z.record(z.string(), span)], {
  error: 'expected a list of members, or a map from member to { from, to }',
});

/** A list that holds something. */
const some = <Item extends z.ZodMiniType>(item: Item, list: string, least: string) =>
  z.array(item, { error: `expected ${list}` }).check(z.minLength(1, { error: `expected at least ${least}` }));

/** One rule test. */
export const RULE_TEST_SHAPE = z.strictObject(
  {
    name: required(text('a name'), 'What the test shows, as a statement.'),
    rule: optional(text('a rule id'), 'The one rule that is looked at. Default: all of the files.'),
    from: required(date, 'The session of the first value of each series.'),
    series: required(
      z.record(z.string(), series, { error: 'expected a map from series to values' }),
      'Values by series: a value per session, or a map from date to value.',
    ),
    members: optional(
      z.record(z.string(), members, { error: 'expected a map from universe to members' }),
      'Members of universes with dated membership.',
    ),
    expect: required(
      some(EXPECTATION_SHAPE, 'a list of sessions', 'one session'),
      'What is expected, by session.',
    ),
    otherwise: optional(
      z.literal('silent', { error: 'expected silent' }),
      'silent: no alert on a session that `expect` does not name.',
    ),
  },
  { error: 'expected a test: a map with name, from, series and expect' },
);

/** A file of rule tests. */
export const RULE_TESTS_SHAPE = z.strictObject({
  rules: optional(
    some(text('a file name'), 'a list of file names', 'one file name'),
    'Files whose rules are tested, as seen from here. Default: the file this one is named after.',
  ),
  market: optional(
    text('a file name'),
    'The market file, as seen from here. Default: the one that applies to the rules.',
  ),
  tests: required(some(RULE_TEST_SHAPE, 'a list of tests', 'one test'), 'The tests.'),
});
