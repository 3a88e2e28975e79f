import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type OutboxPublish, readOutboxLog } from '../../adapters/outbox/delivery.ts';
import { namesIn } from '../../adapters/outbox/private-files.ts';
import { allAlerts } from '../../cli/service/alerts.ts';
import { openLocalStore } from '../../local/runtime/local-store.ts';
import type { AlertRecord } from '../../shared/ports/records.ts';
import { folderWith } from '../cli/folder.ts';

const EVENINGS = fileURLToPath(new URL('evenings.ts', import.meta.url));

/** Runs the evenings in a process of their own and kills it at a line it says, if it says so many; the lines it said. */
async function live(folder: string, killAt: number): Promise<readonly string[]> {
  const child = spawn(process.execPath, [EVENINGS, folder], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(child, 'exit');
  const lines: string[] = [];
  for await (const line of createInterface(child.stdout)) {
    lines.push(line);
    if (lines.length === killAt) child.kill('SIGKILL');
  }
  const [code, signal] = (await ended) as [number | null, string | null];
  expect(signal === 'SIGKILL' || code === 0).toBe(true);
  return lines;
}

interface Left {
  readonly alerts: readonly AlertRecord[];
  readonly letters: readonly string[];
  readonly publishes: readonly OutboxPublish[];
  /** `day value` of every close of AAA. */
  readonly closes: readonly string[];
}

async function leftIn(folder: string): Promise<Left> {
  const store = await openLocalStore(folder, () => 0, 'private');
  try {
    const { series } = await store.observations.load({ series: [{ id: 'AAA.close', from: '2025-01-01' }] });
    const rows = series[0]?.rows;
    const names = await namesIn(store.place.outbox);
    return {
      alerts: await allAlerts(store.alerts, {}),
      letters: names.filter((name) => name.endsWith('.eml')),
      publishes: await readOutboxLog(store.place.outbox),
      closes: Array.from(
        { length: rows?.length ?? 0 },
        (_, index) => `${rows?.day(index)} ${rows?.value(index)}`,
      ),
    };
  } finally {
    await store.end();
  }
}

/** How often a key was published beyond once. */
function secondPublishes(publishes: readonly OutboxPublish[]): number {
  return publishes.length - new Set(publishes.map(({ key }) => key)).size;
}

describe('the service on this machine, killed without warning', { timeout: 180_000 }, () => {
  it('has lost nothing it acknowledged, and has sent once what was not under way, when it is started again', async () => {
    const calm = join(folderWith({}), 'calm');
    const all = await live(calm, Number.POSITIVE_INFINITY);
    expect(all.at(-1)).toBe('done');
    const expected = await leftIn(calm);
    expect(expected.alerts.length).toBeGreaterThan(10);
    expect(secondPublishes(expected.publishes)).toBe(0);

    const hit = join(folderWith({}), 'hit');
    const publishing = all.flatMap((line, index) => (line === 'call publisher.publish' ? [index + 1] : []));
    // Anywhere, and right where a message goes out, whose settling is then lost.
    const anywhere = fc.sample(fc.integer({ min: 1, max: all.length }), { numRuns: 4, seed: 20_260_112 });
    const moments = [...anywhere, ...publishing.slice(1, 3)];
    const acknowledged = new Set<string>();
    for (const moment of moments) {
      for (const line of await live(hit, moment)) {
        if (line.startsWith('stored ')) acknowledged.add(line.slice('stored '.length));
      }
    }
    const killed = await leftIn(hit);
    for (const stored of acknowledged) expect(killed.closes).toContain(stored);

    expect((await live(hit, Number.POSITIVE_INFINITY)).at(-1)).toBe('done');
    const left = await leftIn(hit);
    expect(left.closes).toEqual(expected.closes);
    expect(left.alerts.map(({ alert }) => alert)).toEqual(expected.alerts.map(({ alert }) => alert));
    expect(left.letters).toEqual(expected.letters);
    // Each kill interrupts at most one publish; every second one is counted, under the same key.
    expect(new Set(left.publishes.map(({ key }) => key))).toEqual(
      new Set(expected.publishes.map(({ key }) => key)),
    );
    expect(secondPublishes(left.publishes)).toBeLessThanOrEqual(moments.length);
    for (const { alert, delivery } of left.alerts) {
      expect(['sent', 'withheld']).toContain(delivery.kind);
      if (delivery.kind !== 'sent') continue;
      const publishes = left.publishes.filter(({ key }) => key === alert.id).length;
      expect(publishes).toBeGreaterThanOrEqual(1);
      expect(delivery.attempts).toBeGreaterThanOrEqual(publishes);
    }
  });
});
