import { chmodSync, cpSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterAll, expect } from 'vitest';
import { call, type Called } from './context.ts';
import { calendar, closesFrom, folderWith } from './folder.ts';

const RULES = `rules:
  - id: small-cap-streak
    title: Small caps are beating large caps
    when: streak(ret(IWM) > ret(SPY)) >= 7
    outcome: [ret(IWM)]
  - id: small-cap-surge
    title: Small caps surge
    when: ytd(IWM) >= 50%
    expect: { never-true: it has not happened yet }
`;

const MARKET = `instruments:
  IWM: { name: Small }
  SPY: { name: Large }
  SP600: { name: S&P SmallCap 600, fields: { forward_pe: { kind: level, unit: multiple, stale_after: 95 } } }
  FED: { name: Federal Reserve, fields: { target_upper: { kind: level, unit: percent, stale_after: 400 } } }
  FOMC: { name: FOMC decision, fields: { change_bp: { kind: event, unit: bp } } }
`;

/** The evening before the first session of January, and the one on which the streak fires. */
export const BEFORE = calendar.close('2025-12-31') + 3_600_000;
export const FIRED = calendar.close('2026-01-12') + 3_600_000;

/** A folder in which IWM stands still to the end of 2025 and then leads SPY on seven sessions, to 12 January. */
export function serviceFolder(more: Readonly<Record<string, string>> = {}): string {
  const level = calendar.range('2025-10-01', '2025-12-31').map(() => 100);
  return folderWith({
    'rules/market.yaml': MARKET,
    'rules/small-caps.yaml': RULES,
    'closes/IWM.csv': closesFrom('2025-10-01', [...level, 101, 102, 103, 104, 105, 106, 107]),
    'closes/SPY.csv': closesFrom('2025-10-01', [...level, ...level.slice(0, 7)]),
    ...more,
  });
}

/** Calls a verb that has to end well. */
export async function well(argv: readonly string[], folder: string, now = FIRED): Promise<Called> {
  const called = await call(argv, { folder, now });
  expect([argv, called.code, called.err]).toEqual([argv, 0, '']);
  return called;
}

const lived = new Map<string, Promise<string>>();

/**
 * A service that has lived through January: rules live since the year began, one alert fired, one confirmed reader. It is
 * lived through once for a file of tests; each test gets a copy of its own.
 */
export async function livedService(more: Readonly<Record<string, string>> = {}): Promise<string> {
  const key = JSON.stringify(more);
  const kept = lived.get(key) ?? liveThrough(more);
  lived.set(key, kept);
  const folder = folderWith({});
  copyFolder(await kept, folder);
  return folder;
}

/** Copies a folder with the modes of its folders, which Node's own copy leaves to the process. */
function copyFolder(from: string, to: string): void {
  cpSync(from, to, { recursive: true });
  for (const entry of readdirSync(from, { recursive: true, withFileTypes: true })) {
    if (!entry.isDirectory()) continue;
    const path = join(entry.parentPath, entry.name);
    chmodSync(join(to, relative(from, path)), statSync(path).mode);
  }
}

const masters: string[] = [];
afterAll(() => {
  for (const folder of masters) rmSync(folder, { recursive: true, force: true });
});

async function liveThrough(more: Readonly<Record<string, string>>): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'tidemark-lived-'));
  masters.push(folder);
  cpSync(serviceFolder(more), folder, { recursive: true });
  await well(['ingest', '--data', 'closes', '--json'], folder, BEFORE);
  const subscribed = await well(['subscribe', '--email', 'name@example.com', '--json'], folder, BEFORE);
  await well(['confirm', String(subscribed.json[0]?.['id'])], folder, BEFORE);
  for (const verb of ['ingest', 'evaluate', 'deliver']) await well([verb, '--json'], folder);
  return folder;
}
