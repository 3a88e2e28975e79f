import { basename } from 'node:path';
import { byPlace, type Finding } from '../../shared/rules/finding.ts';
import { lintOnHistory } from '../../shared/rules/lint.ts';
import { loadRuleTests } from '../../shared/rules/load-tests.ts';
import type { MarketProblem } from '../../shared/series/parse-market.ts';
import type { Context } from '../context.ts';
import { EXIT, type ExitCode } from '../exit.ts';
import { tellBreaks } from '../load/breaks.ts';
import { type LoadedData, readData } from '../load/folder.ts';
import { type Ground, readMarket } from '../load/market.ts';
import { defaultRules, MARKET, readText, TEST_SUFFIX } from '../load/paths.ts';
import { type CheckedRules, checkedRules } from '../load/rules.ts';
import { rulesOver } from '../load/states.ts';
import { counted } from '../output/figures.ts';
import { findingCount, findingLine, findingText } from '../output/findings.ts';

export interface CheckOptions {
  readonly data?: string;
  readonly market?: string;
  readonly strict?: true;
  readonly json?: true;
}

/** Checks rules files with the market they stand on, and with `--data` what the stored history says against them. */
export function check(context: Context, paths: readonly string[], options: CheckOptions): ExitCode {
  const { findings, files } = findAll(context, paths, options);
  for (const finding of findings) {
    context.out.write(options.json ? findingLine(finding) : findingText(finding, context.out));
  }
  if (!options.json) context.err.write(`${findingCount(findings)} in ${counted(files, 'rules file')}\n`);
  const bad = findings.some(({ severity }) => severity === 'error' || options.strict === true);
  return bad ? EXIT.findings : EXIT.fine;
}

interface Found {
  readonly findings: readonly Finding[];
  /** How many rules files were read. */
  readonly files: number;
}

function findAll(context: Context, given: readonly string[], options: CheckOptions): Found {
  const named = given.length === 0 ? [defaultRules(context)] : given;
  // The market and rule tests may be among the files a shell found: each is checked as what it is.
  const market = options.market ?? named.find((path) => basename(path) === MARKET);
  const tests = named.filter((path) => path.endsWith(TEST_SUFFIX));
  const paths = named.filter((path) => basename(path) !== MARKET && !tests.includes(path));
  const ground = readMarket(context, { rules: paths, ...(market === undefined ? {} : { market }) });
  if (!ground.ok) {
    if (paths.length > 0) context.err.write('rules were not checked: the market they stand on has errors\n');
    return { findings: ground.errors.map(marketFinding), files: 0 };
  }
  const data = options.data === undefined ? null : readData(context, options.data, ground.value);
  if (data) tellBreaks(context, data.snapshot, () => true);
  const checked = checkedRules(context, paths, data?.market ?? ground.value.market);
  const lints = data ? historyLints(checked, data) : [];
  const inTests = tests.flatMap((path) => testFindings(context, path, ground.value));
  const findings = [...checked.findings, ...lints, ...inTests].toSorted(byFileAndPlace);
  return { findings, files: checked.files.length };
}

function testFindings(context: Context, path: string, { calendar }: Ground): readonly Finding[] {
  const { file, text } = readText(context, path);
  return loadRuleTests(text, file, calendar).findings;
}

function historyLints({ rules, files, places }: CheckedRules, { snapshot }: LoadedData): Finding[] {
  const over = rulesOver(rules, snapshot);
  return rules.flatMap((rule) => {
    const place = places.get(rule.id);
    if (!place || !files.includes(place.file)) return [];
    return lintOnHistory(rule, place, over.engine, over.view(rule).verdicts);
  });
}

function marketFinding({ file, line, column, code, message }: MarketProblem): Finding {
  return { file, rule: null, code, severity: 'error', line, column, message, fix: null };
}

function byFileAndPlace(a: Finding, b: Finding): number {
  if (a.file !== b.file) return a.file < b.file ? -1 : 1;
  return byPlace(a, b);
}
