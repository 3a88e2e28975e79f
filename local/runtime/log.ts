import { appendFileSync, existsSync, readFileSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type Instruments, tell } from '../../lambdas/instruments.ts';
import type { Instant } from '../../shared/calendar/calendar.ts';
import type { RunReport } from '../../shared/service/report.ts';

const OWNER_ONLY = 0o600;

/** The log and what it was before it was last begun anew: together they stay under twice its largest size. */
export const LOG = 'log.jsonl';
export const EARLIER_LOG = 'log.1.jsonl';
const LARGEST = 5_000_000;

/** One decision as the log keeps it. */
export interface LogLine {
  /** `2026-01-12T22:20:00.000Z`. */
  readonly at: string;
  readonly level: 'info' | 'warn';
  readonly what: string;
  readonly subject: string;
  readonly why: string;
}

/**
 * Keeps one line of JSON per decision in a data directory's log, and passes on what somebody must look at. No line ever
 * names a recipient. A log that has reached `largest` bytes becomes the earlier one, and a new one begins.
 */
export function logIn(
  folder: string,
  clock: () => Instant,
  warn: (text: string) => void,
  largest = LARGEST,
): Instruments {
  const path = join(folder, LOG);
  let size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  return {
    line(level, { what, subject, why }) {
      const line: LogLine = { at: new Date(clock()).toISOString(), level, what, subject, why };
      const text = `${JSON.stringify(line)}\n`;
      if (size >= largest) {
        if (existsSync(path)) renameSync(path, join(folder, EARLIER_LOG));
        size = 0;
      }
      appendFileSync(path, text, { mode: OWNER_ONLY });
      size += Buffer.byteLength(text);
      if (level === 'warn') warn(`${what}: ${subject}: ${why}`);
    },
    figure: () => {},
  };
}

/** Keeps what a run came to in a log, as the handlers do. */
export function logRun(log: Instruments, report: RunReport): void {
  tell(log, report);
}

/** The last lines of a data directory's logs, newest first; one that a crash cut short is left out. */
export function readLog(folder: string, count: number): readonly LogLine[] {
  const newest = linesIn(join(folder, LOG));
  const lines = newest.length < count ? [...linesIn(join(folder, EARLIER_LOG)), ...newest] : newest;
  return lines
    .slice(-count)
    .flatMap((line) => {
      try {
        return [JSON.parse(line) as LogLine];
      } catch {
        return [];
      }
    })
    .toReversed();
}

function linesIn(path: string): readonly string[] {
  const text = existsSync(path) ? readFileSync(path, 'utf8') : '';
  return text.split('\n').filter((line) => line !== '');
}
