import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { loadFolder } from '../../adapters/csv/load-folder.ts';
import type { Alert } from '../../shared/alerts/alert.ts';
import { loadRuleFiles } from '../../shared/rules/load.ts';
import { parseMarket } from '../../shared/series/parse-market.ts';
import { replay } from '../../shared/workflows/replay.ts';
import { calendar } from '../support/archive-of.ts';

const folder = fileURLToPath(new URL('../../../shared/data/market', import.meta.url));
const rulesFolder = fileURLToPath(new URL('../../rules/', import.meta.url));

/** All alerts of the shipped rules on the real closes; the folder lies beside the checkout, where it is at all. */
function alertsOfRealCloses(): readonly Alert[] {
  const market = parseMarket(readFileSync(`${rulesFolder}market.yaml`, 'utf8'), 'market.yaml');
  if (!market.ok) throw new Error(JSON.stringify(market.errors));
  const loaded = loadFolder(folder, { market: market.value, calendar, now: Number.MAX_SAFE_INTEGER });
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.errors));
  const files = readdirSync(rulesFolder)
    .filter((name) => name.endsWith('.yaml') && name !== 'market.yaml' && !name.includes('.test.'))
    .map((file) => ({ file, text: readFileSync(rulesFolder + file, 'utf8') }));
  const { rules } = loadRuleFiles(files, loaded.value.market);
  return replay(loaded.value.archive, rules, { from: '2025-06-01', to: '2026-03-31' });
}

const present = existsSync(folder);
const alerts = present ? alertsOfRealCloses() : [];

function told(rule: string, kind: string): readonly Alert[] {
  return alerts.filter((alert) => alert.rule === rule && alert.kind === kind);
}

describe.skipIf(!present)('the closes of January 2026 (where ../shared/data/market is present)', () => {
  it('let small caps fire on the seventh session, with the precedent and the closest call', () => {
    const alert = told('small-cap-streak', 'fired').find(({ session }) => session >= '2026-01-01');
    expect(alert).toMatchObject({
      session: '2026-01-12',
      value: 7,
      precedent: { atLeast: '2022-09-15', higher: '2021-02-09', dataSince: '2000-05-30' },
      margin: { session: '2026-01-07' },
    });
    expect(alert?.margin?.value).toBeCloseTo(0.00088, 5);
  });

  it('update the record claim up to the fourteenth session, and end it on the next', () => {
    const updates = told('small-cap-streak', 'updated').filter(({ session }) => session >= '2026-01-12');
    expect(updates.at(-1)).toMatchObject({ session: '2026-01-22', value: 14, precedent: { atLeast: null } });
    expect(new Set(updates.map(({ precedent }) => precedent?.atLeast)).size).toBe(updates.length);
    const ended = told('small-cap-streak', 'resolved').find(({ session }) => session >= '2026-01-12');
    expect(ended).toMatchObject({ session: '2026-01-23', value: 0, peak: 14, duration: 8, margin: null });
  });

  it('have five of the Magnificent Seven down in January, all of them first on 13 February', () => {
    const fired = told('mega-caps-down', 'fired').filter(({ session }) => session >= '2026-01-01');
    expect(fired[0]?.session).toBe('2026-02-13');
  });

  it('name breadth, valuation and policy as evidence of the streak', () => {
    const alert = told('small-cap-streak', 'fired').at(-1);
    const sides = Object.fromEntries(alert?.evidence.map(({ rule, side }) => [rule, side]) ?? []);
    expect(sides).toMatchObject({
      'breadth-broadening': 'for',
      'valuation-discount': 'for',
      'policy-easing': 'for',
      'mega-caps-down': 'against',
    });
  });

  it('let policy fire with 10 December and the discount with 2 December 2025', () => {
    expect(told('policy-easing', 'fired').at(-1)?.session).toBe('2025-12-10');
    const discount = told('valuation-discount', 'fired').at(-1);
    expect(discount?.session).toBe('2025-12-02');
    expect(discount?.value).toBeCloseTo(0.324, 3);
  });
});
