import { describe, expect, it } from 'vitest';
import { offersAt } from '../../console/editor/complete.ts';
import { explanationAt, hintAt } from '../../console/editor/explain.ts';
import { paint } from '../../console/editor/paint.ts';
import { type MarketAnswer, scopeOf } from '../../console/editor/scope.ts';
import { analyze } from '../../shared/expression/analyze.ts';
import { FUNCTIONS } from '../../shared/expression/functions.ts';

const price = { name: 'close', kind: 'price', unit: 'price' } as const;
const MARKET: MarketAnswer = {
  instruments: [
    { id: 'IWM', name: 'iShares Russell 2000 ETF', standsFor: 'the Russell 2000', fields: [price] },
    { id: 'SPY', name: 'SPDR S&P 500 ETF', standsFor: null, fields: [price] },
    { id: 'BRK.B', name: 'Berkshire Hathaway', standsFor: null, fields: [price] },
    {
      id: 'SP600',
      name: 'S&P SmallCap 600',
      standsFor: null,
      fields: [{ name: 'forward_pe', kind: 'level', unit: 'multiple' }],
    },
  ],
  universes: [{ id: 'MAG7', name: 'the Magnificent Seven', members: 7, coverage: 0.95 }],
  portfolios: [{ id: 'MY_PORTFOLIO' }],
  rules: ['small-cap-streak', 'breadth'],
};
const SCOPE = scopeOf(MARKET);

/** What is offered where `|` stands. */
function offered(marked: string): readonly string[] {
  const at = marked.indexOf('|');
  return offersAt(marked.replace('|', ''), at, SCOPE).options.map(({ label }) => label);
}

function completed(marked: string, label: string): string {
  const at = marked.indexOf('|');
  const source = marked.replace('|', '');
  const { from, to, options } = offersAt(source, at, SCOPE);
  const chosen = options.find((option) => option.label === label);
  if (chosen === undefined) throw new Error(`${label} is not offered`);
  return source.slice(0, from) + chosen.insert + source.slice(to);
}

describe('the names an editor knows', () => {
  it('let the checker judge an expression as the service does', () => {
    expect(analyze('streak(ret(IWM) > ret(SPY)) >= 7', SCOPE).errors).toEqual([]);
    expect(analyze('share(MAG7, ret(member) > 0) >= 60%', SCOPE).errors).toEqual([]);
    expect(analyze('SP600.forward_pe > 3 and firing("breadth")', SCOPE).errors).toEqual([]);
    expect(analyze('weight(MY_PORTFOLIO, MAG7) > 30%', SCOPE).errors).toEqual([]);
  });

  it('offer the correction of a misspelled function', () => {
    const [error] = analyze('strek(ret(IWM) > ret(SPY)) >= 7', SCOPE).errors;
    expect(error?.fix).toBe('streak(ret(IWM) > ret(SPY)) >= 7');
  });
});

