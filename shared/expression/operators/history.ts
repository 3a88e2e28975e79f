import { barsSince, drawdown, ema, type Reach, seasonal, streak, streakReaches } from '../kernels/history.ts';
import { percentRankAll } from '../kernels/percent-rank.ts';
import type { WindowSpan } from '../kernels/span.ts';
import type { PlanNode } from '../plan/node.ts';
import { type Evaluation, input, type Operator, type Slot, windowOf } from './evaluation.ts';
import { lastBefore, segmentsOf } from './segments.ts';

type Compute = (
  x: Float64Array,
  span: WindowSpan,
  slot: Slot,
  node: PlanNode,
  evaluation: Evaluation,
) => void;

/** Runs from the first session, or from the last break, to the end of the range. */
function overHistory(compute: Compute): Operator {
  return (node, slot, evaluation, from, to) => {
    for (const segment of segmentsOf(evaluation.breaks(node), from, to)) {
      const values = evaluation.numbers(input(node, 0), segment.start, segment.to);
      compute(values, { ...segment, origin: evaluation.snapshot.origin }, slot, node, evaluation);
    }
  };
}

type OverCodes = (codes: Uint8Array, slot: Slot, span: WindowSpan, node: PlanNode) => void;

/**
 * Runs over all history too, but its value is settled by the last session on which the condition had a code: true for
 * `barssince`, false for `streak`. It looks back only to there.
 */
function overCodes(kernel: OverCodes, settledBy: number): Operator {
  return (node, slot, evaluation, from, to) => {
    const condition = input(node, 0);
    for (const segment of segmentsOf(evaluation.breaks(node), from, to)) {
      const start = lastBefore(condition, settledBy, segment, evaluation);
      const codes = evaluation.codes(condition, start, segment.to);
      kernel(codes, slot, { ...segment, start, origin: evaluation.snapshot.origin }, node);
    }
  };
}

function reaching(reachOf: (level: number) => Reach): Operator {
  return overCodes((codes, slot, span, node) => {
    streakReaches(codes, reachOf(node.parameter), slot.codes, span);
  }, 2);
}

/** Operators that run over all stored history. */
export const historyOperators: ReadonlyMap<string, Operator> = new Map([
  ['ema', overHistory((x, span, slot, node) => ema(x, windowOf(node), slot.numbers, span))],
  ['drawdown of all', overHistory((x, span, slot) => drawdown(x, slot.numbers, span))],
  ['percentrank of all', overHistory((x, span, slot) => percentRankAll(x, slot.numbers, span))],
  [
    'seasonal',
    overHistory((x, span, slot, _node, { periods }) =>
      seasonal(x, periods.perSession.monthKey, periods.perSession.lastOfMonth, slot.numbers, span),
    ),
  ],
  ['streak', overCodes((codes, slot, span) => streak(codes, slot.numbers, span), 2)],
  ['streak >=', reaching((level) => ({ least: Math.ceil(level), shorter: 2 }))],
  ['streak >', reaching((level) => ({ least: Math.floor(level) + 1, shorter: 2 }))],
  ['streak <', reaching((level) => ({ least: Math.ceil(level), shorter: 1 }))],
  ['streak <=', reaching((level) => ({ least: Math.floor(level) + 1, shorter: 1 }))],
  ['barssince', overCodes((codes, slot, span) => barsSince(codes, slot.numbers, span), 1)],
]);
