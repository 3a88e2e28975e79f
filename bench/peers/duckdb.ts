import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { years } from '../data/snapshot.ts';
import { SESSIONS, type Universe } from '../data/universe.ts';
import { type Contestant, ONE_PAIR, type Skipped } from '../tasks/contestant.ts';
import { checksumOf } from '../tasks/engine.ts';
import { differentRules, type Specification, type Task } from '../tasks/rules.ts';
import { scratch } from './export.ts';
import { firstOfAll, required } from './windows.ts';
import { load } from './load.ts';

interface Connection {
  run(sql: string): Promise<unknown>;
  runAndReadAll(sql: string): Promise<{ getRows(): readonly (readonly unknown[])[] }>;
}

interface DuckDb {
  readonly DuckDBInstance: { create(path: string): Promise<{ connect(): Promise<Connection> }> };
}

/**
 * An in-memory database with the data loaded; its own two threads. Its queries are planned in every round, as our rules are.
 * The thousand rules of g are asked `batch` to a query.
 */
export async function openDuckDb(
  universe: Universe,
  batch: number,
): Promise<(task: Task) => Contestant | Skipped> {
  const { DuckDBInstance } = await load<DuckDb>('@duckdb/node-api');
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  await loadTables(connection, universe);
  return (task) => {
    const queries = queriesOf(task, universe, batch);
    if (queries === null) return ONE_PAIR;
    return {
      name: 'duckdb',
      note: task === 'g' ? `${batch} to a query` : '',
      run: async () => {
        const sums: number[] = [];
        for (const query of queries) {
          const rows = (await connection.runAndReadAll(query)).getRows();
          sums.push(...rows.flat().map(Number));
        }
        // The breadth of h is a query of its own, after the six other rules.
        if (task === 'h') sums.splice(2, 0, ...sums.splice(6));
        return { checksum: checksumOf(task, sums) };
      },
    };
  };
}

async function loadTables(connection: Connection, universe: Universe): Promise<void> {
  const folder = scratch();
  const year = years();
  const { small, large } = universe.multiples();
  const names = universe.symbols.slice(0, 50);
  const wide = names.map((symbol) => universe.closes(symbol).values);
  const lines = Array.from({ length: SESSIONS }, (_, t) =>
    [t, year[t], small[t], large[t], ...wide.map((column) => cell(column[t]!))].join(','),
  );
  const widePath = join(folder, 'wide.csv');
  writeFileSync(widePath, [['t', 'y', 'small', 'large', ...names].join(','), ...lines].join('\n'));
  await connection.run(`create table wide as select * from read_csv('${widePath}')`);
  const moves = names.map((name) => `(${name} - lag(${name}) over w) / lag(${name}) over w as r_${name}`);
  await connection.run(
    `create table moves as select *, ${moves.join(', ')} from wide window w as (order by t) order by t`,
  );
  const longPath = join(folder, 'long.csv');
  const parts = universe.members.map((member, m) => {
    const { values, listed } = universe.closes(member);
    const rows = Array.from(values, (close, t) => `${m},${t},${year[t]},${cell(close)}`);
    return rows.slice(listed).join('\n');
  });
  writeFileSync(longPath, `m,t,y,c\n${parts.join('\n')}`);
  await connection.run(
    `create table members as select m::integer as m, t::integer as t, y::integer as y, c
      from read_csv('${longPath}') order by m, t`,
  );
}

/** A missing close is null. */
const cell = (close: number): string => (Number.isNaN(close) ? '' : String(close));

const back = (sessions: number): string => `(order by t rows ${sessions} preceding)`;

/** What is selected for a condition, and the columns it reads of a selection before. */
interface Asked {
  readonly inner: readonly string[];
  readonly outer: string;
}

