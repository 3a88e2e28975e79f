import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { createCalendar } from '../../shared/calendar/xnys.ts';

/** Makes a folder with these files for one test. */
export function folderWith(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'tidemark-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return folder;
}

export const calendar = createCalendar([]);

/** A CSV of closes on consecutive sessions, the first on or after a date; null leaves a cell empty. */
export function closesFrom(first: string, closes: readonly (number | null)[]): string {
  const start = calendar.onOrAfter(first);
  const rows = closes.map((close, index) => `${calendar.sessions[start + index]},${close ?? ''}`);
  return `date,close\n${rows.join('\n')}\n`;
}

/** A market of two funds, and a rule that fires on two sessions running of the first ahead of the second. */
export const SMALL_MARKET = 'instruments:\n  AAA: { name: First fund }\n  BBB: { name: Second fund }\n';
export const SMALL_RULES = `rules:
  - id: ahead
    title: The first fund is ahead
    when: streak(ret(AAA) > ret(BBB)) >= 2
    outcome: [ret(AAA)]
`;

/** A folder with that market, that rule and six sessions of closes, of which AAA leads on the 2nd to 4th. */
export function smallFolder(more: Readonly<Record<string, string>> = {}): string {
  return folderWith({
    'rules/market.yaml': SMALL_MARKET,
    'rules/ahead.yaml': SMALL_RULES,
    'closes/AAA.csv': closesFrom('2026-01-05', [100, 101, 103, 104, 103, 102]),
    'closes/BBB.csv': closesFrom('2026-01-05', [50, 50, 50, 50, 50, 50]),
    ...more,
  });
}
