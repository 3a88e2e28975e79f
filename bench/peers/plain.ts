import { sizes, type Universe } from '../data/universe.ts';
import { years } from '../data/snapshot.ts';
import { type Contestant, ONE_PAIR, type Skipped } from '../tasks/contestant.ts';
import { checksumOf } from '../tasks/engine.ts';
import { differentRules, type Task } from '../tasks/rules.ts';
import { withGaps } from './plain-gaps.ts';
import { deviation, mean, type Numbers, type Plain } from './plain-statistics.ts';

// What most would write: a window is a slice, a statistic a map and a reduce. Every close is there.

function windows(x: Numbers, n: number, statistic: (window: Numbers) => number): number[] {
  return x.map((_, t) => (t < n - 1 ? Number.NaN : statistic(x.slice(t - n + 1, t + 1))));
}

const returns = (x: Numbers): number[] => x.map((value, t) => (value - x[t - 1]!) / x[t - 1]!);

function streaks(a: Numbers, b: Numbers): number[] {
  let run = 0;
  return a.map((value, t) => {
    run = value > b[t]! ? run + 1 : 0;
    return run;
  });
}

function correlation(a: Numbers, b: Numbers, n: number): number[] {
  return a.map((_, t) => {
    if (t < n) return Number.NaN;
    const [x, y] = [a.slice(t - n + 1, t + 1), b.slice(t - n + 1, t + 1)];
    const [mx, my] = [mean(x), mean(y)];
    const shared = mean(x.map((value, i) => (value - mx) * (y[i]! - my)));
    const [sx, sy] = [mean(x.map((value) => (value - mx) ** 2)), mean(y.map((value) => (value - my) ** 2))];
    return shared / Math.sqrt(sx * sy);
  });
}

const percentRank = (x: Numbers, n: number): number[] =>
  x.map((value, t) =>
    t < n ? Number.NaN : x.slice(t - n, t).filter((earlier) => earlier <= value).length / n,
  );

const zscore = (x: Numbers, n: number): number[] =>
  x.map((value, t) => {
    if (t < n - 1) return Number.NaN;
    const window = x.slice(t - n + 1, t + 1);
    const centre = mean(window);
    return (value - centre) / Math.sqrt(mean(window.map((one) => (one - centre) ** 2)));
  });

function ema(x: Numbers, n: number): number[] {
  let average = mean(x.slice(0, n));
  return x.map((value, t) => {
    if (t < n - 1) return Number.NaN;
    if (t > n - 1) average += (2 / (n + 1)) * (value - average);
    return average;
  });
}

function breadth(members: readonly Numbers[], year: Int32Array): number[] {
  const lastOf = members.map((x) => {
    const last = new Map<number, number>();
    x.forEach((value, t) => last.set(year[t]!, value));
    return last;
  });
  return [...year].map((one, t) => {
    const moves = members
      .map((x, m) => x[t]! / (lastOf[m]!.get(one - 1) ?? Number.NaN) - 1)
      .filter((move) => !Number.isNaN(move));
    return moves.length === 0 ? Number.NaN : moves.filter((move) => move > 0).length / moves.length;
  });
}

const count = (x: Numbers, test: (value: number) => boolean): number => x.filter(test).length;
const sum = (x: Numbers): number => x.filter((value) => !Number.isNaN(value)).reduce((a, b) => a + b, 0);

const withoutGaps: Plain = { windows, streaks, correlation, percentRank, zscore, ema, breadth };

/** Slices and maps, as a rule is first written down. */
export function plainContestant(task: Task, universe: Universe): Contestant | Skipped {
  if (task === 'b') return ONE_PAIR;
  const plain = universe.quality === 'gaps' ? withGaps : withoutGaps;
  const column = (symbol: string): number[] => [...universe.closes(symbol).values];
  const [spy, iwm] = [column('SPY'), column('IWM')];
  const closes = new Map(universe.symbols.slice(0, 50).map((symbol) => [symbol, column(symbol)]));
  const members = task === 'c' || task === 'h' ? universe.members.map(column) : [];
  const year = years();
  const size = sizes(universe);
  const { small, large } = universe.multiples();
  const discounts = [...small].map((value, t) => 1 - value / large[t]!);
  const rules = differentRules(universe);
  const work: Record<Exclude<Task, 'b'>, () => number[]> = {
    a: () => [count(plain.streaks(returns(iwm), returns(spy)), (run) => run >= 7)],
    c: () => [sum(plain.breadth(members, year, size))],
    d: () => [sum(plain.correlation(returns(iwm), returns(spy), 60))],
    e: () => [sum(plain.percentRank(iwm, 2520))],
    f: () =>
      [
        plain.windows(iwm, 200, mean),
        plain.ema(iwm, 200),
        plain.windows(iwm, 252, deviation),
        plain.zscore(iwm, 252),
      ].map(sum),
    g: () => {
      const moves = new Map([...closes].map(([symbol, x]) => [symbol, returns(x)]));
      return rules.map(({ kind, a, b, n, m, threshold }) => {
        const [x, y] = [closes.get(a)!, closes.get(b)!];
        if (kind === 'streak')
          return count(plain.streaks(moves.get(a)!, moves.get(b)!), (run) => run >= threshold);
        if (kind === 'correlation') {
          return count(plain.correlation(moves.get(a)!, moves.get(b)!, n), (value) => value < threshold);
        }
        if (kind === 'zscore') {
          return count(
            plain.zscore(
              x.map((value, t) => value / y[t]!),
              n,
            ),
            (value) => value > threshold,
          );
        }
        const slow = plain.windows(x, m, mean);
        return plain.windows(x, n, mean).filter((value, t) => value > slow[t]!).length;
      });
    },
    h: () => {
      const ratio = iwm.map((value, t) => value / spy[t]!);
      const average = plain.windows(iwm, 200, mean);
      return [
        count(plain.streaks(returns(iwm), returns(spy)), (run) => run >= 7),
        count(discounts, (value) => value >= 0.3),
        count(plain.breadth(members, year, size), (value) => value >= 0.6),
        count(plain.correlation(returns(iwm), returns(spy), 60), (value) => value < 0.55),
        count(plain.percentRank(ratio, 2520), (value) => value >= 0.9),
        count(plain.zscore(ratio, 252), (value) => value > 2),
        iwm.filter((value, t) => value > average[t]!).length,
      ];
    },
  };
  return { name: 'plain', note: '', run: () => ({ checksum: checksumOf(task, work[task]()) }) };
}
