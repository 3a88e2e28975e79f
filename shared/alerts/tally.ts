import type { CallNode, Comparison, Expression } from '../expression/ast.ts';
import { nodesOf } from '../rules/walk.ts';
import type { Market } from '../series/market.ts';
import type { DefinitionWords, Tally } from './alert.ts';
import type { Nouns } from './nouns.ts';

/** What a measure counts: the conditions of `votes(…)`, or the members of a universe in `count(U, c)`; else null. */
export function tallyOf(measure: Expression, market: Market): Tally | null {
  if (measure.kind !== 'call') return null;
  if (measure.name === 'votes') {
    return { noun: 'sign', of: measure.args.length, universe: null, verb: 'agree' };
  }
  const [first] = measure.args;
  if (measure.name !== 'count' || first?.kind !== 'name' || !market.universes.has(first.name)) return null;
  return { noun: 'member', of: null, universe: first.name, verb: '' };
}

const RESTARTS = { ytd: 'year', qtd: 'quarter', mtd: 'month' } as const;

/** The period at whose beginning a measure starts again, the longest where it has several; null where it never does. */
export function restartsOf(measure: Expression): DefinitionWords['restarts'] {
  const called = new Set([...nodesOf(measure)].map((node) => (node.kind === 'call' ? node.name : '')));
  for (const name of ['ytd', 'qtd', 'mtd'] as const) if (called.has(name)) return RESTARTS[name];
  return null;
}

/** How many of what a tally counts did it: "{value} agreed", "{value} of the Magnificent Seven were down on the year". */
export function tallyClause({ args: [universe, condition] }: CallNode, tally: Tally, nouns: Nouns): string {
  if (tally.universe === null || universe === undefined || condition === undefined) return '{value} agreed';
  const group = membersOf(nouns.group(universe));
  const simple = nouns.member(condition);
  return simple === null
    ? `for {value} of ${group} ${nouns.clause(condition, 'was')}`
    : `{value} of ${group} were ${simple}`;
}

const QUANTITY: Readonly<Partial<Record<Comparison, string>>> = {
  '>=': 'at least',
  '>': 'more than',
  '<=': 'at most',
  '<': 'fewer than',
  '==': 'exactly',
};

/** "at least 4 of the 6 signs agree", "fewer than 300 members of the S&P 500 are up on the year"; null for `!=`. */
export function tallyCompared(
  { args: [universe, condition] }: CallNode,
  tally: Tally,
  against: { readonly operator: Comparison; readonly limit: number; readonly tense: 'is' | 'was' },
  nouns: Nouns,
): string | null {
  const { operator, limit, tense } = against;
  const quantity = QUANTITY[operator];
  if (quantity === undefined) return null;
  const one = limit === 1;
  if (tally.universe === null || universe === undefined || condition === undefined) {
    const verb = tense === 'was' ? 'agreed' : one ? 'agrees' : 'agree';
    return `${quantity} ${limit} of the ${tally.of ?? 0} signs ${verb}`;
  }
  const some = `${quantity} ${limit} ${one ? 'member' : 'members'} of ${membersOf(nouns.group(universe))}`;
  const simple = nouns.member(condition);
  if (simple === null) return `for ${some} ${nouns.clause(condition, tense)}`;
  const plural = tense === 'is' ? 'are' : 'were';
  return `${some} ${one ? tense : plural} ${simple}`;
}

/** What members are members of: "S&P 500 members" are those of the S&P 500. */
function membersOf(group: string): string {
  return group.endsWith(' members') ? `the ${group.slice(0, -' members'.length)}` : group;
}
