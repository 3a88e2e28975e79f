import type { Universe } from '../data/universe.ts';
import type { Contestant } from '../tasks/contestant.ts';
import { type ArrayLibrary, arraysWithGaps, compacted } from './indicators-gaps.ts';
import { load } from './load.ts';
import { required } from './windows.ts';

// Task f in the libraries of indicators. Each gets the closes as the array it wants. Where an exponential mean begins with
// the first value, it is given the mean of the first 200 in place of the 200th, which is the same as to be seeded with it.

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
  readonly getAverage: (values: Numbers) => number;
  readonly getStandardDeviation: (values: Numbers, average: number) => number;
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
  const [ofX, ofMeans] = [x.length - deviations.length, means.length - deviations.length];
  return deviations.map((deviation, k) => (x[k + ofX]! - means[k + ofMeans]!) / deviation);
}

/** A library that takes and gives arrays, and what it gives before its first whole window is left out. */
interface Library extends ArrayLibrary {
  readonly note: string;
  readonly stdev: (x: Numbers, n: number) => Numbers;
  readonly whole: (values: Numbers, n: number) => Numbers;
}

function arraysOf(library: Library, universe: Universe): Contestant {
  if (universe.quality === 'gaps') return arraysWithGaps(library, universe);
  const x = closesOf(universe);
  const seeded = x.slice(199);
  const { whole } = library;
  return {
    name: library.name,
    note: library.note,
    run: () => {
      const sma = whole(library.sma(x, 200), 200);
      if (library.startsAtFirst) seeded[0] = sma[0]!;
      const ema = library.ema(library.startsAtFirst ? seeded : x, 200);
      const stdev = whole(library.stdev(x, 252), 252);
      const zscore = scores(x, library.sma(x, 252), stdev);
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

export async function technicalIndicators(universe: Universe): Promise<Contestant> {
  const { SMA, EMA, SD } = await load<TechnicalIndicators>('technicalindicators');
  const given = (values: Numbers, period: number): { period: number; values: Numbers } => ({
    period,
    values,
  });
  return arraysOf(
    {
      name: 'technicalindicators',
      note: '',
      sma: (x, n) => SMA.calculate(given(x, n)),
      ema: (x, n) => EMA.calculate(given(x, n)),
      stdev: (x, n) => SD.calculate(given(x, n)),
      startsAtFirst: false,
      whole: (values) => values,
    },
    universe,
  );
}

export async function ixjb94(universe: Universe): Promise<Contestant> {
  const { IndicatorsSync } = await load<{ readonly IndicatorsSync: new () => Indicators }>(
    '@ixjb94/indicators',
  );
  const library = new IndicatorsSync();
  return arraysOf(
    {
      name: 'ixjb94',
      note: '',
      sma: (x, n) => library.sma(x, n),
      ema: (x, n) => library.ema(x, n),
      stdev: (x, n) => library.stddev(x, n),
      startsAtFirst: true,
      whole: (values) => values,
    },
    universe,
  );
}

export async function indicatorTs(universe: Universe): Promise<Contestant> {
  const { sma, ema, mstd } = await load<IndicatorTs>('indicatorts');
  return arraysOf(
    {
      name: 'indicatorts',
      note: 'its windows grow from the first value',
      sma: (x, period) => sma(x, { period }),
      ema: (x, period) => ema(x, { period }),
      stdev: (x, period) => mstd(x, { period }),
      startsAtFirst: true,
      whole: (values, n) => values.slice(n - 1),
    },
    universe,
  );
}

export async function tradingSignals(universe: Universe): Promise<Contestant> {
  const library = await load<TradingSignals>('trading-signals');
  return universe.quality === 'gaps' ? signalsWithGaps(library, universe) : signals(library, universe);
}

function signals({ SMA, EMA, getStandardDeviation }: TradingSignals, universe: Universe): Contestant {
  const x = closesOf(universe);
  return {
    name: 'trading-signals',
    note: '',
    run: () => {
      const [short, long, smooth] = [new SMA(200), new SMA(252), new EMA(200)];
      const sums = { sma: 0, ema: 0, stdev: 0, zscore: 0 };
      for (let t = 0; t < x.length; t++) {
        const average = short.update(x[t]!, false);
        if (average !== null) {
          sums.sma += average;
          sums.ema += smooth.update(t === 199 ? average : x[t]!, false) ?? 0;
        }
        const mean = long.update(x[t]!, false);
        if (mean === null) continue;
        const deviation = getStandardDeviation(x.slice(t - 251, t + 1), mean);
        sums.stdev += deviation;
        sums.zscore += (x[t]! - mean) / deviation;
      }
      return { checksum: sums };
    },
  };
}

/** Its averages are of any values, so they are given those that a window of sessions has. */
function signalsWithGaps(
  { EMA, getAverage, getStandardDeviation }: TradingSignals,
  universe: Universe,
): Contestant {
  const { present, sessions, before } = compacted(universe, 'IWM');
  return {
    name: 'trading-signals',
    note: 'averages of the closes that a window has',
    run: () => {
      const smooth = new EMA(200);
      const sums = { sma: 0, ema: 0, stdev: 0, zscore: 0 };
      for (let k = 199; k < present.length; k++) {
        const seedOr = k === 199 ? getAverage(present.slice(0, 200)) : present[k]!;
        sums.ema += smooth.update(seedOr, false) ?? 0;
      }
      for (let k = 0; k < present.length; k++) {
        const t = sessions[k]!;
        const short = t < 199 ? [] : present.slice(before[t - 199], k + 1);
        if (short.length >= required(200)) sums.sma += getAverage(short);
        const long = t < 251 ? [] : present.slice(before[t - 251], k + 1);
        if (long.length < required(252)) continue;
        const mean = getAverage(long);
        const deviation = getStandardDeviation(long, mean);
        sums.stdev += deviation;
        sums.zscore += (present[k]! - mean) / deviation;
      }
      return { checksum: sums };
    },
  };
}
