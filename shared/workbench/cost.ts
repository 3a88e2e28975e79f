import { counted, grouped } from '../alerts/message/numbers.ts';
import type { Expression } from '../expression/ast.ts';
import { createCompile } from '../expression/plan/compile.ts';
import { createIntern, type PlanNode } from '../expression/plan/node.ts';
import type { Rule } from '../rules/rule.ts';
import type { Snapshot } from '../series/snapshot.ts';

/** What one value of an operator costs, in nanoseconds of an ordinary machine, on the safe side: `bench/dear-drafts.ts` holds it against the clock. */
const WEIGHTS: ReadonlyMap<string, number> = new Map([
  ...weighing(1, 'constant', 'series', 'latest series', 'member', 'latest member', 'firing'),
  ...weighing(
    25,
    'sma',
    'sum',
    'ema',
    'highest',
    'lowest',
    'drawdown',
    'count true',
    'count true or missing',
  ),
  ...weighing(15, 'log return'),
  ...weighing(
    60,
    'stdev',
    'zscore',
    'sample stdev',
    'correlation',
    'rising',
    'falling',
    'seasonal',
    'weight',
  ),
  ...weighing(150, 'percentrank', 'percentrank of all'),
  ...weighing(400, 'median'),
  ...weighing(8, 'mean of members', 'sum of members', 'tally'),
  ...weighing(100, 'median of members', 'top of members'),
]);
/** Every other operator: arithmetic, comparisons, end points. */
const OTHERWISE = 6;
/** Sorting one outcome's returns over one horizon, for each session. */
const OUTCOME = 400;
const HORIZONS = 5;

/** The most that a draft may cost: about a second of an ordinary machine. */
export const BUDGET = 600_000_000;

/** What evaluating a rule over a whole snapshot costs. */
export interface Cost {
  /** In nanoseconds of an ordinary machine, on the safe side. */
  readonly total: number;
  /** What costs most, in words; empty where nothing costs anything. */
  readonly dearest: string;
}

interface Counting {
  readonly snapshot: Snapshot;
  readonly seen: Set<PlanNode>;
  total: number;
  most: number;
  dearest: string;
}

/**
 * Estimates what a rule costs, from its plan alone: every operator once for each session, and within an aggregation
 * once for each session and member. What other rules cost, which it names, is theirs.
 */
export function costOf(rule: Rule, snapshot: Snapshot): Cost {
  const compile = createCompile(snapshot.market, createIntern());
  const counting: Counting = { snapshot, seen: new Set(), total: 0, most: 0, dearest: '' };
  const add = (expression: Expression): void =>
    addNode(compile(expression, 'latest'), counting, { values: snapshot.length, universe: null });
  for (const one of [rule.when, rule.resolveWhen, rule.measure, rule.threshold]) {
    if (one !== null) add(one.expression);
  }
  const before = counting.total;
  for (const { expression } of rule.outcome) add(expression);
  const outcomes = (counting.total - before) * (HORIZONS - 1);
  const sorting = rule.outcome.length * HORIZONS * OUTCOME * snapshot.length;
  return { total: counting.total + outcomes + sorting, dearest: counting.dearest };
}

interface Place {
  /** How many values a node here has. */
  readonly values: number;
  /** The universe for whose members it is computed; null outside an aggregation. */
  readonly universe: string | null;
}

function addNode(node: PlanNode, counting: Counting, place: Place): void {
  const here = node.ofMember ? place : { values: counting.snapshot.length, universe: null };
  // What differs by member is computed in each aggregation anew.
  if (!node.ofMember && counting.seen.has(node)) return;
  if (!node.ofMember) counting.seen.add(node);
  const aggregates = isAggregation(node);
  const inner = aggregates ? within(node.name, counting.snapshot) : here;
  const values = aggregates ? inner.values : here.values;
  const cost = (WEIGHTS.get(node.operator) ?? OTHERWISE) * values * Math.max(1, node.inputs.length);
  counting.total += cost;
  if (cost > counting.most) {
    counting.most = cost;
    counting.dearest = inWords(node, aggregates ? inner : here);
  }
  for (const one of new Set(node.inputs)) addNode(one, counting, inner);
}

/** Operators that go through the members of a universe; those over a tally read what it counted. */
function isAggregation({ operator, inputs }: PlanNode): boolean {
  return operator === 'tally' || (operator.endsWith(' of members') && inputs[0]?.operator !== 'tally');
}

function within(universe: string, snapshot: Snapshot): Place {
  const { size } = snapshot.membership(universe);
  return { values: size.reduce((sum, one) => sum + one, snapshot.length), universe };
}

function inWords({ operator, parameter }: PlanNode, { universe }: Place): string {
  const windows = parameter > 1 && operator !== 'constant' ? ` over ${counted(parameter, 'session')}` : '';
  const members = universe === null ? '' : ` for each member of ${universe}`;
  return `${operator.replace(' of members', '')}${windows}${members}`;
}

/** How dear a rule is beside what is allowed: "3 times as much as". */
export function timesBudget(total: number): string {
  const times = total / BUDGET;
  return times < 1.95 ? 'more than' : `${grouped(Math.round(times))} times as much as`;
}

function weighing(weight: number, ...operators: readonly string[]): readonly (readonly [string, number])[] {
  return operators.map((operator) => [operator, weight] as const);
}
