import type { Universe } from '../data/universe.ts';
import { firstOfAll, required } from './windows.ts';

/** The part of an expression's methods that is used. */
export interface Expr {
  add(other: Expr | number): Expr;
  sub(other: Expr | number): Expr;
  mul(other: Expr | number): Expr;
  div(other: Expr | number): Expr;
  and(other: Expr): Expr;
  eq(other: Expr | number): Expr;
  gt(other: Expr | number): Expr;
  gtEq(other: Expr | number): Expr;
  lt(other: Expr | number): Expr;
  ltEq(other: Expr | number): Expr;
  neq(other: Expr | number): Expr;
  isNotNull(): Expr;
  cast(type: unknown): Expr;
  shift(sessions: number): Expr;
  cumSum(): Expr;
  sum(): Expr;
  count(): Expr;
  last(): Expr;
  pow(exponent: number): Expr;
  alias(name: string): Expr;
  fillNull(how: 'forward' | number): Expr;
  rollingMean(options: { windowSize: number; minPeriods: number }): Expr;
  rollingSum(options: { windowSize: number; minPeriods: number }): Expr;
  rollingStd(options: { windowSize: number; minPeriods: number; ddof: number }): Expr;
  ewmMean(options: { alpha: number; adjust: boolean; ignoreNulls: boolean; minPeriods: number }): Expr;
}

interface Groups {
  agg(...columns: readonly Expr[]): Frame;
}

export interface Frame {
  select(...columns: readonly Expr[]): Frame;
  withColumns(...columns: readonly Expr[]): Frame;
  groupByRolling(options: { indexColumn: string; period: string }): Groups;
  row(index: number): readonly unknown[];
}

export interface Polars {
  DataFrame(columns: Readonly<Record<string, unknown>>): Frame;
  Series(name: string, values: readonly number[], type: unknown): unknown;
  readonly Int64: unknown;
  readonly Float64: unknown;
  readonly col: (name: string) => Expr;
  sumHorizontal(columns: readonly Expr[]): Expr;
  lit(value: number | null): Expr;
  when(condition: Expr): { then(value: Expr): { otherwise(value: Expr): Expr } };
}

/** The expressions of the tasks. They are built outside the timing, and so is the session of a first value found. */
export interface Statistics {
  readonly streak: (a: string, b: string) => Expr;
  readonly sma: (a: string, n: number) => Expr;
  readonly ema: (a: string, n: number) => Expr;
  readonly stdev: (a: string, n: number) => Expr;
  /** Of a symbol, or of the ratio of two. */
  readonly zscore: (of: readonly [string, string?], n: number) => Expr;
  readonly correlation: (a: string, b: string, n: number) => Expr;
  /** The sum of the percentile ranks. */
  readonly rank: (wide: Frame, a: string, n: number) => number;
  /** The share of members up on the year, null where too few can tell, as `share`. */
  readonly share: (closes: Frame) => Frame;
}

/** A column, and the session of its first value. */
interface Column {
  readonly x: Expr;
  readonly first: number;
}

