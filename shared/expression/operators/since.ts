import type { PlanNode } from '../plan/node.ts';
import { type Evaluation, input, type Operator, type Slot } from './evaluation.ts';
import { periodAt, type Starts } from './periods.ts';
import { presenceOf, segmentsOf } from './segments.ts';

/**
 * Periods, and for each the index of the first session that is too late to be its base; below 0 where it has none.
 */
interface Edges {
  readonly starts: Starts;
  readonly edges: Int32Array;
}

/** Writes one stretch of sessions that share a base; NaN stands for no base. */
type Write = (node: PlanNode, base: number, slot: Slot, evaluation: Evaluation, stretch: Stretch) => void;

interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** Finds the base of each period: the last value before its edge, within the segment. */
function fromBase(edgesOf: (node: PlanNode, evaluation: Evaluation) => Edges, write: Write): Operator {
  return (node, slot, evaluation, from, to) => {
    const argument = input(node, 0);
    const { starts, edges } = edgesOf(node, evaluation);
    for (const { start, from: first, to: end } of segmentsOf(evaluation.breaks(node), from, to)) {
      for (let period = periodAt(starts, first), index = first; index < end; period += 1) {
        const next = Math.min(end, starts[period + 1] as number);
        const base = lastValueBefore(argument, evaluation, edges[period] as number, start);
        const value = base < 0 ? Number.NaN : (evaluation.numbers(argument, base, base + 1)[base] as number);
        write(node, value, slot, evaluation, { from: index, to: next });
        index = next;
      }
    }
  };
}

/** x[t] / x[base] − 1. */
const relative: Write = (node, base, slot, evaluation, { from, to }) => {
  const values = evaluation.numbers(input(node, 0), from, to);
  for (let index = from; index < to; index += 1) {
    const value = ((values[index] as number) - base) / base;
    slot.numbers[index] = value + (value - value); // infinity becomes NaN
  }
};

/** x[base]. */
const itself: Write = (_node, base, slot, _evaluation, { from, to }) => {
  slot.numbers.fill(base, from, to);
};

/** The last index before `edge`, not before `start`, with a value; -1 where there is none. */
function lastValueBefore(node: PlanNode, evaluation: Evaluation, edge: number, start: number): number {
  const present = presenceOf(node, evaluation);
  let low = Math.min(edge, evaluation.snapshot.length);
  for (let step = 4; low > start; step *= 4) {
    const before = Math.max(start, low - step);
    const isPresent = present(before, low);
    for (let index = low - 1; index >= before; index -= 1) if (isPresent(index)) return index;
    low = before;
  }
  return -1;
}

function ofPeriods(kind: 'years' | 'quarters' | 'months') {
  return (_node: PlanNode, { periods }: Evaluation): Edges => ({
    starts: periods[kind],
    edges: periods[kind],
  });
}

/** No base before the date; from it on the last value up to it. */
function ofDate(node: PlanNode, { snapshot }: Evaluation): Edges {
  const { calendar, origin, length } = snapshot;
  const from = Math.min(length, Math.max(0, calendar.onOrAfter(node.name) - origin));
  return {
    starts: Int32Array.of(0, from, length),
    edges: Int32Array.of(-1, calendar.onOrBefore(node.name) - origin + 1),
  };
}

/** Operators that compare with the last value of an earlier period, or on a date; and those values themselves. */
export const sinceOperators: ReadonlyMap<string, Operator> = new Map([
  ['ytd', fromBase(ofPeriods('years'), relative)],
  ['qtd', fromBase(ofPeriods('quarters'), relative)],
  ['mtd', fromBase(ofPeriods('months'), relative)],
  ['since', fromBase(ofDate, relative)],
  ['base of ytd', fromBase(ofPeriods('years'), itself)],
  ['base of qtd', fromBase(ofPeriods('quarters'), itself)],
  ['base of mtd', fromBase(ofPeriods('months'), itself)],
]);
