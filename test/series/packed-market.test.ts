import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Market } from '../../shared/series/market.ts';
import { packMarket, unpackMarket } from '../../shared/series/packed-market.ts';
import { emptyMarket, parseMarket } from '../../shared/series/parse-market.ts';

function written(market: Market): Market {
  return unpackMarket(JSON.parse(JSON.stringify(packMarket(market))) as ReturnType<typeof packMarket>);
}

function read(text: string): Market {
  const parsed = parseMarket(text, 'market.yaml');
  if (!parsed.ok) throw new Error(parsed.errors[0]?.message);
  return parsed.value;
}

describe('a packed market', () => {
  it('comes back as the shipped one was, in the same order', () => {
    const market = read(readFileSync(new URL('../../rules/market.yaml', import.meta.url), 'utf8'));
    const back = written(market);
    expect(back).toStrictEqual(market);
    expect([...back.instruments.keys()]).toEqual([...market.instruments.keys()]);
    expect(market.instruments.size).toBeGreaterThan(5);
  });

  it('keeps what only some markets have: odd names, dated members, holdings, moves and closures', () => {
    const market = read(`
instruments:
  __proto__: { name: Odd, stands_for: nothing }
  constructor: { name: Odd too }
universes:
  fixed: { name: Two, members: [AAA, __proto__] }
  dated: { name: Many, members: dated, coverage: 0.5 }
portfolios:
  mine: { as_of: 2025-12-31, holdings: { AAA: 1.5, constructor: 2 } }
moves:
  - { instrument: AAA, session: 2020-03-16 }
closures: [2026-07-10]
`);
    expect(written(market)).toStrictEqual(market);
    expect([...written(market).instruments.keys()]).toContain('__proto__');
  });

  it('of nothing is nothing', () => {
    expect(written(emptyMarket())).toStrictEqual(emptyMarket());
  });
});