describe('completion', () => {
  it('offers instruments, every function and not where a value begins', () => {
    const all = offered('|');
    expect(all).toEqual(expect.arrayContaining(['IWM', 'SPY', 'BRK.B', 'SP600', 'not', ...FUNCTIONS.keys()]));
    expect(all).not.toContain('member');
    expect(all).not.toContain('MAG7');
  });

  it('offers fields after a dot, those of the instrument alone', () => {
    expect(offered('SP600.|')).toEqual(['forward_pe']);
    expect(offered('SP600.forw|')).toEqual(['forward_pe']);
    expect(offered('NOBODY.|')).toEqual([]);
    expect(offered('share(MAG7, member.|')).toEqual([
      'close',
      'volume',
      'total_return',
      'split',
      'forward_pe',
    ]);
  });

  it('offers universes where one is taken, and beside numbers where both are', () => {
    expect(offered('share(|')).toEqual(['MAG7']);
    expect(offered('sum(|')).toEqual(expect.arrayContaining(['MAG7', 'IWM']));
    expect(offered('weight(|')).toEqual(['MY_PORTFOLIO']);
    expect(offered('weight(MY_PORTFOLIO, |')).toEqual(['MAG7']);
  });

  it('offers member only inside what is computed for each', () => {
    expect(offered('share(MAG7, ret(|')).toContain('member');
    expect(offered('share(MAG7, ret(member) > 0) and |')).not.toContain('member');
  });

  it('offers ids of rules inside firing, with one pair of quotes', () => {
    expect(offered('firing(|')).toEqual(['small-cap-streak', 'breadth']);
    expect(completed('firing("|")', 'breadth')).toBe('firing("breadth")');
    expect(completed('firing(|)', 'breadth')).toBe('firing("breadth")');
    expect(completed('firing("small|")', 'small-cap-streak')).toBe('firing("small-cap-streak")');
    expect(completed('firing("|', 'breadth')).toBe('firing("breadth"');
  });

  it('offers nothing but words after a value, and nothing where a window stands', () => {
    expect(offered('IWM > SPY a|')).toEqual(['and', 'or']);
    expect(offered('lag(IWM, |')).toEqual([]);
  });

  it('quotes what is no plain name and puts the cursor between parentheses', () => {
    expect(completed('ret(|)', 'BRK.B')).toBe('ret("BRK.B")');
    const { options } = offersAt('', 0, SCOPE);
    expect(options.find(({ label }) => label === 'ret')).toMatchObject({ insert: 'ret()', cursor: 4 });
    expect(options.find(({ label }) => label === 'month')).toMatchObject({ insert: 'month()', cursor: 7 });
    expect(completed('|', 'SP600')).toBe('SP600.');
  });

  it('survives every place of every source', () => {
    const source = 'firing("x") or share(MAG7, member.close > "BRK) >= 3 0% ..';
    for (let at = 0; at <= source.length; at += 1) {
      const { from, to } = offersAt(source, at, SCOPE);
      expect(from).toBeLessThanOrEqual(at);
      expect(to).toBeGreaterThanOrEqual(from);
      hintAt(source, at);
      explanationAt(source, at, SCOPE);
    }
  });
});

describe('what is said of a word', () => {
  const said = (source: string, at: number) => explanationAt(source, at, SCOPE);

  it('is the definition of a function, the name of an instrument, the kind of a field', () => {
    expect(said('ret(IWM)', 1)?.lines[0]).toBe('Return over the last n sessions.');
    expect(said('ret(IWM)', 5)?.lines[0]).toBe('Stands for the Russell 2000.');
    expect(said('SP600.forward_pe', 8)?.title).toBe('SP600.forward_pe');
    expect(said('share(MAG7, ret(member) > 0)', 7)?.title).toBe('MAG7: the Magnificent Seven');
    expect(said('IWM and SPY', 5)?.title).toBe('and');
    expect(said('IWM > 7', 6)).toBeNull();
  });

  it('is the form of the open call with the argument that is being written', () => {
    expect(hintAt('zscore(IWM, ', 12)).toMatchObject({ before: 'zscore(x, ', argument: 'n', after: ')' });
    expect(hintAt('streak(ret(', 11)).toMatchObject({ before: 'ret(', argument: 'x', after: ', n=1)' });
    expect(hintAt('streak((', 8)?.before).toBe('streak(');
    expect(hintAt('IWM > SPY', 4)).toBeNull();
    expect(hintAt('unknown(', 8)).toBeNull();
  });
});

describe('colours', () => {
  it('follow the tokens of the language', () => {
    const source = 'streak(ret("BRK.B") > 5%) AND since(IWM.close, 2025-12-31) > 0';
    expect(paint(source).map(({ from, to, paint: kind }) => `${source.slice(from, to)} ${kind}`)).toEqual([
      'streak function',
      'ret function',
      '"BRK.B" text',
      '> operator',
      '5% number',
      'AND word',
      'since function',
      'IWM name',
      'close field',
      '2025-12-31 date',
      '> operator',
      '0 number',
    ]);
  });
});
