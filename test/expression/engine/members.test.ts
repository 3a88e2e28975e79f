import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createEngine } from '../../../shared/expression/engine.ts';
import { parse } from '../../../shared/expression/parse.ts';
import type { Membership, Snapshot } from '../../../shared/series/snapshot.ts';
import { snapshotOf } from '../../../shared/series/snapshot-of.ts';
import { archiveOf, marketOf, priced } from '../../support/archive-of.ts';

const MEMBERS = Array.from('BCDEFGHIJKL');
const U = { id: 'U', name: 'U', members: MEMBERS, coverage: 0 };
const market = marketOf(['A', ...MEMBERS].map(priced), { universes: new Map([['U', U]]) });
const LENGTH = 100;

/** Closes near 100 that are flat, missing or, with a jump of half, broken now and then. */
const closes = fc.array(
  fc.oneof(
    { weight: 12, arbitrary: fc.integer({ min: 95, max: 105 }) },
    { weight: 1, arbitrary: fc.constant(null) },
    { weight: 1, arbitrary: fc.integer({ min: 180, max: 200 }) },
  ),
  { minLength: LENGTH, maxLength: LENGTH },
);

/** Members join and leave where they like; most stay throughout. */
const turns = fc.oneof(
  { weight: 2, arbitrary: fc.constant([]) },
  { weight: 1, arbitrary: fc.uniqueArray(fc.nat(LENGTH), { minLength: 1, maxLength: 4 }) },
);

function membershipOf(all: readonly (readonly number[])[], length: number): Membership {
  const on = new Uint8Array(all.length * length);
  const size = new Uint16Array(length);
  all.forEach((edges, position) => {
    for (let index = 0; index < length; index += 1) {
      const belongs = edges.filter((edge) => edge <= index).length % 2 === 0;
      on[position * length + index] = +belongs;
      size[index] = size[index]! + +belongs;
    }
  });
  return { members: MEMBERS, on, size };
}

const data = fc
  .record({
    columns: fc.array(closes, { minLength: MEMBERS.length + 1, maxLength: MEMBERS.length + 1 }),
    edges: fc.array(turns, { minLength: MEMBERS.length, maxLength: MEMBERS.length }),
  })
  .map(({ columns, edges }): Snapshot => {
    const series = Object.fromEntries(['A', ...MEMBERS].map((name, k) => [`${name}.close`, columns[k]!]));
    const snapshot = snapshotOf(archiveOf(market, '2024-11-15', series), Number.POSITIVE_INFINITY);
    const membership = membershipOf(edges, snapshot.length);
    return { ...snapshot, membership: () => membership };
  });

function expressionOf(source: string) {
  const { expression } = parse(source);
  if (expression === null) throw new Error(source);
  return expression;
}

const noRules = (): Uint8Array => new Uint8Array(0);

/** How many members are true and how many false, each asked by itself. */
function oneByOne(condition: string, snapshot: Snapshot): [number, number][] {
  const { on } = snapshot.membership('U');
  const counts = Array.from({ length: snapshot.length }, (): [number, number] => [0, 0]);
  MEMBERS.forEach((member, position) => {
    const own = condition.replaceAll('member', member);
    const codes = createEngine(snapshot, noRules).conditions(expressionOf(own));
    counts.forEach((count, index) => {
      if (on[position * snapshot.length + index] !== 1) return;
      count[0] += +(codes[index] === 1);
      count[1] += +(codes[index] === 2);
    });
  });
  return counts;
}

const OPERATORS = ['>', '>=', '<', '<=', '==', '!='];
const COMPARED = [
  'ytd(member) ? 0',
  'mtd(member) ? 0',
  'member ? 100',
  'ret(member) ? 1%',
  'member ? A',
  'A ? 100',
];
const CONDITIONS = COMPARED.flatMap((text) => OPERATORS.map((operator) => text.replace('?', operator)));

describe('a count over members', () => {
  it.each([...CONDITIONS, 'not (member > 100)'])('of %s is that of the members one by one', (condition) => {
    fc.assert(
      fc.property(data, fc.nat(LENGTH - 1), (snapshot, at) => {
        const expected = oneByOne(condition, snapshot);
        const count = expressionOf(`count(U, ${condition})`);
        const share = expressionOf(`share(U, ${condition})`);
        const engine = createEngine(snapshot, noRules);
        const [counts, shares] = [engine.numbers(count), engine.numbers(share)];
        expect([...counts]).toEqual(expected.map(([yes, no]) => (yes + no > 0 ? yes : Number.NaN)));
        expect([...shares]).toEqual(expected.map(([yes, no]) => yes / (yes + no)));
        const from = Math.min(at, snapshot.length - 1);
        for (const to of [from + 1, snapshot.length]) {
          const part = createEngine(snapshot, noRules).numbers(count, { from, to });
          expect([...part.slice(from, to)]).toEqual([...counts.slice(from, to)]);
        }
      }),
      { numRuns: 8 },
    );
  });
});
