import * as z from 'zod';
import { ALERT_KINDS } from './test-expectation.ts';

const DATE = 'expected a session as YYYY-MM-DD';
const date = z.string({ error: DATE }).regex(/^\d{4}-\d{2}-\d{2}$/, { error: DATE });

const text = (what: string) =>
  z.string({ error: `expected ${what}` }).regex(/\S/, { error: `expected ${what}` });

const FIGURE = 'expected a number or a percentage such as 30%';
const figure = z
  .union([z.number(), z.string().regex(/^[+-]?(?:\d+\.?\d*|\.\d+)%$/), z.null()], { error: FIGURE })
  .optional();
const sessionOrNone = z
  .union([date, z.null()], { error: 'expected a session as YYYY-MM-DD, or null' })
  .optional();
const whole = z.int({ error: 'expected a whole number' }).optional();

/** What a test expects of one alert; what it leaves out may be anything. */
export const EXPECTED_ALERT_SHAPE = z.strictObject(
  {
    rule: text('a rule id').optional().describe('The rule that speaks. Default: the rule of the test.'),
    kind: z
      .enum(ALERT_KINDS, { error: `expected one of ${ALERT_KINDS.join(', ')}` })
      .describe('What it says.'),
    value: figure.describe('The measure on the session.'),
    threshold: figure.describe('What it is held against.'),
    peak: figure.describe('The furthest value of the episode so far.'),
    since: sessionOrNone.describe('The first firing session of the episode.'),
    duration: whole.describe('Sessions the episode has been firing.'),
    rank: whole.describe('Its rank among all episodes.'),
    of: whole.describe('How many episodes there are.'),
    atLeast: sessionOrNone.describe('The last earlier session on which the measure was at least as far.'),
    higher: sessionOrNone.describe('The last earlier session on which it was strictly further.'),
    dataSince: sessionOrNone.describe('The first session of the measure.'),
    margin: figure.describe('How close the call was.'),
    marginSession: sessionOrNone.describe('The session of the margin.'),
  },
  { error: 'expected an alert, such as { rule: small-cap-streak, kind: fired, value: 7 }' },
);

const state = z.enum(['inactive', 'pending', 'firing'], { error: 'expected inactive, pending or firing' });

/** What a test expects of one session. */
export const EXPECTATION_SHAPE = z.strictObject(
  {
    session: date.describe('The session.'),
    alerts: z
      .array(EXPECTED_ALERT_SHAPE, { error: 'expected a list of alerts' })
      .optional()
      .describe('All alerts of the session, in any order; an empty list for none.'),
    states: z
      .record(z.string(), state, { error: 'expected a map from rule id to state' })
      .optional()
      .describe('States of rules after the session.'),
  },
  { error: 'expected a session with alerts or states' },
);

const series = z.union([z.string(), z.number(), z.record(date, z.number())], {
  error: 'expected values such as 100 +1%x6, or a map from date to number',
});

const span = z.strictObject({ from: date.optional(), to: date.optional() });
const members = z.union([z.array(z.string()), z.record(z.string(), span)], {
  error: 'expected a list of members, or a map from member to { from, to }',
});

/** One rule test. */
export const RULE_TEST_SHAPE = z.strictObject(
  {
    name: text('a name').describe('What the test shows, as a statement.'),
    rule: text('a rule id').optional().describe('The one rule that is looked at. Default: all of the files.'),
    from: date.describe('The session of the first value of each series.'),
    series: z
      .record(z.string(), series, { error: 'expected a map from series to values' })
      .describe('Values by series: a value per session, or a map from date to value.'),
    members: z
      .record(z.string(), members, { error: 'expected a map from universe to members' })
      .optional()
      .describe('Members of universes with dated membership.'),
    expect: z
      .array(EXPECTATION_SHAPE, { error: 'expected a list of sessions' })
      .min(1, { error: 'expected at least one session' })
      .describe('What is expected, by session.'),
    otherwise: z
      .literal('silent', { error: 'expected silent' })
      .optional()
      .describe('silent: no alert on a session that `expect` does not name.'),
  },
  { error: 'expected a test: a map with name, from, series and expect' },
);

/** A file of rule tests. */
export const RULE_TESTS_SHAPE = z.strictObject({
  rules: z
    .array(text('a file name'), { error: 'expected a list of file names' })
    .min(1, { error: 'expected at least one file name' })
    .optional()
    .describe('Files whose rules are tested, as seen from here. Default: the file this one is named after.'),
  market: text('a file name')
    .optional()
    .describe('The market file, as seen from here. Default: the one that applies to the rules.'),
  tests: z
    .array(RULE_TEST_SHAPE, { error: 'expected a list of tests' })
    .min(1, { error: 'expected at least one test' })
    .describe('The tests.'),
});
