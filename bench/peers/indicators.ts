import type { Universe } from '../data/universe.ts';
import type { Contestant } from '../tasks/contestant.ts';
import { load } from './load.ts';

// Task f in the libraries of indicators. Each gets the closes as the array it wants; what it defines otherwise is summed
// as all else, and left out of its checksum, not of its time. Every close is there.

type Numbers = readonly number[];
type Window = (values: { period: number; values: Numbers }) => number[];

interface TechnicalIndicators {
  readonly SMA: { readonly calculate: Window };
  readonly EMA: { readonly calculate: Window };
  readonly SD: { readonly calculate: Window };
}

interface Indicators {
  sma(x: Numbers, n: number): number[];
  ema(x: Numbers, n: number): number[];
  stddev(x: Numbers, n: number): number[];
}

type Smooth = (x: Numbers, options: { period: number }) => number[];

interface IndicatorTs {
  readonly sma: Smooth;
  readonly ema: Smooth;
  readonly mstd: Smooth;
}

interface Averaging {
  update(value: number, replace: boolean): number | null;
}

interface TradingSignals {
  readonly SMA: new (n: number) => Averaging;
  readonly EMA: new (n: number) => Averaging;
  readonly getStandardDeviation: (values: Numbers) => number;
}

/** Sum of the values there are. */
function sumPresent(values: Numbers): number {
  let sum = 0;
  for (let index = 0; index < values.length; index++) {
    const value = values[index]!;
    if (value === value) sum += value;
  }
  return sum;
}

const closesOf = (universe: Universe): number[] => [...universe.closes('IWM').values];

/** Distances from the mean in deviations, from what a library gives; aligned at the end. */
function scores(x: Numbers, means: Numbers, deviations: Numbers): number[] {
  return deviations.map((deviation, k) => {
    const value = x[x.length - deviations.length + k]!;
    return (value - means[means.length - deviations.length + k]!) / deviation;
  });
}

export async function technicalIndicators(universe: Universe): Promise<Contestant> {
  const { SMA, EMA, SD } = await load<TechnicalIndicators>('technicalindicators');
  const values = closesOf(universe);
  return {
    name: 'technicalindicators',
    note: '',
    run: () => {
      const sma = SMA.calculate({ period: 200, values });
      const ema = EMA.calculate({ period: 200, values });
      const stdev = SD.calculate({ period: 252, values });
      const zscore = scores(values, SMA.calculate({ period: 252, values }), stdev);
      return {
        checksum: {
          sma: sumPresent(sma),
          ema: sumPresent(ema),
          stdev: sumPresent(stdev),
          zscore: sumPresent(zscore),
        },
      };
    },
  };
}

export async function ixjb94(universe: Universe): Promise<Contestant> {
  const { IndicatorsSync } = await load<{ readonly IndicatorsSync: new () => Indicators }>(
    '@ixjb94/indicators',
  );
  const library = new IndicatorsSync();
  const x = closesOf(universe);
  return {
    name: 'ixjb94',
    note: 'its ema starts at the first value',
    run: () => {
      const sma = library.sma(x, 200);
      sumPresent(library.ema(x, 200));
      const stdev = library.stddev(x, 252);
      const zscore = scores(x, library.sma(x, 252), stdev);
      return {
        checksum: { sma: sumPresent(sma), stdev: sumPresent(stdev), zscore: sumPresent(zscore) },
      };
    },
  };
}

export async function indicatorTs(universe: Universe): Promise<Contestant> {
  const { sma, ema, mstd } = await load<IndicatorTs>('indicatorts');
  const x = closesOf(universe);
  return {
    name: 'indicatorts',
    note: 'its windows grow from the first value, its ema starts there',
    run: () => {
      const means = sma(x, { period: 200 });
      sumPresent(ema(x, { period: 200 }));
      const stdev = mstd(x, { period: 252 });
      const zscore = scores(x, sma(x, { period: 252 }), stdev);
      return {
        checksum: {
          sma: sumPresent(means.slice(199)),
          stdev: sumPresent(stdev.slice(251)),
          zscore: sumPresent(zscore.slice(251)),
        },
      };
    },
  };
}

export async function tradingSignals(universe: Universe): Promise<Contestant> {
  const { SMA, EMA, getStandardDeviation } = await load<TradingSignals>('trading-signals');
  const x = closesOf(universe);
  return {
    name: 'trading-signals',
    note: 'its ema starts at the first value',
    run: () => {
      const [short, long, ema] = [new SMA(200), new SMA(252), new EMA(200)];
      const sums = { sma: 0, stdev: 0, zscore: 0 };
      for (let t = 0; t < x.length; t++) {
        ema.update(x[t]!, false);
        sums.sma += short.update(x[t]!, false) ?? 0;
        const mean = long.update(x[t]!, false);
        if (t < 251 || mean === null) continue;
        const deviation = getStandardDeviation(x.slice(t - 251, t + 1));
        sums.stdev += deviation;
        sums.zscore += (x[t]! - mean) / deviation;
      }
      return { checksum: sums };
    },
  };
}
