import type { Calendar } from '../../../shared/calendar/calendar.ts';
import type { CallNode, Expression } from '../../../shared/expression/ast.ts';

/** No data is null. Numbers and conditions share the shape. */
export type Value = number | boolean | null;
export type Values = readonly Value[];

export interface Data {
  readonly calendar: Calendar;
  readonly sessions: readonly string[];
  readonly series: ReadonlyMap<string, readonly (number | null)[]>;
  readonly universes: ReadonlyMap<string, readonly string[]>;
  readonly member?: string;
}

/** DESIGN section 4 word by word, one session at a time, without any cleverness: what the engine must agree with. */
export function evaluateByDefinition(expression: Expression, data: Data): Values {
  const { sessions } = data;
  const all = (f: (t: number) => Value): Values => sessions.map((_, t) => finite(f(t)));
  switch (expression.kind) {
    case 'number':
      return all(() => expression.value);
    case 'name': {
      const name = expression.name === 'member' ? (data.member ?? '') : expression.name;
      return data.series.get(`${name}.${expression.field ?? 'close'}`) ?? sessions.map(() => null);
    }
    case 'unary': {
      const x = evaluateByDefinition(expression.operand, data);
      return all((t) => (x[t] === null ? null : expression.operator === 'not' ? !x[t] : -num(x[t])));
    }
    case 'binary': {
      const a = evaluateByDefinition(expression.left, data);
      const b = evaluateByDefinition(expression.right, data);
      return all((t) => binary(expression.operator, a[t] ?? null, b[t] ?? null));
    }
    case 'call':
      return all(call(expression, data));
    case 'date':
      throw new Error('a date has no value');
  }
}

function finite(value: Value): Value {
  return typeof value === 'number' && !Number.isFinite(value) ? null : value;
}

function num(value: Value | undefined): number {
  if (typeof value !== 'number') throw new Error('not a number');
  return value;
}

function binary(operator: string, a: Value, b: Value): Value {
  if (operator === 'and') return a === false || b === false ? false : a === null || b === null ? null : true;
  if (operator === 'or') return a === true || b === true ? true : a === null || b === null ? null : false;
  if (a === null || b === null) return null;
  const [x, y] = [num(a), num(b)];
  const table: Record<string, Value> = {
    '+': x + y,
    '-': x - y,
    '*': x * y,
    '/': x / y,
    '<': x < y,
    '<=': x <= y,
    '>': x > y,
    '>=': x >= y,
    '==': x === y,
    '!=': x !== y,
  };
  return table[operator] ?? null;
}

type At = (t: number) => Value;

function call(node: CallNode, data: Data): At {
  const first = node.args[0];
  if (first?.kind === 'name' && data.universes.has(first.name)) return overMembers(node, first.name, data);
  const literal = (position: number): number => {
    const arg = node.args[position];
    return arg?.kind === 'number' ? arg.value : 1;
  };
  const argument = (position: number): Values => {
    const arg = node.args[position];
    return arg === undefined ? [] : evaluateByDefinition(arg, data);
  };
  const x =
    ['since', 'month', 'session_of_year'].includes(node.name) && first === undefined ? [] : argument(0);
  const n = literal(1);
  const windows = windowFunctions(x, n);
  const history = historyFunctions(x, n, data);
  const ends = endPoints(x, n, node, data);
  const known = windows.get(node.name) ?? ends.get(node.name);
  if (node.name === 'percentrank' || node.name === 'drawdown') {
    const found = node.args.length > 1 ? windows.get(node.name) : history.get(node.name);
    if (found !== undefined) return found;
  }
  if (known !== undefined) return known;
  const whole = history.get(node.name);
  if (whole !== undefined) return whole;
  return ofTwo(node, argument, literal);
}

/** The present values of a window, or null where it has no value by the coverage rule. */
function windowOf(x: Values, n: number, t: number, last = t): Value[] | null {
  const firstValue = x.findIndex((value) => value !== null);
  const from = last - n + 1;
  if (firstValue < 0 || from < firstValue || x[t] === null) return null;
  const present = x.slice(from, last + 1).filter((value) => value !== null);
  const enough = n < 20 ? present.length === n : present.length * 20 >= n * 19;
  return enough ? present : null;
}

/** About one of the values: their plain sum rounds, and one tie in three with that value would be decided wrongly. */
function mean(values: readonly number[]): number {
  const centre = values[0] ?? 0;
  return centre + values.reduce((sum, value) => sum + (value - centre), 0) / values.length;
}

