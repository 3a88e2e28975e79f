import { years } from '../data/snapshot.ts';
import { SESSIONS, sizes, type Universe } from '../data/universe.ts';
import { type Contestant, ONE_PAIR, type Skipped } from '../tasks/contestant.ts';
import { checksumOf } from '../tasks/engine.ts';
import { differentRules, type Specification, type Task } from '../tasks/rules.ts';
import { load } from './load.ts';
import { type Expr, type Frame, type Polars, statisticsOf } from './polars-statistics.ts';

type Cells = readonly (number | null)[];

/** A missing close is null. */
const cellsOf = (closes: Float64Array): Cells =>
  Array.from(closes, (close) => (Number.isNaN(close) ? null : close));

/** Frames with the data and expressions built once: building them would cost more than running them. */
export async function openPolars(universe: Universe): Promise<(task: Task) => Contestant | Skipped> {
  const pl = await load<Polars>('nodejs-polars');
  const wide = wideFrame(pl, universe);
  let members: Frame | null = null;
  return (task) => {
    const work = workOf(task, pl, universe, wide);
    if (work === null) return ONE_PAIR;
    if (work.breadth !== null) members ??= memberFrame(pl, universe);
    return {
      name: 'polars',
      note: work.note,
      run: () => {
        const sums = work.sums();
        if (work.breadth !== null) sums[work.place] = work.breadth(members!);
        return { checksum: checksumOf(task, sums) };
      },
    };
  };
}

function wideFrame(pl: Polars, universe: Universe): Frame {
  const { small, large } = universe.multiples();
  const columns: Record<string, unknown> = {
    t: pl.Series(
      't',
      Array.from({ length: SESSIONS }, (_, t) => t),
      pl.Int64,
    ),
    small: [...small],
    large: [...large],
  };
  for (const symbol of universe.symbols.slice(0, 50))
    columns[symbol] = cellsOf(universe.closes(symbol).values);
  const frame = pl.DataFrame(columns);
  const moves = universe.symbols.slice(0, 50).map((symbol) => {
    const before = pl.col(symbol).shift(1);
    return pl.col(symbol).sub(before).div(before).alias(`r_${symbol}`);
  });
  return frame.withColumns(...moves);
}

/** A column for each member, with the first session of a year marked and the number of those listed. */
function memberFrame(pl: Polars, universe: Universe): Frame {
  const year = years();
  const columns: Record<string, unknown> = {
    starts: Array.from(year, (one, t) => t > 0 && one !== year[t - 1]),
    size: [...sizes(universe)],
  };
  for (const member of universe.members) columns[member] = cellsOf(universe.closes(member).values);
  return pl.DataFrame(columns);
}

interface Work {
  readonly note: string;
  /** Sums in the order of the texts, null where it has no way. */
  readonly sums: () => (number | null)[];
  /** The breadth's sum, which belongs at `place`. */
  readonly breadth: ((members: Frame) => number) | null;
  readonly place: number;
}

const NO_RANK = 'six of the seven rules: of a percentile rank it has only a group for each window, task e';

function workOf(task: Task, pl: Polars, universe: Universe, wide: Frame): Work | null {
  const { col } = pl;
  const { streak, sma, stdev, zscore, correlation, ema, rank, share } = statisticsOf(pl, universe);
  const conditionOf = ({ kind, a, b, n, m, threshold }: Specification): Expr => {
    if (kind === 'streak') return streak(a, b).gtEq(threshold);
    if (kind === 'sma') return sma(a, n).gt(sma(a, m));
    if (kind === 'correlation') return correlation(a, b, n).lt(threshold);
    return zscore([a, b], n).gt(threshold);
  };
  const selecting = (...columns: readonly Expr[]): Work => {
    const named = columns.map((one, k) => one.sum().alias(`f${k}`));
    return {
      note: '',
      sums: () =>
        wide
          .select(...named)
          .row(0)
          .map(Number),
      breadth: null,
      place: 0,
    };
  };
  const summing = (of: Expr) => (members: Frame) => Number(share(members).select(of.sum()).row(0)[0]);
  switch (task) {
    case 'a':
      return selecting(streak('IWM', 'SPY').gtEq(7));
    case 'c':
      return { note: '', sums: () => [], breadth: summing(col('share')), place: 0 };
    case 'd':
      return selecting(correlation('IWM', 'SPY', 60));
    case 'e':
      return { ...selecting(), note: 'a group for each window', sums: () => [rank(wide, 'IWM', 2520)] };
    case 'f':
      return selecting(sma('IWM', 200), ema('IWM', 200), stdev('IWM', 252), zscore(['IWM'], 252));
    case 'g':
      return selecting(...differentRules(universe).map(conditionOf));
    case 'h': {
      const work = selecting(
        streak('IWM', 'SPY').gtEq(7),
        col('small').div(col('large')).mul(-1).add(1).gtEq(0.3),
        correlation('IWM', 'SPY', 60).lt(0.55),
        zscore(['IWM', 'SPY'], 252).gt(2),
        col('IWM').gt(sma('IWM', 200)),
      );
      const sums = (): (number | null)[] => {
        const [runs = null, discounts = null, apart = null, far = null, above = null] = work.sums();
        return [runs, discounts, null, apart, null, far, above];
      };
      return { note: NO_RANK, sums, breadth: summing(col('share').gtEq(0.6)), place: 2 };
    }
    default:
      return null;
  }
}
