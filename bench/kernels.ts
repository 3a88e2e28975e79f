/**
 * Times each kernel over 25 years of sessions and for today alone: `node bench/kernels.ts`.
 *
 * Compare figures of one run only: the machine's speed moves more between runs than a kernel does.
 */
import { correlation } from '../shared/expression/kernels/correlation.ts';
import { highest } from '../shared/expression/kernels/extremes.ts';
import { ema, streak } from '../shared/expression/kernels/history.ts';
import { median } from '../shared/expression/kernels/median.ts';
import { percentRank, percentRankAll } from '../shared/expression/kernels/percent-rank.ts';
import type { WindowSpan } from '../shared/expression/kernels/span.ts';
import { stdev, zscore } from '../shared/expression/kernels/spread.ts';
import { mean } from '../shared/expression/kernels/means.ts';

const SESSIONS = 6300;
const ROUNDS = 2001;

let state = 20260112;
const uniform = () => (state = (state * 48271) % 2147483647) / 2147483647 - 0.5;
const left = Float64Array.from({ length: SESSIONS }, () => 0.02 * uniform());
const right = left.map((move) => move / 2 + 0.01 * uniform());
let level = 100;
const prices = left.map((move) => (level *= 1 + move));
const codes = Uint8Array.from(left, (move) => (move > 0 ? 1 : 2));
const out = new Float64Array(SESSIONS);

const kernels: Readonly<Record<string, (span: WindowSpan) => void>> = {
  'mean 200': (span) => mean(prices, 200, out, span),
  'stdev 252': (span) => stdev(prices, 252, out, span),
  'zscore 252': (span) => zscore(prices, 252, out, span),
  'highest 252': (span) => highest(prices, 252, out, span),
  'median 252': (span) => median(prices, 252, out, span),
  'correlation 60': (span) => correlation(left, right, 60, out, span),
  'percentRank 2520': (span) => percentRank(prices, 2520, out, span),
  percentRankAll: (span) => percentRankAll(prices, out, span),
  'ema 200': (span) => ema(prices, 200, out, span),
  streak: (span) => streak(codes, out, span),
};

/** The time of a first call, and the median of later ones, in microseconds. */
function time(run: () => void): { first: number; median: number } {
  const times = Array.from({ length: ROUNDS }, () => {
    const start = performance.now();
    run();
    return (performance.now() - start) * 1000;
  });
  return { first: times[0]!, median: times.slice(1).toSorted((a, b) => a - b)[ROUNDS >> 1]! };
}

const all: WindowSpan = { start: 0, from: 0, to: SESSIONS, origin: 1000 };
const today: WindowSpan = { ...all, from: SESSIONS - 1 };
console.log(`${'µs per call'.padEnd(18)}${'all'.padStart(10)}${'first'.padStart(10)}${'today'.padStart(10)}`);
for (const [name, kernel] of Object.entries(kernels)) {
  const full = time(() => kernel(all));
  const point = time(() => kernel(today));
  const cells = [full.median, full.first, point.median].map((cell) => cell.toFixed(1).padStart(10));
  console.log(name.padEnd(18) + cells.join(''));
}