function variance(values: readonly number[]): number {
  if (values.every((value) => value === values[0])) return 0;
  const centre = mean(values);
  return mean(values.map((value) => (value - centre) ** 2));
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? num(sorted[half]) : (num(sorted[half - 1]) + num(sorted[half])) / 2;
}

function windowFunctions(x: Values, n: number): ReadonlyMap<string, At> {
  const over =
    (f: (window: number[], today: number) => number): At =>
    (t) => {
      const window = windowOf(x, n, t);
      return window === null ? null : f(window.map(num), num(x[t]));
    };
  const changes =
    (sign: number): At =>
    (t) => {
      if (t < n || x.slice(t - n, t + 1).includes(null)) return null;
      return Array.from({ length: n }, (_, i) => sign * (num(x[t - i]) - num(x[t - i - 1]))).every(
        (d) => d > 0,
      );
    };
  return new Map<string, At>([
    ['sma', over(mean)],
    ['sum', over((window) => window.reduce((sum, value) => sum + value, 0))],
    ['median', over(median)],
    ['stdev', over((window) => Math.sqrt(variance(window)))],
    [
      'zscore',
      over((window, today) =>
        variance(window) === 0 ? Number.NaN : (today - mean(window)) / Math.sqrt(variance(window)),
      ),
    ],
    ['highest', over((window) => Math.max(...window))],
    ['lowest', over((window) => Math.min(...window))],
    ['drawdown', over((window, today) => today / Math.max(...window) - 1)],
    [
      'percentrank',
      (t) => {
        const window = windowOf(x, n, t, t - 1);
        return window === null
          ? null
          : window.filter((value) => num(value) <= num(x[t])).length / window.length;
      },
    ],
    [
      'count',
      (t) => {
        const window = windowOf(x, n, t);
        return window === null ? null : window.filter((value) => value === true).length;
      },
    ],
    ['rising', changes(1)],
    ['falling', changes(-1)],
    [
      'volatility',
      (t) => {
        const logs = x.map((_, i): Value => {
          const [now, before] = [x[i], x[i - 1]];
          return typeof now === 'number' && typeof before === 'number'
            ? finite(Math.log(now / before))
            : null;
        });
        const window = windowOf(logs, n, t);
        if (window === null || window.length < 2) return null;
        return Math.sqrt((variance(window.map(num)) * window.length) / (window.length - 1)) * Math.sqrt(252);
      },
    ],
  ]);
}

function historyFunctions(x: Values, n: number, { sessions, calendar }: Data): ReadonlyMap<string, At> {
  const upTo = (t: number): Value[] => x.slice(0, t + 1).filter((value) => value !== null);
  return new Map<string, At>([
    [
      'ema',
      (t) => {
        const values = upTo(t).map(num);
        if (x[t] === null || values.length < n) return null;
        const alpha = 2 / (n + 1);
        return values.slice(n).reduce((ema, value) => ema + alpha * (value - ema), mean(values.slice(0, n)));
      },
    ],
    ['drawdown', (t) => (x[t] === null ? null : num(x[t]) / Math.max(...upTo(t).map(num)) - 1)],
    [
      'percentrank',
      (t) => {
        const earlier = upTo(t - 1);
        if (x[t] === null || earlier.length < 252) return null;
        return earlier.filter((value) => num(value) <= num(x[t])).length / earlier.length;
      },
    ],
    [
      'streak',
      (t) => {
        const known = upTo(t);
        return known.length === 0 ? null : known.length - 1 - known.lastIndexOf(false);
      },
    ],
    [
      'barssince',
      (t) => {
        const last = x.slice(0, t + 1).lastIndexOf(true);
        return last < 0 ? null : t - last;
      },
    ],
    [
      'seasonal',
      (t) => {
        const [year, month] = [Number(sessions[t]?.slice(0, 4)), sessions[t]?.slice(5, 7)];
        const found = sessions.flatMap((session, i) => {
          const following = calendar.next(session);
          const isLast = following?.slice(0, 7) !== session.slice(0, 7);
          const earlier = session.slice(5, 7) === month && Number(session.slice(0, 4)) < year;
          return isLast && earlier && x[i] !== null ? [num(x[i])] : [];
        });
        return found.length === 0 ? null : mean(found);
      },
    ],
  ]);
}

