import { sinceBase } from '../kernels/endpoints.ts';
import type { Column } from '../../series/snapshot.ts';
import type { PlanNode } from '../plan/node.ts';
import { type Evaluation, input, type Operator } from './evaluation.ts';
import { constantOf } from './leaves.ts';
import { type PeriodKind, periodAt, startBefore, type Starts } from './periods.ts';
import { segmentsOf } from './segments.ts';

/**
 * Periods, and for each the index of the first session that is too late to be its base; below 0 where it has none.
 */
interface Edges {
  readonly starts: Starts;
  readonly edges: Int32Array;
}

/** What is done with the sessions [from, to) of one period; a base of NaN stands for none. */
type Visit = (base: number, from: number, to: number) => void;

/** Finds the base of each period of a range: the last value before its edge, within the segment. */
function eachBase(
  node: PlanNode,
  { starts, edges }: Edges,
  evaluation: Evaluation,
  from: number,
  to: number,
  visit: Visit,
): void {
  const argument = input(node, 0);
  for (const { start, from: first, to: end } of segmentsOf(evaluation.breaks(node), from, to)) {
    for (let period = periodAt(starts, first), index = first; index < end; period += 1) {
      const next = Math.min(end, starts[period + 1] as number);
      visit(lastValueBefore(argument, evaluation, edges[period] as number, start), index, next);
      index = next;
    }
  }
}

/** x[t] / x[base] − 1. */
function ofEdges(edgesOf: (node: PlanNode, evaluation: Evaluation) => Edges): Operator {
  return (node, slot, evaluation, from, to) => {
    const values = evaluation.numbers(input(node, 0), from, to);
    eachBase(node, edgesOf(node, evaluation), evaluation, from, to, (base, first, end) => {
      sinceBase(values, base, slot.numbers, first, end);
    });
  };
}

/** x[base]. */
function baseItself(kind: PeriodKind): Operator {
  const edgesOf = ofPeriods(kind);
  return (node, slot, evaluation, from, to) => {
    eachBase(node, edgesOf(node, evaluation), evaluation, from, to, (base, first, end) => {
      slot.numbers.fill(base, first, end);
    });
  };
}

/** What a column is compared with: one level for each stretch of sessions. */
export interface Levels {
  /** Calls `visit` with each level over [from, to), and the stretch it holds for. */
  readonly each: (column: Column, from: number, to: number, visit: Visit) => void;
  /** Gives what finds the level on one session. */
  readonly on: (session: number) => (column: Column) => number;
}

/** Finds the levels of a node that is a constant, or the base of a column. Null for other nodes. */
export function levelsOf(node: PlanNode, { periods, snapshot }: Evaluation): Levels | null {
  if (node.operator === 'constant') {
    const level = constantOf(node);
    return { each: (_column, from, to, visit) => visit(level, from, to), on: () => () => level };
  }
  const kind = BASES.get(node.operator);
  if (kind === undefined) return null;
  return {
    each: ({ listed, breaks, first: listing }, from, to, visit) => {
      const starts = periods[kind];
      for (const { start, from: first, to: end } of segmentsOf(breaks, from, to)) {
        for (let period = periodAt(starts, first), index = first; index < end; period += 1) {
          const next = Math.min(end, starts[period + 1]!);
          visit(lastOf(listed, starts[period]!, Math.max(start, listing)), index, next);
          index = next;
        }
      }
    },
    on: (session) => {
      const edge = startBefore(snapshot, kind, session);
      return ({ listed, breaks, first }) => {
        const start = breaks.length === 0 ? 0 : (breaks.findLast((one) => one <= session) ?? 0);
        return lastOf(listed, edge, Math.max(start, first));
      };
    },
  };
}

/** The last value of a column before the index `edge`, not before `start`; NaN where there is none. */
function lastOf(values: Float64Array, edge: number, start: number): number {
  let index = edge - 1;
  while (index >= start && Number.isNaN(values[index])) index -= 1;
  return index >= start ? values[index]! : Number.NaN;
}

/** The last value before the index `edge`, not before `start`; NaN where there is none. */
function lastValueBefore(node: PlanNode, evaluation: Evaluation, edge: number, start: number): number {
  let low = Math.min(edge, evaluation.snapshot.length);
  for (let step = 1; low > start; step *= 4) {
    const before = Math.max(start, low - step);
    const values = evaluation.numbers(node, before, low);
    for (let index = low - 1; index >= before; index -= 1) {
      const value = values[index] as number;
      if (!Number.isNaN(value)) return value;
    }
    low = before;
  }
  return Number.NaN;
}

const BASES: ReadonlyMap<string, PeriodKind> = new Map([
  ['base of ytd', 'years'],
  ['base of qtd', 'quarters'],
  ['base of mtd', 'months'],
]);

function ofPeriods(kind: PeriodKind) {
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
  ['ytd', ofEdges(ofPeriods('years'))],
  ['qtd', ofEdges(ofPeriods('quarters'))],
  ['mtd', ofEdges(ofPeriods('months'))],
  ['since', ofEdges(ofDate)],
  ...[...BASES].map(([operator, kind]): [string, Operator] => [operator, baseItself(kind)]),
]);
