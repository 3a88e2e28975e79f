import type { Alert } from '../../shared/alerts/alert.ts';
import { renderMessage } from '../../shared/alerts/message/render.ts';
import type { Rule } from '../../shared/rules/rule.ts';
import type { Archive } from '../../shared/series/archive.ts';
import { replay } from '../../shared/workflows/replay.ts';
import { alertToExplain, latestPeriod, sentOver } from './latest.ts';
import { explainedLines, headLines, nextLines, otherLines, silentLines } from './text.ts';

/** Where the text goes; the command's standard output is one. */
export interface StartOutput {
  write(text: string): void;
  paint(style: 'bold' | 'dim' | 'yellow' | 'cyan', text: string): string;
}

/** What the first start shows. */
export interface StartOptions {
  readonly archive: Archive;
  readonly rules: readonly Rule[];
  /** The folder that suggested commands name after `--data`. */
  readonly folder: string;
  /** What sample data says of itself; absent for real data. */
  readonly sample?: string | undefined;
}

/** Sessions shown: two weeks. */
const SESSIONS = 10;
/** Where none of them fired, the alert to explain is looked for in as many: a year. */
const LOOK_BACK = 252;

/**
 * Shows the alerts of the last ten sessions as a subscriber to everything would have got them, one of them in full and
 * explained, then what to try next.
 */
export function start({ archive, rules, folder, sample }: StartOptions, output: StartOutput): void {
  const style = sample === undefined ? {} : { sample };
  const period = latestPeriod(archive, SESSIONS);
  const sent = period === null ? [] : sentOver(archive, rules, period, style);
  const told = sent.flatMap(({ alerts }) => alerts);
  const explained = alertToExplain(told.some(hasFired) ? told : [...yearBefore(archive, rules), ...told]);
  const others = sent.filter(({ alerts }) => !(alerts.length === 1 && alerts[0] === explained));
  const lines = [
    ...headLines({ archive, rules, period, sample }, output),
    ...(explained === undefined
      ? silentLines(period)
      : explainedLines(explained, renderMessage(explained, style), output)),
    ...otherLines(others, output),
    ...nextLines(
      { folder, rule: explained?.rule ?? rules[0]?.id, session: explained?.session, period },
      output,
    ),
  ];
  output.write(`${lines.join('\n')}\n`);
}

function hasFired({ kind }: Alert): boolean {
  return kind === 'fired';
}

/** What fired within the year that ends with the last stored value. */
function yearBefore(archive: Archive, rules: readonly Rule[]): readonly Alert[] {
  const year = latestPeriod(archive, LOOK_BACK);
  return year === null ? [] : replay(archive, rules, year).filter(hasFired);
}
