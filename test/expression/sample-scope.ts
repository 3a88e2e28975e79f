import type { Scope } from '../../shared/expression/scope.ts';
import type { Field, FieldUnit, Instrument, Kind, Market } from '../../shared/series/market.ts';

const field = (kind: Kind, unit: FieldUnit, staleAfter: number | null = null): Field => ({
  kind,
  unit,
  staleAfter,
});

const PRICED: readonly [string, Field][] = [
  ['close', field('price', 'price')],
  ['volume', field('price', 'number')],
  ['split', field('event', 'number')],
  ['total_return', field('price', 'price')],
];

const instrument = (id: string, fields: readonly [string, Field][]): [string, Instrument] => [
  id,
  { id, name: id, standsFor: null, fields: new Map(fields) },
];

const priced = (id: string): [string, Instrument] => instrument(id, PRICED);

const MAG7 = ['AAPL', 'AMZN', 'GOOGL', 'META', 'MSFT', 'NVDA', 'TSLA'];

/** A small market of every kind of field, universe and portfolio. */
export const SAMPLE_MARKET: Market = {
  instruments: new Map([
    ...['IWM', 'SPY', 'QQQ', 'BRK.B', '^RUT', 'member', 'and', ...MAG7].map(priced),
    instrument('SP500', [['forward_pe', field('level', 'multiple', 95)]]),
    instrument('SP600', [['forward_pe', field('level', 'multiple', 95)]]),
    instrument('FED', [['target_upper', field('level', 'percent', 400)]]),
    instrument('FOMC', [['change_bp', field('event', 'bp')]]),
  ]),
  universes: new Map([
    ['MAG7', { id: 'MAG7', name: 'the Magnificent Seven', members: MAG7, coverage: 0.95 }],
    ['TRIO', { id: 'TRIO', name: 'three of them', members: ['AAPL', 'MSFT', 'NVDA'], coverage: 0.95 }],
    ['SP500_MEMBERS', { id: 'SP500_MEMBERS', name: 'S&P 500 members', members: null, coverage: 0.95 }],
  ]),
  portfolios: new Map([
    [
      'MY_PORTFOLIO',
      {
        id: 'MY_PORTFOLIO',
        asOf: '2025-12-31',
        holdings: new Map([
          ['SPY', 100],
          ['NVDA', 40],
        ]),
      },
    ],
  ]),
  moves: [],
  closures: [],
};

export const SAMPLE_SCOPE: Scope = {
  market: SAMPLE_MARKET,
  rules: new Set(['small-cap-streak', 'rotation']),
};
