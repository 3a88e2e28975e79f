import { falseOf, trueOf } from '../kernels/tallies.ts';
import type { PlanNode } from '../plan/node.ts';
import { input, type Operator } from './evaluation.ts';
import { eachMember, membersOf } from './membership.ts';
import { tally } from './tally.ts';

/** Whether enough of a session's members have a value; never with none. */
function covers(have: number, size: number, coverage: number): boolean {
  return have > 0 && have >= coverage * size - 1e-9;
}

interface Counted {
  readonly yes: number;
  readonly no: number;
  readonly size: number;
  readonly coverage: number;
}

function fromTally(decide: (counted: Counted) => number): Operator {
  return (node, slot, evaluation, from, to) => {
    const counts = evaluation.numbers(input(node, 0), from, to);
    const { membership, coverage } = membersOf(node.name, evaluation);
    const out = node.output === 'condition' ? slot.codes : slot.numbers;
    for (let index = from; index < to; index += 1) {
      const packed = counts[index] ?? 0;
      const size = membership.size[index] ?? 0;
      out[index] = decide({ yes: trueOf(packed), no: falseOf(packed), size, coverage });
    }
  };
}

const count = fromTally(({ yes, no, size, coverage }) =>
  covers(yes + no, size, coverage) ? yes : Number.NaN,
);

const share = fromTally(({ yes, no, size, coverage }) =>
  covers(yes + no, size, coverage) ? yes / (yes + no) : Number.NaN,
);

/** One false member decides; all must be true; else it is not known. */
const all = fromTally(({ yes, no, size }) => {
  if (no > 0) return 2;
  return yes === size && size > 0 ? 1 : 0;
});

const any = fromTally(({ yes, no, size }) => {
  if (yes > 0) return 1;
  return no === size && size > 0 ? 2 : 0;
});

type Aggregate = (sorted: Float64Array, node: PlanNode) => number;

/** Gathers the members' values session by session; the aggregate sees them in member order. */
function ofValues(aggregate: Aggregate): Operator {
  return (node, slot, evaluation, from, to) => {
    const members = membersOf(node.name, evaluation);
    const width = members.membership.members.length;
    const gathered = new Float64Array(width * (to - from));
    const have = new Uint16Array(to - from);
    eachMember(members, evaluation, from, to, (first, last) => {
      const values = evaluation.numbers(input(node, 0), first, last);
      for (let index = first; index < last; index += 1) {
        const value = values[index] ?? Number.NaN;
        if (Number.isNaN(value)) continue;
        const row = index - from;
        gathered[row * width + (have[row] ?? 0)] = value;
        have[row] = (have[row] ?? 0) + 1;
      }
    });
    for (let row = 0; row < to - from; row += 1) {
      const here = have[row] ?? 0;
      const enough = covers(here, members.membership.size[from + row] ?? 0, members.coverage);
      const value = enough ? aggregate(gathered.subarray(row * width, row * width + here), node) : Number.NaN;
      slot.numbers[from + row] = Number.isFinite(value) ? value : Number.NaN;
    }
  };
}

function sumOf(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum;
}

const mean = ofValues((values) => sumOf(values) / values.length);
const sum = ofValues(sumOf);

const median = ofValues((values) => {
  const sorted = values.sort();
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
});

const top = ofValues((values, { parameter: k }) =>
  values.length < k ? Number.NaN : sumOf(values.sort().reverse().subarray(0, k)),
);

/** Operators over the members of a universe. */
export const memberOperators: ReadonlyMap<string, Operator> = new Map([
  ['tally', tally],
  ['count of members', count],
  ['share of members', share],
  ['all of members', all],
  ['any of members', any],
  ['mean of members', mean],
  ['median of members', median],
  ['sum of members', sum],
  ['top of members', top],
]);
