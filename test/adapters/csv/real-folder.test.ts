import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { loadFolder } from '../../../adapters/csv/load-folder.ts';
import { breaks } from '../../../shared/series/breaks.ts';
import { snapshotOf } from '../../../shared/series/snapshot-of.ts';
import { calendar, closeOf, marketOf, now } from '../../series/ground.ts';

const root = new URL('../../../', import.meta.url);
const folder = fileURLToPath(new URL('../shared/data/market', root));
const withData = it.skipIf(!existsSync(folder));

function load(): Extract<ReturnType<typeof loadFolder>, { ok: true }>['value'] {
  const market = marketOf(readFileSync(new URL('rules/market.yaml', root), 'utf8'));
  const loaded = loadFolder(folder, { market, calendar, now });
  if (!loaded.ok) throw new Error(loaded.errors.map(({ message }) => message).join());
  return loaded.value;
}

describe('the folder of real closes (skipped where ../shared/data/market is not there)', () => {
  withData('loads without a refusal, and every jump in it is listed or known to be unexplained', () => {
    const { archive, refusals } = load();
    const snapshot = snapshotOf(archive, Number.POSITIVE_INFINITY);
    expect(refusals).toEqual([]);
    expect([snapshot.sessions[0], snapshot.sessions.at(-1)]).toEqual(['1993-01-29', '2026-08-21']);
    expect(breaks(snapshot).map(({ instrument, session }) => `${instrument} ${session}`)).toEqual([
      'AZN 2026-02-02',
      'CNC 2025-07-02',
      'FI 2025-10-29',
      'HON 2026-06-29',
    ]);
  });

  withData('shows 12 January 2026 as it was known at its close', () => {
    const { archive } = load();
    const session = '2026-01-12';
    const snapshot = snapshotOf(archive, closeOf(session));
    const last = snapshot.length - 1;
    const { size, members, on } = snapshot.membership('SP500_MEMBERS');
    const priced = members.filter((member, row) => {
      const close = snapshot.canonical(`${member}.close`).values[last];
      return on[row * snapshot.length + last] === 1 && close !== undefined && !Number.isNaN(close);
    });
    expect([snapshot.sessions[last], size[last], priced.length]).toEqual([session, 503, 498]);
    expect(snapshot.canonical('FED.target_upper').values[last]).toBe(0.0375);
    expect(snapshot.canonical('SP600.forward_pe').values[last]).toBe(15.6);
    expect(snapshot.canonical('FOMC.change_bp').values[snapshot.index('2025-12-10') ?? -1]).toBe(-0.0025);
  });
});
