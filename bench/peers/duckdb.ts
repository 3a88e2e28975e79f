import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { years } from '../data/snapshot.ts';
import { SESSIONS, type Universe } from '../data/universe.ts';
import type { Contestant } from '../tasks/contestant.ts';
import { checksumOf } from '../tasks/engine.ts';
import { differentRules, type Specification, type Task } from '../tasks/rules.ts';
import { scratch } from './export.ts';
import { load } from './load.ts';

interface Connection {
  run(sql: string): Promise<unknown>;
  runAndReadAll(sql: string): Promise<{ getRows(): readonly (readonly unknown[])[] }>;
}

interface DuckDb {
  readonly DuckDBInstance: { create(path: string): Promise<{ connect(): Promise<Connection> }> };
}

/**
 * An in-memory database with the data loaded; its own two threads. With gaps it does c, d and e. The thousand rules of g
 * are asked `batch` to a query.
 */
export async function openDuckDb(
  universe: Universe,
  batch: number,
): Promise<(task: Task) => Contestant | null> {
  const { DuckDBInstance } = await load<DuckDb>('@duckdb/node-api');
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  await loadTables(connection, universe);
  return (task) => {
    const queries = queriesOf(task, universe, batch);
    if (queries === null) return null;
    return {
      name: 'duckdb',
      note: task === 'g' ? `${batch} to a query` : '',
      run: async () => {
        const sums: number[] = [];
        for (const query of queries) {
          const rows = (await connection.runAndReadAll(query)).getRows();
          sums.push(...rows.flat().map(Number));
        }
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
    return Array.from(values, (close, t) => `${m},${t},${year[t]},${listed},${cell(close)}`).join('\n');
  });
  writeFileSync(longPath, `m,t,y,l,c\n${parts.join('\n')}`);
  await connection.run(`create table members as select * from read_csv('${longPath}') order by m, t`);
}

/** A missing close is null. */
const cell = (close: number): string => (Number.isNaN(close) ? '' : String(close));

const back = (sessions: number): string => `(order by t rows ${sessions} preceding)`;

const streak = (a: string, b: string): string =>
  `t - coalesce(max(case when r_${a} > r_${b} then null else t end) over (order by t rows unbounded preceding), 0)`;

const correlation = (a: string, b: string, n: number): string =>
  `case when t >= ${n} then corr(r_${a}, r_${b}) over ${back(n - 1)} end`;

const zscore = (x: string, n: number): string =>
  `case when t >= ${n - 1} then (${x} - avg(${x}) over ${back(n - 1)}) / stddev_pop(${x}) over ${back(n - 1)} end`;

const sma = (x: string, n: number): string =>
  `case when t >= ${n - 1} then avg(${x}) over ${back(n - 1)} end`;

const percentRank = (x: string, n: number): string =>
  `case when t >= ${n} then (${n + 1} - rank(order by ${x} desc) over ${back(n)}) / ${n}.0 end`;

const BREADTH = `with firsts as (select m, y + 1 as y, last(c order by t) as base from members group by m, y)
  select t, avg((c > base)::int) as v from members join firsts using (m, y) group by t`;

/** Where a window has a value: today, on 95% of its sessions, and none of them before the first. */
function known(x: string, n: number, least: number): string {
  const first = `min(case when ${x} is not null then t end) over ()`;
  return `${x} is not null and count(${x}) over ${back(n - 1)} >= ${least} and t >= ${first} + ${n - 1}`;
}

const QUERIES_WITH_GAPS: Readonly<Partial<Record<Task, string>>> = {
  c: `with firsts as (select m, y + 1 as y, last(c order by t) filter (c is not null) as base from members group by m, y),
    shares as (select avg((c > base)::int) as v, count(c > base) as have, count(*) filter (t >= l) as size
      from members left join firsts using (m, y) group by t)
    select sum(v) from shares where have >= 0.95 * size`,
  d: `select sum(v) from (select case when ${known('(r_IWM + r_SPY)', 60, 57)}
    then corr(r_IWM, r_SPY) over ${back(59)} end as v from moves)`,
  e: `select sum(v) from (select case when ${known('IWM', 2521, 2395)}
    then 1 - (rank(order by IWM desc nulls last) over ${back(2520)} - 1)
      / (count(IWM) over ${back(2520)} - 1.0) end as v from moves)`,
};

function conditionOf({ kind, a, b, n, m, threshold }: Specification): string {
  if (kind === 'streak') return `${streak(a, b)} >= ${threshold}`;
  if (kind === 'sma') return `${sma(a, n)} > ${sma(a, m)}`;
  if (kind === 'correlation') return `${correlation(a, b, n)} < ${threshold}`;
  return `${zscore(`(${a} / ${b})`, n)} > ${threshold}`;
}

/** One query for many conditions: how often each is true. */
function counting(conditions: readonly string[]): string {
  const columns = conditions.map((condition, k) => `${condition} as f${k}`).join(', ');
  const counts = conditions.map((_, k) => `count(*) filter (f${k})`).join(', ');
  return `select ${counts} from (select ${columns} from moves)`;
}

function queriesOf(task: Task, universe: Universe, batch: number): readonly string[] | null {
  if (universe.quality === 'gaps') {
    const query = QUERIES_WITH_GAPS[task];
    return query === undefined ? null : [query];
  }
  switch (task) {
    case 'a':
      return [counting([`${streak('IWM', 'SPY')} >= 7`])];
    case 'c':
      return [`select sum(v) from (${BREADTH})`];
    case 'd':
      return [`select sum(v) from (select ${correlation('IWM', 'SPY', 60)} as v from moves)`];
    case 'e':
      return [`select sum(v) from (select ${percentRank('IWM', 2520)} as v from moves)`];
    case 'g': {
      const conditions = differentRules(universe).map(conditionOf);
      return Array.from({ length: Math.ceil(conditions.length / batch) }, (_, part) =>
        counting(conditions.slice(part * batch, (part + 1) * batch)),
      );
    }
    case 'h':
      return [
        counting([
          `${streak('IWM', 'SPY')} >= 7`,
          '1 - small / large >= 0.3',
          `${correlation('IWM', 'SPY', 60)} < 0.55`,
          `${percentRank('(IWM / SPY)', 2520)} >= 0.9`,
          `${zscore('(IWM / SPY)', 252)} > 2`,
          `IWM > ${sma('IWM', 200)}`,
        ]),
        `select count(*) filter (v >= 0.6) from (${BREADTH})`,
      ];
    default:
      return null;
  }
}
