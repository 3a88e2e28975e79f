import { years } from '../data/snapshot.ts';
import { SESSIONS, sizes, type Universe } from '../data/universe.ts';
import { type Contestant, countTrue, sumPresent } from '../tasks/contestant.ts';
import { checksumOf } from '../tasks/engine.ts';
import { differentRules, type Specification, type Task } from '../tasks/rules.ts';
import * as kernels from './kernels.ts';

const column = (): Float64Array => new Float64Array(SESSIONS);
const [first, second, third, fourth] = [column(), column(), column(), column()];
const fires = new Uint8Array(SESSIONS);
const up = new Int32Array(SESSIONS);
const have = new Int32Array(SESSIONS);

/** Hand-written loops over the same columns, in buffers that are made once. */
export function tunedContestant(task: Task, universe: Universe): Contestant {
  const work = workOf(task, universe);
  return { name: 'tuned', note: '', run: () => ({ checksum: checksumOf(task, work()) }) };
}

function workOf(task: Task, universe: Universe): () => number[] {
  const closes = (symbol: string): Float64Array => universe.closes(symbol).values;
  const [spy, iwm] = [closes('SPY'), closes('IWM')];
  switch (task) {
    case 'a':
      return () => [streak(iwm, spy)];
    case 'b': {
      const others = universe.symbols.slice(1).map(closes);
      return () => {
        kernels.returns(spy, second);
        return others.map((other) => {
          kernels.returns(other, first);
          kernels.streakAtLeast(first, second, 7, fires);
          return countTrue(fires);
        });
      };
    }
    case 'c': {
      const breadth = breadthOf(universe);
      return () => {
        breadth(third);
        return [sumPresent(third)];
      };
    }
    case 'd':
      return () => {
        correlationOfReturns(iwm, spy, 60, third);
        return [sumPresent(third)];
      };
    case 'e':
      return () => {
        kernels.percentRank(iwm, 2520, third);
        return [sumPresent(third)];
      };
    case 'f':
      return () => {
        kernels.sma(iwm, 200, first);
        kernels.ema(iwm, 200, second);
        kernels.spread(iwm, 252, third, fourth);
        return [first, second, third, fourth].map(sumPresent);
      };
    case 'g':
      return thousandRules(universe);
    case 'h':
      return sevenRules(universe);
  }
}

function streak(a: Float64Array, b: Float64Array): number {
  kernels.returns(a, first);
  kernels.returns(b, second);
  kernels.streakAtLeast(first, second, 7, fires);
  return countTrue(fires);
}

function correlationOfReturns(a: Float64Array, b: Float64Array, n: number, out: Float64Array): void {
  kernels.returns(a, first);
  kernels.returns(b, second);
  kernels.correlation(first, second, n, out);
}

/** Share of the members that are up on the year, NaN where fewer than 95% can tell. */
function breadthOf(universe: Universe): (out: Float64Array) => void {
  const members = universe.members.map((member) => universe.closes(member).values);
  const fours = Array.from(
    { length: members.length / 4 },
    (_, k) => members.slice(4 * k, 4 * k + 4) as unknown as kernels.Four,
  );
  const year = years();
  const edges = [0];
  for (let t = 1; t < SESSIONS; t++) if (year[t] !== year[t - 1]) edges.push(t);
  edges.push(SESSIONS);
  const size = sizes(universe);
  return (out) => {
    up.fill(0);
    have.fill(0);
    for (const four of fours) kernels.countUpOnYear(four, edges, up, have);
    for (let t = 0; t < SESSIONS; t++) {
      out[t] = have[t]! > 0 && have[t]! >= 0.95 * size[t]! ? up[t]! / have[t]! : Number.NaN;
    }
  };
}

function compare(values: Float64Array, threshold: number): number {
  for (let t = 0; t < SESSIONS; t++) fires[t] = +(values[t]! > threshold);
  return countTrue(fires);
}

function divide(a: Float64Array, b: Float64Array, out: Float64Array): void {
  for (let t = 0; t < SESSIONS; t++) out[t] = a[t]! / b[t]!;
}

/** Returns of the 50 symbols are computed once, as any author would. */
function thousandRules(universe: Universe): () => number[] {
  const rules = differentRules(universe);
  const symbols = universe.symbols.slice(0, 50);
  const closes = new Map(symbols.map((symbol) => [symbol, universe.closes(symbol).values]));
  const moves = new Map(symbols.map((symbol) => [symbol, column()]));
  const of = (rule: Specification): number => {
    const [a, b] = [closes.get(rule.a)!, closes.get(rule.b)!];
    switch (rule.kind) {
      case 'streak':
        kernels.streakAtLeast(moves.get(rule.a)!, moves.get(rule.b)!, rule.threshold, fires);
        return countTrue(fires);
      case 'sma':
        kernels.sma(a, rule.n, first);
        kernels.sma(a, rule.m, second);
        for (let t = 0; t < SESSIONS; t++) fires[t] = +(first[t]! > second[t]!);
        return countTrue(fires);
      case 'correlation':
        kernels.correlation(moves.get(rule.a)!, moves.get(rule.b)!, rule.n, third);
        for (let t = 0; t < SESSIONS; t++) fires[t] = +(third[t]! < rule.threshold);
        return countTrue(fires);
      case 'zscore':
        divide(a, b, first);
        kernels.spread(first, rule.n, null, second);
        return compare(second, rule.threshold);
    }
  };
  return () => {
    for (const [symbol, values] of closes) kernels.returns(values, moves.get(symbol)!);
    return rules.map(of);
  };
}

function sevenRules(universe: Universe): () => number[] {
  const [iwm, spy] = [universe.closes('IWM').values, universe.closes('SPY').values];
  const { small, large } = universe.multiples();
  const breadth = breadthOf(universe);
  const ratio = column();
  return () => {
    const streaks = streak(iwm, spy);
    for (let t = 0; t < SESSIONS; t++) fires[t] = +(1 - small[t]! / large[t]! >= 0.3);
    const discount = countTrue(fires);
    breadth(third);
    for (let t = 0; t < SESSIONS; t++) fires[t] = +(third[t]! >= 0.6);
    const share = countTrue(fires);
    kernels.correlation(first, second, 60, third);
    for (let t = 0; t < SESSIONS; t++) fires[t] = +(third[t]! < 0.55);
    const apart = countTrue(fires);
    divide(iwm, spy, ratio);
    kernels.percentRank(ratio, 2520, third);
    for (let t = 0; t < SESSIONS; t++) fires[t] = +(third[t]! >= 0.9);
    const high = countTrue(fires);
    kernels.spread(ratio, 252, null, third);
    const far = compare(third, 2);
    kernels.sma(iwm, 200, third);
    for (let t = 0; t < SESSIONS; t++) fires[t] = +(iwm[t]! > third[t]!);
    return [streaks, discount, share, apart, high, far, countTrue(fires)];
  };
}
