import { describe, expect, it } from 'vitest';
import { dataTable } from '../../local/status/data-table.ts';
import { keptWhile } from '../../shared/workbench/kept-while.ts';
import type { InputHealth } from '../../shared/service/data-health.ts';

const close: InputHealth = {
  ...{ input: 'SPY.close', asOf: '2026-01-12', status: 'fresh', coverage: null },
  ...{ source: 'first', settled: 'settled', needed: null, finding: 'value of 2026-01-12 from first' },
};

describe('the table of inputs', () => {
  it('shows what needs a look first and why, from whom, and what a universe has of what it needs', async () => {
    const text = String(
      await dataTable({
        inputs: [
          { ...close, settled: 'provisional' },
          { ...close, input: 'L.pe', status: 'stale', source: null, asOf: null, finding: 'too <old>' },
          {
            ...{ ...close, input: 'SP500', status: 'missing', source: null, finding: 'too few' },
            ...{ coverage: { have: 470, of: 503 }, needed: 0.95 },
          },
          { ...close, input: 'A.close', status: 'held', finding: 'is held: jump' },
        ],
      }),
    );
    const order = ['A.close', 'SP500', 'L.pe', 'SPY.close'].map((input) => text.indexOf(`>${input}<`));
    expect(order).toEqual(order.toSorted((a, b) => a - b));
    expect(order[0]).toBeGreaterThan(0);
    for (const part of [
      'is held: jump',
      'too &lt;old&gt;',
      '470 of 503, 95% needed',
      'provisional',
      'first',
    ]) {
      expect(text).toContain(part);
    }
    expect(text).not.toContain('value of 2026-01-12');
  });

  it('says so where no rule reads anything', async () => {
    expect(String(await dataTable({ inputs: [] }))).toContain('No enabled rule reads anything yet.');
  });
});

describe('what is kept while its key stays', () => {
  it('is taken again where the key changes, and after a failure', async () => {
    let key = 1;
    let taken = 0;
    const read = keptWhile(
      async () => [key],
      async () => {
        taken += 1;
        if (taken === 2) throw new Error('not now');
        return taken;
      },
    );
    expect([await read(), await read()]).toEqual([1, 1]);
    key = 2;
    await expect(read()).rejects.toThrow('not now');
    expect([await read(), await read()]).toEqual([3, 3]);
  });
});
