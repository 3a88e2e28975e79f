import { dirname, join } from 'node:path';
import { type LoadedRules, loadRuleFiles } from '../../shared/rules/load.ts';
import { loadRuleTests, type RuleTestFile } from '../../shared/rules/load-tests.ts';
import { type RuleTestResult, runRuleTest } from '../../shared/rules/run-test.ts';
import { replay } from '../../shared/workflows/replay.ts';
import { states } from '../../shared/workflows/states.ts';
import type { Context } from '../context.ts';
import { type Ground, readMarket } from './market.ts';
import { ruleFiles, TEST_SUFFIX, type TextFile } from './paths.ts';

/** Runs the tests of one file; whatever keeps them from running is one failing result. */
export function runTestFile(
  context: Context,
  test: TextFile,
  market: string | undefined,
): readonly RuleTestResult[] {
  const ground = readMarket(context, { rules: [test.file], ...(market === undefined ? {} : { market }) });
  if (!ground.ok) return cannotRun(test.file, ground.errors);
  const file = loadRuleTests(test.text, test.file, ground.value.calendar);
  if (file.findings.length > 0) return cannotRun(test.file, file.findings);
  if (file.market === null) return runTests(context, file, ground.value);
  const own = readMarket(context, { market: join(dirname(test.file), file.market) });
  return own.ok ? runTests(context, file, own.value) : cannotRun(test.file, own.errors);
}

function runTests(
  context: Context,
  file: RuleTestFile,
  { market, calendar }: Ground,
): readonly RuleTestResult[] {
  const folder = dirname(file.file);
  const named = file.rules?.map((path) => join(folder, path)) ?? [
    `${file.file.slice(0, -TEST_SUFFIX.length)}.yaml`,
  ];
  const asked = ruleFiles(context, named);
  // Rules may name those of the files beside them.
  const loaded = loadRuleFiles(withBeside(asked, ruleFiles(context, [folder])), market);
  const names = new Set(asked.map((one) => one.file));
  const errors = loaded.findings.filter((one) => one.severity === 'error' && names.has(one.file));
  if (errors.length > 0) return cannotRun(file.file, errors);
  const ground = { market, calendar, rules: loaded.rules, underTest: idsIn(loaded, names), replay, states };
  return file.tests.flatMap((test) => runRuleTest(test, ground));
}

function withBeside(asked: readonly TextFile[], beside: readonly TextFile[]): TextFile[] {
  const names = new Set(asked.map(({ file }) => join(file)));
  return [...asked, ...beside.filter(({ file }) => !names.has(join(file)))];
}

function idsIn({ places }: LoadedRules, files: ReadonlySet<string>): ReadonlySet<string> {
  return new Set([...places].filter(([, { file }]) => files.has(file)).map(([id]) => id));
}

interface Placed {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

function cannotRun(file: string, found: readonly Placed[]): readonly RuleTestResult[] {
  const got = found.map((one) => `${one.file}:${one.line}:${one.column}: ${one.message}`);
  return [{ file, name: 'the file can be run', ok: false, session: null, expected: ['no errors'], got }];
}
