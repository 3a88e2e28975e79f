import type { PlanNode } from '../plan/node.ts';
import { type Evaluation, input, type Operator } from './evaluation.ts';
import { presenceOf, segmentsOf } from './segments.ts';

/** For each session, the index of the first session that is too late to be its base; negative where there is none. */
type Edges = (node: PlanNode, evaluation: Evaluation) => Int32Array;

/** x[t] / x[base] − 1, where base is the last session with a value before the edge; no data without one. */
function sinceBase(edgesOf: Edges): Operator {
  return (node, slot, evaluation, from, to) => {
    const argument = input(node, 0);
    const edges = edgesOf(node, evaluation);
    for (const { start, from: first, to: end } of segmentsOf(evaluation.breaks(node), from, to)) {
      let index = first;
      while (index < end) {
        const edge = edges[index] as number;
        let next = index + 1;
        while (next < end && edges[next] === edge) next += 1;
        const base = lastValueBefore(argument, evaluation, edge, start);
        const values = evaluation.numbers(argument, index, next);
        relative(values, base < 0 ? Number.NaN : (values[base] as number), slot.numbers, index, next);
        index = next;
      }
    }
  };
}

function relative(values: Float64Array, base: number, out: Float64Array, from: number, to: number): void {
  for (let index = from; index < to; index += 1) {
    const value = ((values[index] as number) - base) / base;
    out[index] = value + (value - value); // infinity becomes NaN
  }
}

/** The last index before `edge`, not before `start`, with a value; -1 where there is none. */
function lastValueBefore(node: PlanNode, evaluation: Evaluation, edge: number, start: number): number {
  const present = presenceOf(node, evaluation);
  let low = Math.min(edge, evaluation.snapshot.length);
  for (let step = 4; low > start; step *= 4) {
    const earlier = Math.max(start, low - step);
    const isPresent = present(earlier, low);
    for (let index = low - 1; index >= earlier; index -= 1) if (isPresent(index)) return index;
    low = earlier;
  }
  return -1;
}

const sinceDate: Edges = (node, { snapshot }) => {
  const { calendar, origin, length } = snapshot;
  const edges = new Int32Array(length).fill(calendar.onOrBefore(node.name) - origin + 1);
  return edges.fill(-1, 0, Math.min(length, Math.max(0, calendar.onOrAfter(node.name) - origin)));
};

/** Operators that compare with the last value of an earlier period, or on a date. */
export const sinceOperators: ReadonlyMap<string, Operator> = new Map([
  ['ytd', sinceBase((_node, { periods }) => periods.yearStart)],
  ['qtd', sinceBase((_node, { periods }) => periods.quarterStart)],
  ['mtd', sinceBase((_node, { periods }) => periods.monthStart)],
  ['since', sinceBase(sinceDate)],
]);