function endPoints(
  x: Values,
  n: number,
  node: CallNode,
  { sessions, calendar }: Data,
): ReadonlyMap<string, At> {
  const between = (
    now: Value | undefined,
    before: Value | undefined,
    f: (a: number, b: number) => number,
  ): Value => (typeof now === 'number' && typeof before === 'number' ? f(now, before) : null);
  const growth = (a: number, b: number): number => (a - b) / b;
  const sinceLast =
    (isBefore: (session: string, today: string) => boolean): At =>
    (t) => {
      const today = sessions[t] ?? '';
      const base = x.findLastIndex((value, i) => value !== null && isBefore(sessions[i] ?? '', today));
      return base < 0 ? null : between(x[t], x[base], growth);
    };
  const quarter = (session: string): string =>
    `${session.slice(0, 4)}${Math.ceil(Number(session.slice(5, 7)) / 3)}`;
  const date = node.args[1]?.kind === 'date' ? node.args[1].date : '';
  return new Map<string, At>([
    ['ret', (t) => between(x[t], x[t - n], growth)],
    ['change', (t) => between(x[t], x[t - n], (a, b) => a - b)],
    ['lag', (t) => x[t - n] ?? null],
    ['ytd', sinceLast((session, today) => session.slice(0, 4) < today.slice(0, 4))],
    ['qtd', sinceLast((session, today) => quarter(session) < quarter(today))],
    ['mtd', sinceLast((session, today) => session.slice(0, 7) < today.slice(0, 7))],
    ['since', (t) => ((sessions[t] ?? '') < date ? null : sinceLast((session) => session <= date)(t))],
    ['abs', (t) => (x[t] === null ? null : Math.abs(num(x[t])))],
    ['log', (t) => (x[t] === null ? null : Math.log(num(x[t])))],
    ['month', (t) => Number(sessions[t]?.slice(5, 7))],
    ['session_of_year', (t) => calendar.range(`${sessions[t]?.slice(0, 4)}-01-01`, sessions[t] ?? '').length],
  ]);
}

function ofTwo(node: CallNode, argument: (i: number) => Values, literal: (i: number) => number): At {
  const [a, b] = [argument(0), argument(1)];
  const both =
    (f: (x: number, y: number) => Value): At =>
    (t) =>
      typeof a[t] === 'number' && typeof b[t] === 'number' ? f(num(a[t]), num(b[t])) : null;
  const compared = (operator: string, t: number): Value => binary(operator, a[t] ?? null, b[t] ?? null);
  const table: Record<string, At> = {
    min: both(Math.min),
    max: both(Math.max),
    ratio: both((x, y) => (x > 0 && y > 0 ? x / y : null)),
    discount: both((x, y) => (x > 0 && y > 0 ? 1 - x / y : null)),
    crossover: (t) => binary('and', compared('>', t), compared('<=', t - 1)),
    crossunder: (t) => binary('and', compared('<', t), compared('>=', t - 1)),
    votes: (t) => node.args.map((_, i) => argument(i)[t]).filter((value) => value === true).length,
    correlation: (t) => {
      const pairs = a.map((x, i): Value => (x === null || b[i] === null ? null : i));
      const window = windowOf(pairs, literal(2), t)?.map(num);
      if (window === undefined) return null;
      const [xs, ys] = [window.map((i) => num(a[i])), window.map((i) => num(b[i]))];
      if (variance(xs) === 0 || variance(ys) === 0) return null;
      const covariance = mean(xs.map((x, i) => (x - mean(xs)) * (num(ys[i]) - mean(ys))));
      return covariance / Math.sqrt(variance(xs) * variance(ys));
    },
  };
  const found = table[node.name];
  if (found === undefined) throw new Error(`no definition of ${node.name}`);
  return found;
}

function overMembers(node: CallNode, universe: string, data: Data): At {
  const members = data.universes.get(universe) ?? [];
  const last = node.args[node.args.length - 1];
  if (last === undefined) throw new Error('nothing to aggregate');
  const columns = members.map((member) => evaluateByDefinition(last, { ...data, member }));
  return (t) => {
    const values = columns.map((column) => column[t] ?? null);
    if (node.name === 'all') return values.reduce((a, b) => binary('and', a, b), true);
    if (node.name === 'any') return values.reduce((a, b) => binary('or', a, b), false);
    const present = values.filter((value) => value !== null);
    if (present.length === 0 || present.length < 0.95 * members.length) return null;
    const yes = present.filter((value) => value === true).length;
    if (node.name === 'count') return yes;
    if (node.name === 'share') return yes / present.length;
    const numbers = present.map(num);
    if (node.name === 'mean') return mean(numbers);
    if (node.name === 'median') return median(numbers);
    if (node.name === 'sum') return numbers.reduce((a, b) => a + b, 0);
    const k = node.args[1]?.kind === 'number' ? node.args[1].value : 0;
    if (numbers.length < k) return null;
    return numbers
      .toSorted((a, b) => b - a)
      .slice(0, k)
      .reduce((a, b) => a + b, 0);
  };
}
