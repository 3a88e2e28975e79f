import type { Membership } from '../../series/snapshot.ts';
import type { Evaluation } from './evaluation.ts';

/** A universe's members on the sessions of the snapshot, and the share of them that must have a value. */
export interface Members {
  readonly membership: Membership;
  readonly coverage: number;
}

/** Finds a universe's members; nobody's values count where it is not declared. */
export function membersOf(universe: string, { snapshot }: Evaluation): Members {
  return {
    membership: snapshot.membership(universe),
    coverage: snapshot.market.universes.get(universe)?.coverage ?? 1,
  };
}

/** Where a member joins and leaves, in turn, over all sessions. */
type Turns = readonly number[];

/** Turns of memberships, found when first asked for: they are as lasting as the membership itself. */
const found = new WeakMap<Membership, (Turns | undefined)[]>();

/** A range this short is looked through itself; what lies outside does not matter to it. */
const SHORT = 64;

/** Calls `visit` with every stretch of [from, to) on which the member at a position belongs. */
export function eachStretch(
  membership: Membership,
  position: number,
  from: number,
  to: number,
  visit: (first: number, last: number) => void,
): void {
  const turns =
    to - from < SHORT ? turnsWithin(membership, position, from, to) : turnsOf(membership, position);
  for (let turn = 0; turn < turns.length; turn += 2) {
    const first = Math.max(from, turns[turn]!);
    const last = Math.min(to, turns[turn + 1]!);
    if (first < last) visit(first, last);
  }
}

function turnsOf(membership: Membership, position: number): Turns {
  const known = found.get(membership) ?? [];
  found.set(membership, known);
  return (known[position] ??= allTurns(membership, position));
}

function allTurns({ on, size }: Membership, position: number): Turns {
  const belongs = on.subarray(position * size.length, (position + 1) * size.length);
  const turns: number[] = [];
  for (let joins = belongs.indexOf(1); joins >= 0; ) {
    const leaves = belongs.indexOf(0, joins);
    if (leaves < 0) return [...turns, joins, size.length];
    turns.push(joins, leaves);
    joins = belongs.indexOf(1, leaves);
  }
  return turns;
}

function turnsWithin({ on, size }: Membership, position: number, from: number, to: number): Turns {
  const turns: number[] = [];
  const start = position * size.length;
  let belongs = 0;
  for (let index = from; index < to; index += 1) {
    if (on[start + index] !== belongs) turns.push(index);
    belongs = on[start + index]!;
  }
  if (belongs === 1) turns.push(to);
  return turns;
}

/** Calls `visit` for each member, bound, with every stretch of [from, to) on which it belongs. */
export function eachMember(
  { membership }: Members,
  evaluation: Evaluation,
  from: number,
  to: number,
  visit: (first: number, last: number) => void,
): void {
  evaluation.eachMember(membership.members, (position) => {
    eachStretch(membership, position, from, to, visit);
  });
}
