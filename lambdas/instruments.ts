import type { Decision, RunReport } from '../shared/service/report.ts';

/** Where a handler says what it does: lines for people, figures for alarms. Neither ever names a recipient. */
export interface Instruments {
  /** One line of the log; `warn` is for what an operator must look at. */
  line(level: 'info' | 'warn', decision: Decision): void;
  /** Adds a figure of the run; 0 is said too, where an alarm takes silence for trouble. */
  figure(name: string, value: number): void;
}

/** Says what a run came to: one line per decision, one figure per count, and how many things need an operator. */
export function tell(instruments: Instruments, report: RunReport): void {
  const urgent = new Set(report.findings.map(textOf));
  for (const decision of report.decisions) {
    instruments.line(urgent.has(textOf(decision)) ? 'warn' : 'info', decision);
  }
  for (const [name, value] of Object.entries(report.counts)) instruments.figure(name, value);
}

function textOf({ what, subject, why }: Decision): string {
  return JSON.stringify([what, subject, why]);
}
