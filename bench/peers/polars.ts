import { years } from '../data/snapshot.ts';
import { SESSIONS, type Universe } from '../data/universe.ts';
import type { Contestant } from '../tasks/contestant.ts';
import { checksumOf } from '../tasks/engine.ts';
import { differentRules, type Specification, type Task } from '../tasks/rules.ts';
import { load } from './load.ts';

/** The part of an expression's methods that is used. */
interface Expr {
  add(other: Expr | number): Expr;
  sub(other: Expr | number): Expr;
  mul(other: Expr | number): Expr;
  div(other: Expr | number): Expr;
  gt(other: Expr | number): Expr;
  gtEq(other: Expr | number): Expr;
  lt(other: Expr | number): Expr;
  neq(other: Expr | number): Expr;
  shift(sessions: number): Expr;
  cumSum(): Expr;
  sum(): Expr;
  mean(): Expr;
  sqrt(): Expr;
  alias(name: string): Expr;
  over(name: string): Expr;
  fillNull(how: 'forward' | number): Expr;
  rollingMean(options: { windowSize: number; minPeriods: number }): Expr;
  rollingStd(options: { windowSize: number; minPeriods: number; ddof: number }): Expr;
}

interface Frame {
  select(...columns: readonly Expr[]): Frame;
  withColumns(...columns: readonly Expr[]): Frame;
  groupBy(name: string): { agg(...columns: readonly Expr[]): Frame };
  row(index: number): readonly unknown[];
}

interface Polars {
  DataFrame(columns: Record<string, ArrayLike<number>>): Frame;
  readonly col: (name: string) => Expr;
  lit(value: number | null): Expr;
  when(condition: Expr): { then(value: Expr): { otherwise(value: Expr): Expr } };
}

/** Frames with the data and expressions built once: building them would cost more than running them. */
export async function openPolars(universe: Universe): Promise<(task: Task) => Contestant | null> {
  const pl = await load<Polars>('nodejs-polars');
  const wide = wideFrame(pl, universe);
  const members = memberFrame(pl, universe);
  return (task) => {
    const work = workOf(task, pl, universe);
    if (work === null) return null;
    const { columns, note, hasBreadth } = work;
    const { breadth, share } = breadthOf(pl);
    return {
      name: 'polars',
      note,
      run: () => {
        const sums =
          columns.length === 0
            ? []
            : wide
                .select(...columns)
                .row(0)
                .map(Number);
        if (hasBreadth)
          sums.push(
            Number(
              breadth(members)
                .select(task === 'c' ? share.sum() : share.gtEq(0.6).sum())
                .row(0)[0],
            ),
          );
        // All but the percentile rank, which it has no window for: the checksum cannot be compared.
        return { checksum: note === '' ? checksumOf(task, sums) : {} };
      },
    };
  };
}

function wideFrame(pl: Polars, universe: Universe): Frame {
  const { small, large } = universe.multiples();
  const columns: Record<string, ArrayLike<number>> = { small: [...small], large: [...large] };
  for (const symbol of universe.symbols.slice(0, 50)) columns[symbol] = [...universe.closes(symbol).values];
  const frame = pl.DataFrame(columns);
  const moves = universe.symbols.slice(0, 50).map((symbol) => {
    const before = pl.col(symbol).shift(1);
    return pl.col(symbol).sub(before).div(before).alias(`r_${symbol}`);
  });
  return frame.withColumns(...moves);
}

function memberFrame(pl: Polars, universe: Universe): Frame {
  const width = universe.members.length;
  const year = years();
  const columns = {
    m: new Array<number>(),
    t: new Array<number>(),
    y: new Array<number>(),
    c: new Array<number>(),
  };
  for (let m = 0; m < width; m++) {
    const { values } = universe.closes(universe.members[m]!);
    for (let t = 0; t < SESSIONS; t++) {
      columns.m.push(m);
      columns.t.push(t);
      columns.y.push(year[t]!);
      columns.c.push(values[t]!);
    }
  }
  return pl.DataFrame(columns);
}

function breadthOf(pl: Polars): { breadth: (members: Frame) => Frame; share: Expr } {
  const begins = pl.col('y').neq(pl.col('y').shift(1));
  const base = pl
    .when(begins)
    .then(pl.col('c').shift(1))
    .otherwise(pl.lit(null))
    .fillNull('forward')
    .over('m');
  const isUp = pl.col('c').gt(base).alias('up');
  const share = pl.col('up').mean().alias('share');
  return {
    breadth: (members) => members.withColumns(isUp).groupBy('t').agg(share),
    share: pl.col('share'),
  };
}

interface Work {
  readonly columns: readonly Expr[];
  readonly note: string;
  readonly hasBreadth: boolean;
}

function workOf(task: Task, pl: Polars, universe: Universe): Work | null {
  const { col } = pl;
  const mean = (x: Expr, n: number): Expr => x.rollingMean({ windowSize: n, minPeriods: n });
  // It gives the sample's deviation whatever `ddof` says.
  const deviation = (x: Expr, n: number): Expr =>
    x.rollingStd({ windowSize: n, minPeriods: n, ddof: 1 }).mul(Math.sqrt((n - 1) / n));
  const zscore = (x: Expr, n: number): Expr => x.sub(mean(x, n)).div(deviation(x, n));
  const streak = (a: string, b: string): Expr => {
    const isUp = col(`r_${a}`).gt(col(`r_${b}`));
    const run = pl.when(isUp).then(pl.lit(1)).otherwise(pl.lit(0)).cumSum();
    return run.sub(pl.when(isUp).then(pl.lit(null)).otherwise(run).fillNull('forward').fillNull(0));
  };
  const correlation = (a: string, b: string, n: number): Expr => {
    const [x, y] = [col(`r_${a}`), col(`r_${b}`)];
    const shared = mean(x.mul(y), n).sub(mean(x, n).mul(mean(y, n)));
    return shared.div(deviation(x, n).mul(deviation(y, n)));
  };
  const conditionOf = ({ kind, a, b, n, m, threshold }: Specification): Expr => {
    if (kind === 'streak') return streak(a, b).gtEq(threshold);
    if (kind === 'sma') return mean(col(a), n).gt(mean(col(a), m));
    if (kind === 'correlation') return correlation(a, b, n).lt(threshold);
    return zscore(col(a).div(col(b)), n).gt(threshold);
  };
  const sums = (conditions: readonly Expr[]): Expr[] => conditions.map((one, k) => one.sum().alias(`f${k}`));
  switch (task) {
    case 'a':
      return { columns: sums([streak('IWM', 'SPY').gtEq(7)]), note: '', hasBreadth: false };
    case 'c':
      return { columns: [], note: '', hasBreadth: true };
    case 'g':
      return { columns: sums(differentRules(universe).map(conditionOf)), note: '', hasBreadth: false };
    case 'h':
      return {
        columns: sums([
          streak('IWM', 'SPY').gtEq(7),
          col('small').div(col('large')).mul(-1).add(1).gtEq(0.3),
          correlation('IWM', 'SPY', 60).lt(0.55),
          zscore(col('IWM').div(col('SPY')), 252).gt(2),
          col('IWM').gt(mean(col('IWM'), 200)),
        ]),
        note: 'six of the seven rules: it has no percentile rank of a window',
        hasBreadth: true,
      };
    default:
      return null;
  }
}
