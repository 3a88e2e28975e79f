import type * as z from 'zod/mini';
import type { Calendar } from '../calendar/calendar.ts';
import type { MembershipSpan } from '../series/archive.ts';
import { byPlace, type Finding, positionsOf } from './finding.ts';
import { shapeProblems } from './shape-problems.ts';
import {
  type Expectation,
  type ExpectedAlert,
  type ExpectedFigure,
  FIGURE_NAMES,
} from './test-expectation.ts';
import { EXPECTATION_SHAPE, EXPECTED_ALERT_SHAPE, RULE_TEST_SHAPE, RULE_TESTS_SHAPE } from './test-schema.ts';
import { type Path, plain, readYaml } from './yaml-document.ts';
import {
  type Reading,
  readMembers,
  readValues,
  report,
  sessionIndex,
  type TestText,
  type TestValue,
} from './test-values.ts';

/** One rule test, ready to run. */
export interface RuleTest {
  readonly file: string;
  readonly name: string;
  /** The one rule that is looked at; null: all rules of the files under test. */
  readonly rule: string | null;
  readonly values: readonly TestValue[];
  readonly memberships: readonly MembershipSpan[];
  readonly expect: readonly Expectation[];
  /** Whether sessions that `expect` does not name must be silent. */
  readonly otherwise: 'anything' | 'silent';
}

/** A file of rule tests. */
export interface RuleTestFile {
  readonly file: string;
  /** Files of the rules under test, as seen from the test file; null: the one it is named after. */
  readonly rules: readonly string[] | null;
  /** The market file; null: the one that applies to the rules. */
  readonly market: string | null;
  readonly tests: readonly RuleTest[];
  readonly findings: readonly Finding[];
}

/** Reads a file of rule tests (docs/rule-tests.md); a file with an error has no tests, and all its errors are told. */
export function loadRuleTests(text: string, file: string, calendar: Calendar): RuleTestFile {
  const { root, problems } = readYaml(text, 'tests');
  const reading: Reading = { text, root, calendar, problems: [...problems] };
  const shape = root === null ? null : RULE_TESTS_SHAPE.safeParse(plain(root));
  if (shape?.success === false) reading.problems.push(...shapeProblems(root, [], shape.error, keysAt));
  const raw = shape?.data;
  const tests = raw?.tests.map((test, index) => readTest(reading, file, test, ['tests', index])) ?? [];
  const place = positionsOf(text);
  const findings = reading.problems.map(({ offset, code, severity, message, fix }): Finding => {
    return { file, rule: null, code, severity, ...place(offset), message, fix };
  });
  return {
    file,
    rules: raw?.rules ?? null,
    market: raw?.market ?? null,
    tests: findings.length === 0 ? tests : [],
    findings: findings.sort(byPlace),
  };
}

/** The keys of each map of a test file, by the way to it. */
function keysAt(path: Path): readonly string[] {
  if (path.includes('alerts')) return Object.keys(EXPECTED_ALERT_SHAPE.shape);
  if (path.includes('expect')) return Object.keys(EXPECTATION_SHAPE.shape);
  return Object.keys(path.includes('tests') ? RULE_TEST_SHAPE.shape : RULE_TESTS_SHAPE.shape);
}

function readTest(reading: Reading, file: string, raw: TestText, base: Path): RuleTest {
  return {
    file,
    name: raw.name,
    rule: raw.rule ?? null,
    values: readValues(reading, raw, base),
    memberships: readMembers(raw.members ?? {}),
    expect: raw.expect.map((expectation, index) =>
      readExpectation(reading, raw, expectation, [...base, 'expect', index]),
    ),
    otherwise: raw.otherwise === 'silent' ? 'silent' : 'anything',
  };
}

function readExpectation(
  reading: Reading,
  test: TestText,
  raw: TestText['expect'][number],
  path: Path,
): Expectation {
  sessionIndex(reading, raw.session, [...path, 'session']);
  if (raw.alerts === undefined && raw.states === undefined) {
    report(reading, path, 'expected `alerts` or `states` beside `session`, found neither');
  }
  return {
    session: raw.session,
    alerts:
      raw.alerts?.map((alert, index) => readAlert(reading, test, alert, [...path, 'alerts', index])) ?? null,
    states: Object.entries(raw.states ?? {}).map(([rule, state]) => ({ rule, state })),
  };
}

function readAlert(
  reading: Reading,
  test: TestText,
  raw: z.infer<typeof EXPECTED_ALERT_SHAPE>,
  path: Path,
): ExpectedAlert {
  const rule = raw.rule ?? test.rule;
  if (rule === undefined)
    report(reading, path, '`rule`: expected a rule id here or for the whole test, but it is missing');
  const figures = FIGURE_NAMES.flatMap((name): readonly ExpectedFigure[] => {
    const given = raw[name];
    return given === undefined
      ? []
      : [{ name, text: given === null ? 'none' : String(given), value: figureOf(given) }];
  });
  return { rule: rule ?? '', kind: raw.kind, figures };
}

function figureOf(given: number | string | null): number | string | null {
  return typeof given === 'string' && given.endsWith('%') ? Number(given.slice(0, -1)) / 100 : given;
}
