import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { alpacaRecorded, WALL } from '../../replicas/bodies.ts';
import { ssgaHoldings } from '../../replicas/fund-bodies.ts';
import { call } from '../context.ts';

const folder = mkdtempSync(join(tmpdir(), 'tidemark-providers-'));
writeFileSync(join(folder, 'bars.json'), alpacaRecorded);
writeFileSync(join(folder, 'holdings.xlsx'), ssgaHoldings());
writeFileSync(join(folder, 'wall.html'), WALL);

const parse = (...argv: readonly string[]) => call(['providers', 'parse', ...argv], { folder });

it('prints what an adapter makes of a saved answer', async () => {
  const { code, json } = await parse(
    'alpaca',
    'bars.json',
    '--symbol',
    'AAPL',
    '--session',
    '2022-02-02',
    '--json',
  );
  expect(code).toBe(0);
  expect(json).toEqual([
    {
      kind: 'ok',
      accepted: [
        { instrument: 'AAPL', field: 'close', session: '2022-02-01', value: 174.61 },
        { instrument: 'AAPL', field: 'close', session: '2022-02-02', value: 175.84 },
      ],
      refused: [],
      next: 'QUFQTHxEfDIwMjItMDItMDJUMDU6MDA6MDAuMDAwMDAwMDAwWg==',
    },
  ]);
});

it('judges as of the time and the status it is told', async () => {
  const then = ['--symbol', 'AAPL', '--session', '2022-02-02', '--now', '2022-02-02T21:15:00Z', '--json'];
  const { json } = await parse('alpaca', 'bars.json', ...then);
  expect(json).toMatchObject([
    { kind: 'not_yet', refused: [{ reason: 'partial_bar', session: '2022-02-02' }] },
  ]);
  expect((await parse('tiingo', 'wall.html', '--status', '503', '--json')).json).toMatchObject([
    { kind: 'transient', accepted: [], refused: [] },
  ]);
});

it('reads files that are no text', async () => {
  const { out, code } = await parse('ssga', 'holdings.xlsx', '--symbol', 'SPY', '--now', '2026-06-10');
  expect(code).toBe(0);
  expect(out).toContain('SP500.top10_weight 2026-06-05 37.962');
  expect(out).toContain('504 members');
});

it('shows a reader why a row was refused', async () => {
  const { out } = await parse('alpaca', 'bars.json', '--symbol', 'SPY');
  expect(out).toMatch(/^schema: the rows are about symbols that were not asked for\n/);
  expect(out).toContain('wrong_symbol AAPL 2022-02-01: AAPL was not asked for');
});

it.each([
  [['parse', 'nobody', 'bars.json']],
  [['parse', 'alpaca', 'missing.json']],
  [['parse', 'alpaca', '.']],
  [['look', 'alpaca', 'bars.json']],
  [['parse', 'alpaca', 'bars.json', '--now', 'noon']],
  [['parse', 'alpaca', 'bars.json', '--status', '0']],
  [['parse', 'alpaca', 'bars.json', '--session', '2026-02-30']],
])('takes %j for wrong usage', async (argv) => {
  expect((await call(['providers', ...argv], { folder })).code).toBe(2);
});
