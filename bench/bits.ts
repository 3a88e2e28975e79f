/**
 * Whether values have the same bits elsewhere: `node bench/bits.ts` prints a hash over every value of every function, on
 * both sets of data, to be compared between versions of Node and machines. Whatever stands for no data counts alike.
 */
import { createHash } from 'node:crypto';
import { scopeOf, snapshotOf } from './data/snapshot.ts';
import { createUniverse, type Quality } from './data/universe.ts';
import { checked, engineOver } from './tasks/engine.ts';
import { SEVEN, textsOf } from './tasks/rules.ts';

const NUMBERS = [
  ...[
    'ret(IWM)',
    'ret(IWM, 21)',
    'change(IWM, 5)',
    'ytd(IWM)',
    'qtd(IWM)',
    'mtd(IWM)',
    'since(IWM, 2010-06-30)',
  ],
  ...['sma(IWM, 200)', 'sma(ret(IWM), 21)', 'ema(IWM, 50)', 'median(IWM, 63)', 'sum(ret(IWM), 21)'],
  ...[
    'stdev(IWM, 252)',
    'stdev(ret(IWM), 63)',
    'zscore(IWM / SPY, 252)',
    'volatility(IWM, 63)',
    'log(IWM / SPY)',
  ],
  ...['highest(IWM, 252)', 'lowest(IWM, 252)', 'drawdown(IWM)', 'drawdown(IWM, 252)', 'seasonal(mtd(IWM))'],
  ...[
    'percentrank(IWM, 2520)',
    'percentrank(IWM)',
    'correlation(ret(IWM), ret(SPY), 60)',
    'IWM / SPY - S7 / QQQ * 2',
  ],
  ...[
    'streak(ret(IWM) > ret(SPY))',
    'barssince(ret(IWM) < -2%)',
    'count(ret(IWM) > 0, 21)',
    'discount(IWM, SPY)',
  ],
  ...[
    'share(SP500_MEMBERS, ytd(member) > 0)',
    'mean(SP500_MEMBERS, ret(member))',
    'median(SP500_MEMBERS, ytd(member))',
  ],
];

function hashOf(quality: Quality): string {
  const universe = createUniverse(quality);
  const snapshot = snapshotOf(universe);
  const scope = scopeOf(snapshot);
  const hash = createHash('sha256');
  for (const text of [...NUMBERS, ...SEVEN, ...textsOf('g', universe)]) {
    const { expression, type } = checked(text, scope);
    const engine = engineOver(snapshot);
    if (type.kind === 'condition') hash.update(engine.conditions(expression));
    else hash.update(engine.numbers(expression).map((value) => (Number.isNaN(value) ? Number.NaN : value)));
  }
  return hash.digest('hex');
}

for (const quality of ['full', 'gaps'] as const) {
  console.log(`${process.version} ${process.arch} ${quality.padEnd(4)} ${hashOf(quality)}`);
}
