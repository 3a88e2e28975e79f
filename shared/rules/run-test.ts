import type { Alert } from '../alerts/alert.ts';
import type { Calendar, Session } from '../calendar/calendar.ts';
import type { Archive } from '../series/archive.ts';
import type { Market } from '../series/market.ts';
import type { RuleTest } from './load-tests.ts';
import type { Rule } from './rule.ts';
import { archiveOfTest } from './test-archive.ts';
import {
  type Expectation,
  type ExpectedAlert,
  type FigureName,
  isExpected,
  showAlert,
  showExpected,
} from './test-expectation.ts';
import type { State } from './verdict.ts';

/** What tests run on. `replay` and `states` are the workflows of those names. */
export interface TestGround {
  readonly market: Market;
  readonly calendar: Calendar;
  /** All rules that those under test may name. */
  readonly rules: readonly Rule[];
  /** Ids of the rules of the files under test: only their alerts are looked at. */
  readonly underTest: ReadonlySet<string>;
  readonly replay: (archive: Archive, rules: readonly Rule[]) => readonly Alert[];
  readonly states: (
    archive: Archive,
    rules: readonly Rule[],
  ) => readonly { readonly rule: string; readonly session: Session; readonly state: State | null }[];
}

/** One line of the outcome: a test that holds, or a session on which it does not. */
export interface RuleTestResult {
  readonly file: string;
  readonly name: string;
  readonly ok: boolean;
  /** The session that differs; null where the test holds or cannot run. */
  readonly session: Session | null;
  /** Alerts and states in short lines, those expected and those that came; both empty where the test holds. */
  readonly expected: readonly string[];
  readonly got: readonly string[];
}

/** Runs a test: one result where it holds, else one per session that differs, in order. */
export function runRuleTest(test: RuleTest, ground: TestGround): readonly RuleTestResult[] {
  const { file, name } = test;
  const cannot = (expected: string, got: string): readonly RuleTestResult[] => [
    { file, name, ok: false, session: null, expected: [expected], got: [got] },
  ];
  const missing = rulesOf(test).find((id) => !ground.underTest.has(id));
  if (missing !== undefined)
    return cannot(`a rule ${missing} in the files under test`, 'none without errors');
  const archive = archiveOfTest(test, ground.market, ground.calendar);
  if (!archive.ok) return cannot('series that fit the market', archive.errors.join('; '));
  const differences = compare(test, ground, archive.value);
  if (differences.length === 0) return [{ file, name, ok: true, session: null, expected: [], got: [] }];
  return differences.map((difference) => ({ file, name, ok: false, ...difference }));
}

/** Every rule a test names. */
function rulesOf(test: RuleTest): readonly string[] {
  const named = test.expect.flatMap(({ alerts, states }) =>
    [...(alerts ?? []), ...states].map(({ rule }) => rule),
  );
  return test.rule === null ? named : [test.rule, ...named];
}

type Difference = Pick<RuleTestResult, 'session' | 'expected' | 'got'>;

function compare(test: RuleTest, ground: TestGround, archive: Archive): readonly Difference[] {
  const looksAt = (rule: string): boolean =>
    test.rule === null ? ground.underTest.has(rule) : rule === test.rule;
  const bySession = new Map<Session, Alert[]>();
  for (const alert of ground.replay(archive, ground.rules)) {
    if (looksAt(alert.rule)) bySession.set(alert.session, [...(bySession.get(alert.session) ?? []), alert]);
  }
  const wantsStates = test.expect.some(({ states }) => states.length > 0);
  const stateOf = new Map(
    (wantsStates ? ground.states(archive, ground.rules) : []).map((row) => [
      `${row.session} ${row.rule}`,
      row.state,
    ]),
  );
  const expected = expectations(test, [...bySession.keys()]);
  return expected.flatMap((expectation) => {
    const alerts = differentAlerts(expectation, bySession.get(expectation.session) ?? []);
    const states = differentStates(expectation, stateOf);
    if (alerts === null && states.length === 0) return [];
    return {
      session: expectation.session,
      expected: [...(alerts?.expected ?? []), ...states.map((line) => line.expected)],
      got: [...(alerts?.got ?? []), ...states.map((line) => line.got)],
    };
  });
}

/** The sessions a test speaks of, in order; with `otherwise: silent` also those on which something was said. */
function expectations(test: RuleTest, spoken: readonly Session[]): readonly Expectation[] {
  const named = new Set(test.expect.map(({ session }) => session));
  const silent = test.otherwise === 'silent' ? spoken.filter((session) => !named.has(session)) : [];
  return [
    ...test.expect,
    ...silent.map((session): Expectation => ({ session, alerts: [], states: [] })),
  ].sort((a, b) => (a.session < b.session ? -1 : Number(a.session > b.session)));
}

/** Both sides of a session whose alerts are not those expected; null where they are. */
function differentAlerts(
  { alerts: expected }: Expectation,
  got: readonly Alert[],
): { readonly expected: readonly string[]; readonly got: readonly string[] } | null {
  if (expected === null || isMatch(expected, got)) return null;
  const names = new Set<FigureName>(expected.flatMap(({ figures }) => figures.map(({ name }) => name)));
  const none = 'no alert';
  return {
    expected: expected.length === 0 ? [none] : expected.map(showExpected),
    got: got.length === 0 ? [none] : got.map((alert) => showAlert(alert, names)),
  };
}

/** Whether each alert is one of those expected, and each of those came; ids make alerts of one session distinct. */
function isMatch(expected: readonly ExpectedAlert[], got: readonly Alert[]): boolean {
  const left = [...got];
  for (const one of expected) {
    const at = left.findIndex((alert) => isExpected(alert, one));
    if (at < 0) return false;
    left.splice(at, 1);
  }
  return left.length === 0;
}

function differentStates(
  { session, states }: Expectation,
  stateOf: ReadonlyMap<string, State | null>,
): readonly { readonly expected: string; readonly got: string }[] {
  return states.flatMap(({ rule, state }) => {
    const got = stateOf.get(`${session} ${rule}`) ?? null;
    return got === state
      ? []
      : { expected: `${rule} is ${state}`, got: `${rule} is ${got ?? 'outside the values'}` };
  });
}
