import type { Decision, RunReport } from '../../shared/service/report.ts';
import type { Context } from '../context.ts';
import { EXIT, type ExitCode } from '../exit.ts';
import { jsonLine } from './json.ts';
import { table } from './table.ts';

const COLUMNS = [
  { title: 'decision', align: 'left' },
  { title: 'about', align: 'left' },
  { title: 'because', align: 'left' },
] as const;

/** Prints what a run of a workflow came to; what somebody must look at is on standard error and makes the call exit with 3. */
export function printRun({ out, err }: Context, report: RunReport, json: true | undefined): ExitCode {
  const { kind, at, counts, findings, decisions } = report;
  if (json) {
    out.write(jsonLine({ kind, at: new Date(at).toISOString(), counts, findings, decisions }));
  } else {
    if (decisions.length === 0) out.write(`${kind}: nothing to do\n`);
    else out.write(`${table(COLUMNS, decisions.map(cells)).join('\n')}\n`);
    for (const finding of findings) {
      err.write(`${err.paint('yellow', 'finding:')} ${cells(finding).join(': ')}\n`);
    }
  }
  return findings.length > 0 ? EXIT.findings : EXIT.fine;
}

function cells({ what, subject, why }: Decision): readonly string[] {
  return [what, subject, why];
}
