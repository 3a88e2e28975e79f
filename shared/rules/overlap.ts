import type { BinaryNode, Comparison, Expression } from '../expression/ast.ts';
import { format } from '../expression/format.ts';
import { asComparison } from './derive.ts';
import { literalValue } from './walk.ts';

/** Combinations tried before the question is left to history. */
const MAX_COMBINATIONS = 20_000;

/** Values on trial: a number for what is compared, 1 or 0 for a condition that is taken as a whole. */
type Trial = ReadonlyMap<string, number>;

/** What a condition depends on, and whether it holds for a trial. */
interface Question {
  holds(trial: Trial): boolean;
}

/**
 * Whether two conditions could be true on one session, by their form alone: comparisons of one measure with literals
 * exclude each other where their sides do, everything else is taken as free. Null where there is too much to try.
 */
export function canBothBeTrue(a: Expression, b: Expression): boolean | null {
  const values = new Map<string, Set<number>>();
  const streaks = new Map<string, Question>();
  const first = question(a, values, streaks);
  const second = question(b, values, streaks);
  const names = [...values.keys()];
  const choices = names.map((name) => candidates(name, values.get(name) ?? new Set()));
  if (choices.reduce((product, list) => product * list.length, 1) > MAX_COMBINATIONS) return null;
  return trials(names, choices).some(
    (trial) => first.holds(trial) && second.holds(trial) && consistent(trial, streaks),
  );
}

/** A streak of one or more means that its condition is true, and the other way round. */
function consistent(trial: Trial, streaks: ReadonlyMap<string, Question>): boolean {
  return [...streaks].every(([name, inner]) => (trial.get(name) ?? 0) >= 1 === inner.holds(trial));
}

function question(
  node: Expression,
  values: Map<string, Set<number>>,
  streaks: Map<string, Question>,
): Question {
  const ask = (part: Expression): Question => question(part, values, streaks);
  if (node.kind === 'unary' && node.operator === 'not') {
    const inner = ask(node.operand);
    return { holds: (trial) => !inner.holds(trial) };
  }
  if (node.kind === 'binary' && (node.operator === 'and' || node.operator === 'or')) {
    const left = ask(node.left);
    const right = ask(node.right);
    return node.operator === 'and'
      ? { holds: (trial) => left.holds(trial) && right.holds(trial) }
      : { holds: (trial) => left.holds(trial) || right.holds(trial) };
  }
  const crossed = crossing(node);
  if (crossed !== null) {
    const above = ask(crossed);
    const rest = free(format(node), values);
    return { holds: (trial) => above.holds(trial) && rest.holds(trial) };
  }
  return comparison(node, values, streaks) ?? free(format(node), values);
}

/** What a crossing says of the session itself: `crossover(a, b)` is at least `a > b`. */
function crossing(node: Expression): BinaryNode | null {
  if (node.kind !== 'call' || (node.name !== 'crossover' && node.name !== 'crossunder')) return null;
  const [left, right] = node.args;
  if (left === undefined || right === undefined) return null;
  const operator = node.name === 'crossover' ? '>' : '<';
  return { kind: 'binary', operator, left, right, from: node.from, to: node.to };
}

function comparison(
  node: Expression,
  values: Map<string, Set<number>>,
  streaks: Map<string, Question>,
): Question | null {
  const one = asComparison(node);
  if (one === null) return null;
  const literal = literalValue(one.threshold);
  const name = named(one.measure, literal === null ? one.threshold : null);
  const bound = literal ?? 0;
  valuesOf(values, name.text).add(name.sign * bound);
  const [inner] = one.measure.kind === 'call' && one.measure.name === 'streak' ? one.measure.args : [];
  if (literal !== null && inner !== undefined && !streaks.has(name.text)) {
    valuesOf(values, name.text).add(0).add(1);
    streaks.set(name.text, question(inner, values, streaks));
  }
  return { holds: (trial) => compare(one.operator, name.sign * (trial.get(name.text) ?? Number.NaN), bound) };
}

/** `a > b`, `b < a` and `a - b > 0` ask about one difference; its name does not depend on the order. */
function named(a: Expression, b: Expression | null): { text: string; sign: 1 | -1 } {
  if (b !== null) return difference(format(a), format(b));
  if (a.kind === 'binary' && a.operator === '-') return difference(format(a.left), format(a.right));
  return { text: format(a), sign: 1 };
}

function difference(a: string, b: string): { text: string; sign: 1 | -1 } {
  return a <= b ? { text: `difference ${a}, ${b}`, sign: 1 } : { text: `difference ${b}, ${a}`, sign: -1 };
}

function free(text: string, values: Map<string, Set<number>>): Question {
  valuesOf(values, `condition ${text}`);
  return { holds: (trial) => trial.get(`condition ${text}`) === 1 };
}

function valuesOf(values: Map<string, Set<number>>, name: string): Set<number> {
  const known = values.get(name) ?? new Set<number>();
  values.set(name, known);
  return known;
}

/** Numbers that stand for every side of the bounds: the bounds, points between them and beyond; whole ones for counts. */
function candidates(name: string, bounds: ReadonlySet<number>): readonly number[] {
  if (bounds.size === 0) return [0, 1];
  const sorted = [...bounds].sort((a, b) => a - b);
  const counts = /^(?:streak|barssince|count|votes|month|session_of_year)\(/.test(name);
  if (counts) {
    const around = sorted.flatMap((bound) => [
      Math.floor(bound) - 1,
      Math.floor(bound),
      Math.ceil(bound),
      Math.ceil(bound) + 1,
    ]);
    return [...new Set(around.filter((value) => value >= 0))];
  }
  const between = sorted.slice(1).map((bound, index) => (bound + (sorted[index] ?? bound)) / 2);
  const beyond = Math.max(1, ...sorted.map(Math.abs));
  return [...new Set([(sorted[0] ?? 0) - beyond, ...sorted, ...between, (sorted.at(-1) ?? 0) + beyond])];
}

function trials(names: readonly string[], choices: readonly (readonly number[])[]): readonly Trial[] {
  let all: readonly (readonly number[])[] = [[]];
  for (const list of choices) all = all.flatMap((head) => list.map((value) => [...head, value]));
  return all.map((row) => new Map(row.map((value, index) => [names[index] ?? '', value])));
}

function compare(operator: Comparison, value: number, bound: number): boolean {
  switch (operator) {
    case '<':
      return value < bound;
    case '<=':
      return value <= bound;
    case '>':
      return value > bound;
    case '>=':
      return value >= bound;
    case '==':
      return value === bound;
    case '!=':
      return value !== bound;
    default:
      return operator satisfies never;
  }
}
