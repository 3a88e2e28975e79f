import { basename } from 'node:path';
import { byPlace, type Finding } from '../../shared/rules/finding.ts';
import { lintOnHistory } from '../../shared/rules/lint.ts';
import type { MarketProblem } from '../../shared/series/parse-market.ts';
import type { Context } from '../context.ts';
import { EXIT, type ExitCode } from '../exit.ts';
import { type LoadedData, readData } from '../load/folder.ts';
import { readMarket } from '../load/market.ts';
import { defaultRules, MARKET } from '../load/paths.ts';
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
  // A market that is named like a rules file is checked as what it is.
  const market = options.market ?? named.find((path) => basename(path) === MARKET);
  const paths = named.filter((path) => basename(path) !== MARKET);
  const ground = readMarket(context, { rules: paths, ...(market === undefined ? {} : { market }) });
  if (!ground.ok) {
    if (paths.length > 0) context.err.write('rules were not checked: the market they stand on has errors\n');
    return { findings: ground.errors.map(marketFinding), files: 0 };
  }
  const data = options.data === undefined ? null : readData(context, options.data, ground.value);
  const checked = checkedRules(context, paths, data?.market ?? ground.value.market);
  const lints = data ? historyLints(checked, data) : [];
  return { findings: [...checked.findings, ...lints].toSorted(byFileAndPlace), files: checked.files.length };
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
