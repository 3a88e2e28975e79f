import type { RuleTestResult } from '../../shared/rules/run-test.ts';
import type { Context, Output } from '../context.ts';
import { EXIT, type ExitCode } from '../exit.ts';
import { defaultRules, testFiles } from '../load/paths.ts';
import { runTestFile } from '../load/rule-tests.ts';
import { jsonLine } from '../output/json.ts';

export interface TestOptions {
  readonly market?: string;
  readonly json?: true;
}

/** Runs rule tests: a line for each test that holds, and for each session on which one does not. */
export function testRules(context: Context, paths: readonly string[], options: TestOptions): ExitCode {
  const files = testFiles(context, paths.length === 0 ? [defaultRules(context)] : paths);
  const results = files.flatMap((file) => runTestFile(context, file, options.market));
  for (const result of results)
    context.out.write(options.json ? resultLine(result) : resultText(context.out, result));
  if (!options.json) context.err.write(`${countText(results)}\n`);
  return results.every(({ ok }) => ok) ? EXIT.fine : EXIT.findings;
}

function resultLine({ file, name, ok, session, expected, got }: RuleTestResult): string {
  return jsonLine({ file, name, ok, session, expected, got });
}

function resultText(out: Output, { file, name, ok, session, expected, got }: RuleTestResult): string {
  const word = ok ? out.paint('green', 'holds') : out.paint('red', 'fails');
  const on = session === null ? '' : `, ${session}`;
  const lines = [
    `${word}  ${file}: ${name}${on}`,
    ...expected.map((line) => `  ${out.paint('green', `expected  ${line}`)}`),
    ...got.map((line) => `  ${out.paint('red', `got       ${line}`)}`),
  ];
  return `${lines.join('\n')}\n`;
}

/** How many tests hold and how many fail, whatever number of sessions they differ on. */
function countText(results: readonly RuleTestResult[]): string {
  const count = (wanted: boolean): number =>
    new Set(results.filter(({ ok }) => ok === wanted).map(({ file, name }) => `${file}: ${name}`)).size;
  return results.length === 0 ? 'no rule tests found' : `${count(true)} hold, ${count(false)} fail`;
}
