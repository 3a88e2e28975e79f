/**
 * How far standard deviations and correlations of windows are from exact arithmetic, ours and the libraries':
 * `node bench/accuracy.ts`. The largest relative error (of a correlation the largest error) over all windows that do not
 * themselves hold the bad tick.
 */
import { exactCorrelation, exactStdev } from '../test/expression/kernels/exact.ts';
import { correlation } from '../shared/expression/kernels/correlation.ts';
import { stdev } from '../shared/expression/kernels/spread.ts';
import { createUniverse } from './data/universe.ts';
import { load } from './peers/load.ts';
import * as tuned from './tuned/kernels.ts';

const N = 252;
const PAIRED = 60;
const EVERY = 7;
const BAD = 300;

type Numbers = readonly number[];
const universe = createUniverse('full');
const closes = universe.closes('IWM').values.slice(0, 2000);
const sets: Readonly<Record<string, Float64Array>> = {
  prices: closes,
  'level 1e9': closes.map((close) => 1e9 + close / 1e3),
  'after a tick of 1e12': closes.map((close, t) => (t === BAD ? 1e12 : close)),
  'flat stretch': closes.map((close, t) => (t > 600 && t < 1200 ? 100 + (t % 97 === 0 ? 1e-6 : 0) : close)),
};

/** Gives the deviation of every window, aligned at the end. */
type Deviations = (x: Float64Array) => ArrayLike<number>;

function ours(x: Float64Array): Float64Array {
  const out = new Float64Array(x.length);
  stdev(x, N, out, { start: 0, from: 0, to: x.length, origin: 5000 });
  return out;
}

function handTuned(x: Float64Array): Float64Array {
  const out = new Float64Array(x.length);
  tuned.spread(x, N, out, null);
  return out;
}

async function libraries(): Promise<Record<string, Deviations>> {
  const { IndicatorsSync } = await load<{
    readonly IndicatorsSync: new () => { stddev: (x: Numbers, n: number) => number[] };
  }>('@ixjb94/indicators');
  const { SD } = await load<{
    readonly SD: { readonly calculate: (input: { period: number; values: Numbers }) => number[] };
  }>('technicalindicators');
  const { mstd } = await load<{ readonly mstd: (x: Numbers, options: { period: number }) => number[] }>(
    'indicatorts',
  );
  const library = new IndicatorsSync();
  return {
    ixjb94: (x) => library.stddev([...x], N),
    technicalindicators: (x) => SD.calculate({ period: N, values: [...x] }),
    indicatorts: (x) => mstd([...x], { period: N }),
  };
}

function worst(found: ArrayLike<number>, x: Float64Array, skipsTick: number): number {
  let largest = 0;
  for (let t = N - 1; t < x.length; t += EVERY) {
    if (skipsTick >= 0 && t >= skipsTick && t < skipsTick + N) continue;
    const exact = exactStdev([...x.subarray(t - N + 1, t + 1)], 0);
    const value = found[found.length - (x.length - t)] ?? Number.NaN;
    const error = exact === 0 ? Math.abs(value) : Math.abs(value - exact) / exact;
    largest = Math.max(largest, Number.isNaN(error) ? Number.POSITIVE_INFINITY : error);
  }
  return largest;
}

const contestants: Record<string, Deviations> = { ours, tuned: handTuned, ...(await libraries()) };
console.log(['stdev 252'.padEnd(22), ...Object.keys(contestants).map((name) => name.padStart(20))].join(''));
for (const [name, x] of Object.entries(sets)) {
  const skips = name.startsWith('after') ? BAD : -1;
  const cells = Object.values(contestants).map((run) =>
    worst(run(x), x, skips).toExponential(0).padStart(20),
  );
  console.log(name.padEnd(22) + cells.join(''));
}

const other = universe.closes('SPY').values.slice(0, 2000);
const moves = (x: Float64Array): Float64Array => x.map((close, t) => (t === 0 ? 0 : close / x[t - 1]! - 1));
console.log('\ncorrelation 60, ours');
for (const [name, x] of Object.entries(sets)) {
  const [a, b] = [moves(x), moves(other)];
  const out = new Float64Array(a.length);
  correlation(a, b, PAIRED, out, { start: 0, from: 0, to: a.length, origin: 5000 });
  let largest = 0;
  for (let t = PAIRED - 1; t < a.length; t += EVERY) {
    const exact = exactCorrelation(
      [...a.subarray(t - PAIRED + 1, t + 1)],
      [...b.subarray(t - PAIRED + 1, t + 1)],
    );
    if (!Number.isNaN(exact)) largest = Math.max(largest, Math.abs(out[t]! - exact));
  }
  console.log(name.padEnd(22) + largest.toExponential(0).padStart(20));
}