/** The statistics, where no close is missing and where some are. */
interface Statistics {
  readonly streak: (a: string, b: string, name: string) => Asked;
  readonly correlation: (a: string, b: string, n: number) => string;
  readonly zscore: (x: string, n: number) => string;
  readonly stdev: (x: string, n: number) => string;
  readonly sma: (x: string, n: number) => string;
  readonly percentRank: (x: string, n: number) => string;
  /** A row for each session, with the share of members up on the year as `v`. */
  readonly breadth: string;
}

const FIRSTS = `with firsts as (select m, (y + 1)::integer as y, arg_max(c, t) as base from members group by m, y)`;

const BREADTH = `${FIRSTS} select t, avg((c > base)::int) as v from members join firsts using (m, y) group by t`;

/** Rows are of members on the sessions they belong, so their number is the size. */
const BREADTH_WITH_GAPS = `${FIRSTS}
  select t, case when count(c > base) >= 0.95 * count(*) then avg((c > base)::int) end as v
    from members left join firsts using (m, y) group by t`;

const WITHOUT_GAPS: Statistics = {
  breadth: BREADTH,
  streak: (a, b) => ({
    inner: [],
    outer: `t - coalesce(max(case when r_${a} > r_${b} then null else t end) over (order by t rows unbounded preceding), 0)`,
  }),
  correlation: (a, b, n) => `case when t >= ${n} then corr(r_${a}, r_${b}) over ${back(n - 1)} end`,
  zscore: (x, n) =>
    `case when t >= ${n - 1} then (${x} - avg(${x}) over ${back(n - 1)}) / stddev_pop(${x}) over ${back(n - 1)} end`,
  stdev: (x, n) => `case when t >= ${n - 1} then stddev_pop(${x}) over ${back(n - 1)} end`,
  sma: (x, n) => `case when t >= ${n - 1} then avg(${x}) over ${back(n - 1)} end`,
  percentRank: (x, n) =>
    `case when t >= ${n} then (${n + 1} - rank(order by ${x} desc) over ${back(n)}) / ${n}.0 end`,
};

/** The first session of what the expression reads is found outside the timing, like the expression itself. */
function withGaps(universe: Universe): Statistics {
  /** Where a window has a value: today, on enough of its sessions, and none of them before the first. */
  const known = (x: string, n: number, least: number, first: number): string =>
    `${x} is not null and count(${x}) over ${back(n - 1)} >= ${least} and t >= ${first + n - 1}`;
  const symbolsOf = (x: string): readonly string[] => x.replace(/[()]/g, '').split(' / ');
  const window = (x: string, n: number): string =>
    known(x, n, required(n), firstOfAll(universe, symbolsOf(x), 0));
  return {
    breadth: BREADTH_WITH_GAPS,
    streak: (a, b, name) => ({
      inner: [
        `r_${a} <= r_${b} as ends_${name}`,
        `count(case when r_${a} > r_${b} then 1 end) over (order by t rows unbounded preceding) as ups_${name}`,
      ],
      outer: `ups_${name} - coalesce(max(case when ends_${name} then ups_${name} end) over (order by t rows unbounded preceding), 0)`,
    }),
    correlation: (a, b, n) => {
      const isKnown = known(`(r_${a} + r_${b})`, n, required(n), firstOfAll(universe, [a, b], 1));
      return `case when ${isKnown} then corr(r_${a}, r_${b}) over ${back(n - 1)} end`;
    },
    zscore: (x, n) =>
      `case when ${window(x, n)} then (${x} - avg(${x}) over ${back(n - 1)}) / stddev_pop(${x}) over ${back(n - 1)} end`,
    stdev: (x, n) => `case when ${window(x, n)} then stddev_pop(${x}) over ${back(n - 1)} end`,
    sma: (x, n) => `case when ${window(x, n)} then avg(${x}) over ${back(n - 1)} end`,
    percentRank: (x, n) =>
      `case when ${known(x, n + 1, required(n) + 1, firstOfAll(universe, symbolsOf(x), 0))}
        then (count(${x}) over ${back(n)} - rank(order by ${x} desc nulls last) over ${back(n)})
          / (count(${x}) over ${back(n)} - 1.0) end`,
  };
}

