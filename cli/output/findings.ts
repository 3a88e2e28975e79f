import type { Finding } from '../../shared/rules/finding.ts';
import type { Output } from '../context.ts';
import { counted } from './figures.ts';
import { jsonLine } from './json.ts';

/** One finding as scripts read it. */
export function findingLine({ file, rule, code, severity, line, column, message, fix }: Finding): string {
  return jsonLine({ file, rule, code, severity, line, column, message, fix });
}

/** One finding as a reader wants it: the place first, so that editors and terminals can jump there. */
export function findingText(finding: Finding, output: Output): string {
  const { file, rule, code, severity, line, column, message, fix } = finding;
  const word = output.paint(severity === 'error' ? 'red' : 'yellow', severity);
  const about = rule === null ? '' : `${rule}: `;
  const text = `${file}:${line}:${column}: ${word}: ${about}${message} ${output.paint('dim', `[${code}]`)}\n`;
  return fix === null ? text : `${text}  ${output.paint('dim', 'try:')} ${fix}\n`;
}

/** How many errors and warnings there are, in words. */
export function findingCount(findings: readonly Finding[]): string {
  const errors = findings.filter(({ severity }) => severity === 'error').length;
  return `${counted(errors, 'error')}, ${counted(findings.length - errors, 'warning')}`;
}
