import type { PlanNode } from '../plan/node.ts';
import { type Evaluation, input, type Operator, type Slot } from './evaluation.ts';
import { presenceOf, segmentsOf } from './segments.ts';

/** For each session, the index of the first session that is too late to be its base; negative where there is none. */
type Edges = (node: PlanNode, evaluation: Evaluation) => Int32Array;

/** Writes one stretch of sessions that share a base; NaN stands for no base. */
type Write = (node: PlanNode, base: number, slot: Slot, evaluation: Evaluation, stretch: Stretch) => void;

interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** Finds the base of each stretch of sessions: the last value before the edge, within the segment. */
function fromBase(edgesOf: Edges, write: Write): Operator {
  return (node, slot, evaluation, from, to) => {
    const argument = input(node, 0);
    const edges = edgesOf(node, evaluation);
    for (const { start, from: first, to: end } of segmentsOf(evaluation.breaks(node), from, to)) {
      for (let index = first; index < end; ) {
        const next = endOfRun(edges, index, end);
        const base = lastValueBefore(argument, evaluation, edges[index] as number, start);
        const value = base < 0 ? Number.NaN : (evaluation.numbers(argument, base, base + 1)[base] as number);
        write(node, value, slot, evaluation, { from: index, to: next });
        index = next;
      }
    }
  };
}

/** The first index after a run of equal edges: edges ascend, so leaps and a search between find it. */
function endOfRun(edges: Int32Array, index: number, end: number): number {
  const edge = edges[index];
  let low = index;
  let high = Math.min(end, index + 16);
  while (high < end && edges[high] === edge) {
    low = high;
    high = Math.min(end, high + (high - index));
  }
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (edges[middle] === edge) low = middle;
    else high = middle;
  }
  return high;
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

const sinceDate: Edges = (node, { snapshot }) => {
  const { calendar, origin, length } = snapshot;
  const edges = new Int32Array(length).fill(calendar.onOrBefore(node.name) - origin + 1);
  return edges.fill(-1, 0, Math.min(length, Math.max(0, calendar.onOrAfter(node.name) - origin)));
};

const yearEdges: Edges = (_node, { periods }) => periods.yearStart;
const quarterEdges: Edges = (_node, { periods }) => periods.quarterStart;
const monthEdges: Edges = (_node, { periods }) => periods.monthStart;

/** Operators that compare with the last value of an earlier period, or on a date; and those values themselves. */
export const sinceOperators: ReadonlyMap<string, Operator> = new Map([
  ['ytd', fromBase(yearEdges, relative)],
  ['qtd', fromBase(quarterEdges, relative)],
  ['mtd', fromBase(monthEdges, relative)],
  ['since', fromBase(sinceDate, relative)],
  ['base of ytd', fromBase(yearEdges, itself)],
  ['base of qtd', fromBase(quarterEdges, itself)],
  ['base of mtd', fromBase(monthEdges, itself)],
]);