/** The exponential mean in one sum: each value grows by the weight that it then loses with every later one. */
function ema(x: string, n: number): string {
  const [kept, weight] = [`(${n - 1} / ${n + 1}.0)`, `(2 / ${n + 1}.0)`];
  return `with present as (select ${x} as x, row_number() over (order by t) as k from moves where ${x} is not null),
    parts as (select k, case when k = ${n} then (select avg(x) from present where k <= ${n}) else x * ${weight} end as part
      from present where k >= ${n})
    select sum(v) from (select pow(${kept}, k) * sum(part * pow(${kept}, -k)) over (order by k) as v from parts)`;
}

const plainly = (outer: string): Asked => ({ inner: [], outer });

/** One query for many conditions: how often each is true. */
function counting(conditions: readonly Asked[]): string {
  const columns = conditions.map(({ outer }, k) => `${outer} as f${k}`).join(', ');
  const counts = conditions.map((_, k) => `count(*) filter (f${k})`).join(', ');
  const inner = conditions.flatMap((condition) => condition.inner);
  const from = inner.length === 0 ? 'moves' : `(select *, ${inner.join(', ')} from moves)`;
  return `select ${counts} from (select ${columns} from ${from})`;
}

function queriesOf(task: Task, universe: Universe, batch: number): readonly string[] | null {
  const { streak, correlation, zscore, stdev, sma, percentRank, breadth } =
    universe.quality === 'gaps' ? withGaps(universe) : WITHOUT_GAPS;
  const summing = (value: string): string => `select sum(v) from (select ${value} as v from moves)`;
  const atLeast = (a: string, b: string, least: number, name: string): Asked => {
    const { inner, outer } = streak(a, b, name);
    return { inner, outer: `${outer} >= ${least}` };
  };
  const conditionOf = ({ kind, a, b, n, m, threshold }: Specification, k: number): Asked => {
    if (kind === 'streak') return atLeast(a, b, threshold, String(k));
    if (kind === 'sma') return plainly(`${sma(a, n)} > ${sma(a, m)}`);
    if (kind === 'correlation') return plainly(`${correlation(a, b, n)} < ${threshold}`);
    return plainly(`${zscore(`(${a} / ${b})`, n)} > ${threshold}`);
  };
  switch (task) {
    case 'a':
      return [counting([atLeast('IWM', 'SPY', 7, 'a')])];
    case 'c':
      return [`select sum(v) from (${breadth})`];
    case 'd':
      return [summing(correlation('IWM', 'SPY', 60))];
    case 'e':
      return [summing(percentRank('IWM', 2520))];
    case 'f':
      return [
        summing(sma('IWM', 200)),
        ema('IWM', 200),
        `select sum(s), sum(z) from (select ${stdev('IWM', 252)} as s, ${zscore('IWM', 252)} as z from moves)`,
      ];
    case 'g': {
      const conditions = differentRules(universe).map(conditionOf);
      return Array.from({ length: Math.ceil(conditions.length / batch) }, (_, part) =>
        counting(conditions.slice(part * batch, (part + 1) * batch)),
      );
    }
    case 'h':
      return [
        counting([
          atLeast('IWM', 'SPY', 7, 'a'),
          plainly('1 - small / large >= 0.3'),
          plainly(`${correlation('IWM', 'SPY', 60)} < 0.55`),
          plainly(`${percentRank('(IWM / SPY)', 2520)} >= 0.9`),
          plainly(`${zscore('(IWM / SPY)', 252)} > 2`),
          plainly(`IWM > ${sma('IWM', 200)}`),
        ]),
        `select count(*) filter (v >= 0.6) from (${breadth})`,
      ];
    default:
      return null;
  }
}
