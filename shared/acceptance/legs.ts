import type { Expression } from '../expression/ast.ts';
import type { Rule } from '../rules/rule.ts';
import { nodesOf } from '../rules/walk.ts';
import type { Market } from '../series/market.ts';
import type { SeriesId } from '../series/snapshot.ts';

/** With which other series a series is computed: both must be from one provider and convention. */
export type Legs = ReadonlyMap<SeriesId, ReadonlySet<SeriesId>>;

/** Calls that put conditions beside each other: what they name is not computed with one another. */
const APART = new Set(['votes', 'firing', 'streak', 'barssince']);

/** Price series that stand in one comparison, difference, ratio or call of two series, for all rules together. */
export function legsOf(rules: readonly Rule[], market: Market): Legs {
  const legs = new Map<SeriesId, Set<SeriesId>>();
  for (const rule of rules) {
    for (const expression of [rule.when.expression, rule.resolveWhen.expression]) {
      for (const node of nodesOf(expression)) if (joins(node)) join(legs, pricesIn(node, market));
    }
  }
  return legs;
}

function joins(node: Expression): boolean {
  if (node.kind === 'binary') return node.operator !== 'and' && node.operator !== 'or';
  return node.kind === 'call' && node.args.length > 1 && !APART.has(node.name);
}

function pricesIn(node: Expression, market: Market): readonly SeriesId[] {
  const found = new Set<SeriesId>();
  for (const one of nodesOf(node)) {
    if (one.kind !== 'name') continue;
    const field = one.field ?? 'close';
    if (market.instruments.get(one.name)?.fields.get(field)?.kind === 'price')
      found.add(`${one.name}.${field}`);
  }
  return [...found];
}

function join(legs: Map<SeriesId, Set<SeriesId>>, series: readonly SeriesId[]): void {
  for (const one of series) {
    const others = legs.get(one) ?? new Set();
    for (const other of series) if (other !== one) others.add(other);
    if (others.size > 0) legs.set(one, others);
  }
}
