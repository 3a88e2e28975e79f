import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Instruments } from '../../lambdas/instruments.ts';
import type { Instant } from '../../shared/calendar/calendar.ts';

const OWNER_ONLY = 0o600;

/**
 * Keeps one line of JSON per decision in a data directory's log, and passes on what somebody must look at. No line ever
 * names a recipient.
 */
export function logIn(folder: string, clock: () => Instant, warn: (text: string) => void): Instruments {
  const path = join(folder, 'log.jsonl');
  return {
    line(level, { what, subject, why }) {
      const line = { at: new Date(clock()).toISOString(), level, what, subject, why };
      appendFileSync(path, `${JSON.stringify(line)}\n`, { mode: OWNER_ONLY });
      if (level === 'warn') warn(`${what}: ${subject}: ${why}`);
    },
    figure: () => {},
  };
}
