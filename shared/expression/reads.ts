import type { Market } from '../series/market.ts';
import type { SeriesId } from '../series/snapshot.ts';
import type { CallNode, Expression, NameNode } from './ast.ts';
import { isUniverse } from './plan/basis.ts';
import { createCompile } from './plan/compile.ts';
import { createIntern, type NodeSpecification, type PlanNode } from './plan/node.ts';

/** What an expression reads, for gating, freshness and knowing when later knowledge can change its answer. */
export interface Reads {
  /** Price series read on the session itself, that is outside `lag`; portfolio holdings included. */
  readonly prices: readonly SeriesId[];
  readonly levels: readonly SeriesId[];
  readonly events: readonly SeriesId[];
  /** Every series named, on whatever session it is read (prices under `lag` too). */
  readonly series: readonly SeriesId[];
  /** Universes aggregated over, with the fields of `member` read on the session itself; `weight(P, U)` reads none. */
  readonly universes: readonly { readonly universe: string; readonly fields: readonly string[] }[];
  readonly portfolios: readonly string[];
  /** Rules named by `firing("…")`. */
  readonly rules: readonly string[];
  /** Instruments whose later splits can change the answer. */
  readonly latestBasis: readonly string[];
  /** Universes whose members' later splits can change the answer. */
  readonly latestBasisUniverses: readonly string[];
}

interface Found {
  readonly prices: Set<string>;
  readonly levels: Set<string>;
  readonly events: Set<string>;
  readonly series: Set<string>;
  readonly universes: Map<string, Set<string>>;
  readonly portfolios: Set<string>;
  readonly rules: Set<string>;
}

/** Where a name stands: on the session itself or under `lag`, and within which universe's aggregation. */
interface Place {
  readonly when: 'today' | 'earlier';
  readonly universe: string | null;
}

/** Lists what a checked expression reads; names are sorted and unique. */
export function reads(expression: Expression, market: Market): Reads {
  const found: Found = {
    prices: new Set(),
    levels: new Set(),
    events: new Set(),
    series: new Set(),
    universes: new Map(),
    portfolios: new Set(),
    rules: new Set(),
  };
  visit(expression, { when: 'today', universe: null }, market, found);
  const { instruments, universes } = latestBasis(expression, market);
  return {
    prices: sorted(found.prices),
    levels: sorted(found.levels),
    events: sorted(found.events),
    series: sorted(found.series),
    universes: sorted(found.universes.keys()).map((universe) => ({
      universe,
      fields: sorted(found.universes.get(universe) ?? []),
    })),
    portfolios: sorted(found.portfolios),
    rules: sorted(found.rules),
    latestBasis: instruments,
    latestBasisUniverses: universes,
  };
}

function sorted(names: Iterable<string>): string[] {
  return [...names].sort();
}

function visit(expression: Expression, place: Place, market: Market, found: Found): void {
  switch (expression.kind) {
    case 'number':
    case 'date':
      return;
    case 'name':
      visitName(expression, place, market, found);
      return;
    case 'unary':
      visit(expression.operand, place, market, found);
      return;
    case 'binary':
      visit(expression.left, place, market, found);
      visit(expression.right, place, market, found);
      return;
    case 'call':
      visitCall(expression, place, market, found);
  }
}

function visitName(node: NameNode, place: Place, market: Market, found: Found): void {
  const field = node.field ?? 'close';
  if (node.name === 'member') {
    if (place.universe !== null && place.when === 'today') found.universes.get(place.universe)?.add(field);
    return;
  }
  readSeries(node.name, field, place, market, found);
}

function readSeries(instrument: string, field: string, place: Place, market: Market, found: Found): void {
  const id = `${instrument}.${field}`;
  const kind = market.instruments.get(instrument)?.fields.get(field)?.kind;
  found.series.add(id);
  if (kind === 'level') found.levels.add(id);
  if (kind === 'event') found.events.add(id);
  if (kind === 'price' && place.when === 'today') found.prices.add(id);
}

function visitCall(call: CallNode, place: Place, market: Market, found: Found): void {
  const [first, second] = call.args;
  if (call.name === 'firing' && first?.kind === 'name') {
    found.rules.add(first.name);
    return;
  }
  if (call.name === 'weight' && first?.kind === 'name' && second?.kind === 'name') {
    found.portfolios.add(first.name);
    addUniverse(second.name, found);
    for (const holding of market.portfolios.get(first.name)?.holdings.keys() ?? []) {
      readSeries(holding, 'close', place, market, found);
    }
    return;
  }
  const inside: Place = call.name === 'lag' ? { ...place, when: 'earlier' } : place;
  if (first?.kind === 'name' && isUniverse(first, market)) {
    addUniverse(first.name, found);
    for (const one of call.args.slice(1)) visit(one, { ...inside, universe: first.name }, market, found);
    return;
  }
  for (const one of call.args) visit(one, inside, market, found);
}

function addUniverse(universe: string, found: Found): void {
  if (!found.universes.has(universe)) found.universes.set(universe, new Set());
}

/** Compiles the expression and looks which leaves of the plan are read in the latest basis. */
function latestBasis(
  expression: Expression,
  market: Market,
): { readonly instruments: string[]; readonly universes: string[] } {
  const instruments = new Set<string>();
  const universes = new Set<string>();
  const nodes: NodeSpecification[] = [];
  const intern = createIntern();
  const compile = createCompile(market, (specification) => {
    nodes.push(specification);
    return intern(specification);
  });
  compile(expression, 'latest');
  for (const node of nodes) {
    if (node.operator === 'latest series' && node.name !== undefined) {
      instruments.add(node.name.slice(0, node.name.lastIndexOf('.')));
    }
    if (node.name !== undefined && node.inputs?.some(readsLatestMember)) universes.add(node.name);
  }
  universes.delete('');
  return {
    instruments: sorted(instruments),
    universes: sorted(universes).filter((u) => market.universes.has(u)),
  };
}

function readsLatestMember(node: PlanNode): boolean {
  return node.operator === 'latest member' || (node.ofMember && node.inputs.some(readsLatestMember));
}