export function statisticsOf(pl: Polars, universe: Universe): Statistics {
  const { col } = pl;
  const hasGaps = universe.quality === 'gaps';
  const none = pl.lit(null);
  const where = (condition: Expr, value: Expr): Expr => pl.when(condition).then(value).otherwise(none);
  const options = (n: number) => ({ windowSize: n, minPeriods: hasGaps ? required(n) : n });
  const column = (...names: readonly string[]): Column => {
    const first = firstOfAll(universe, names, 0);
    const [a, b] = names.map(col);
    return { x: b === undefined ? a! : a!.div(b), first };
  };
  /** A window without a value today, or that reaches back before the first, has none. */
  const known = (value: Expr, { x, first }: Column, reach: number): Expr =>
    hasGaps ? where(x.isNotNull().and(col('t').gtEq(first + reach - 1)), value) : value;
  const mean = (x: Expr, n: number): Expr => x.rollingMean(options(n));
  // It gives the sample's deviation whatever `ddof` says: the share between the variances makes it the population's.
  const sample = (x: Expr, n: number): Expr => x.rollingStd({ ...options(n), ddof: 1 });
  const shareOf = (x: Expr, n: number): Expr => {
    const have = x.isNotNull().cast(pl.Float64).rollingSum({ windowSize: n, minPeriods: n });
    return have.sub(1).div(have);
  };
  const deviation = (x: Expr, n: number): Expr =>
    sample(x, n).mul(hasGaps ? shareOf(x, n).pow(0.5) : Math.sqrt((n - 1) / n));
  return {
    streak: (a, b) => {
      const [x, y] = [col(`r_${a}`), col(`r_${b}`)];
      const isUp = x.gt(y);
      const run = pl.when(isUp).then(pl.lit(1)).otherwise(pl.lit(0)).cumSum();
      const ends = hasGaps ? where(x.ltEq(y), run) : pl.when(isUp).then(none).otherwise(run);
      return run.sub(ends.fillNull('forward').fillNull(0));
    },
    sma: (a, n) => known(mean(col(a), n), column(a), n),
    ema: (a, n) => {
      const x = col(a);
      const seen = x.isNotNull().cumSum();
      const seeded = pl
        .when(seen.gt(n))
        .then(x)
        .otherwise(where(seen.eq(n), x.cumSum().div(n)));
      return seeded.ewmMean({ alpha: 2 / (n + 1), adjust: false, ignoreNulls: true, minPeriods: 1 });
    },
    stdev: (a, n) => known(deviation(col(a), n), column(a), n),
    zscore: ([a, b], n) => {
      const of = b === undefined ? column(a) : column(a, b);
      return known(of.x.sub(mean(of.x, n)).div(deviation(of.x, n)), of, n);
    },
    correlation: (a, b, n) => {
      const both = col(`r_${a}`)
        .isNotNull()
        .and(col(`r_${b}`).isNotNull());
      const [x, y] = [col(`r_${a}`), col(`r_${b}`)].map((r) => (hasGaps ? where(both, r) : r)) as [
        Expr,
        Expr,
      ];
      const shared = mean(x.mul(y), n).sub(mean(x, n).mul(mean(y, n)));
      const squares = sample(x, n).mul(sample(y, n));
      const value = shared.div(squares.mul(hasGaps ? shareOf(x, n) : (n - 1) / n));
      return known(value, { x, first: firstOfAll(universe, [a, b], 1) }, n);
    },
    rank: (wide, a, n) => {
      const x = col(a);
      const { first } = column(a);
      const least = hasGaps ? required(n) : n;
      const counts = wide
        .groupByRolling({ indexColumn: 't', period: `${n + 1}i` })
        .agg(x.ltEq(x.last()).sum().alias('most'), x.count().alias('have'), x.last().alias('today'));
      const earlier = col('have').sub(1);
      const isKnown = col('today')
        .isNotNull()
        .and(earlier.gtEq(least))
        .and(col('t').gtEq(first + n));
      return Number(counts.select(where(isKnown, col('most').sub(1).div(earlier)).sum()).row(0)[0]);
    },
    share: breadthOf(pl, universe.members),
  };
}

/** Of each member the last close of the year before, carried through the year; then those above it, session by session. */
function breadthOf(pl: Polars, members: readonly string[]): (closes: Frame) => Frame {
  const { col } = pl;
  const ups = members.map((member) => {
    const last = col(member).fillNull('forward').shift(1);
    const base = pl.when(col('starts')).then(last).otherwise(pl.lit(null)).fillNull('forward');
    return col(member).gt(base).alias(member);
  });
  const up = pl.sumHorizontal(members.map((member) => col(member))).cast(pl.Float64);
  const have = pl.sumHorizontal(members.map((member) => col(member).isNotNull())).cast(pl.Float64);
  const counts = [up.alias('up'), have.alias('have'), col('size')];
  const covered = col('have')
    .gt(0)
    .and(col('have').gtEq(col('size').mul(0.95)));
  const share = pl
    .when(covered)
    .then(col('up').div(col('have')))
    .otherwise(pl.lit(null))
    .alias('share');
  return (closes) =>
    closes
      .select(col('size'), ...ups)
      .select(...counts)
      .select(share);
}
