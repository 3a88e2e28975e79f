import { barsSince, drawdown, ema, seasonal, streak } from '../kernels/history.ts';
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

/**
 * Runs over all history too, but its value is settled by the last session on which the condition had a code: true for
 * `barssince`, false for `streak`. It looks back only to there.
 */
function overCodes(
  kernel: (codes: Uint8Array, out: Float64Array, span: WindowSpan) => void,
  settledBy: number,
): Operator {
  return (node, slot, evaluation, from, to) => {
    const condition = input(node, 0);
    for (const segment of segmentsOf(evaluation.breaks(node), from, to)) {
      const start = lastBefore(condition, settledBy, segment, evaluation);
      const codes = evaluation.codes(condition, start, segment.to);
      kernel(codes, slot.numbers, { ...segment, start, origin: evaluation.snapshot.origin });
    }
  };
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
  ['streak', overCodes(streak, 2)],
  ['barssince', overCodes(barsSince, 1)],
]);
