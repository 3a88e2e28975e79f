import { correlation } from '../kernels/correlation.ts';
import { countTrue, countTrueOrMissing, falling, rising } from '../kernels/counts.ts';
import { change, lag, ret } from '../kernels/endpoints.ts';
import { drawdownWindow, highest, lowest } from '../kernels/extremes.ts';
import { median } from '../kernels/median.ts';
import { percentRank } from '../kernels/percent-rank.ts';
import type { WindowSpan } from '../kernels/span.ts';
import { sampleStdev, stdev, zscore } from '../kernels/spread.ts';
import { mean } from '../kernels/means.ts';
import { sum } from '../kernels/sums.ts';
import type { PlanNode } from '../plan/node.ts';
import { type Evaluation, input, type Operator, type Slot, windowOf } from './evaluation.ts';
import { type Presence, presenceOf, type Segment, segmentsOf, windowStart } from './segments.ts';

type Kernel<Values, Out> = (x: Values, n: number, out: Out, span: WindowSpan) => void;
type Compute = (
  node: PlanNode,
  slot: Slot,
  evaluation: Evaluation,
  segment: Segment,
  span: WindowSpan,
) => void;

/** Runs a computation on each stretch without a break, with the index that no window may reach before. */
function perSegment(
  presence: (node: PlanNode, evaluation: Evaluation) => Presence,
  reachOf: (n: number) => number,
  compute: Compute,
): Operator {
  return (node, slot, evaluation, from, to) => {
    const reach = reachOf(windowOf(node));
    const present = presence(node, evaluation);
    for (const segment of segmentsOf(evaluation.breaks(node), from, to)) {
      const start = windowStart(present, segment, reach);
      const span = { start, from: segment.from, to: segment.to, origin: evaluation.snapshot.origin };
      compute(node, slot, evaluation, segment, span);
    }
  };
}

const ofInput = (node: PlanNode, evaluation: Evaluation): Presence => presenceOf(input(node, 0), evaluation);

const lastN = (n: number): number => n - 1;
const previousN = (n: number): number => n;

function earliest(segment: Segment, reach: number): number {
  return Math.max(segment.start, segment.from - reach);
}

function windowed(kernel: Kernel<Float64Array, Float64Array>, reachOf = lastN): Operator {
  return perSegment(ofInput, reachOf, (node, slot, evaluation, segment, span) => {
    const from = earliest(segment, reachOf(windowOf(node)));
    kernel(evaluation.numbers(input(node, 0), from, segment.to), windowOf(node), slot.numbers, span);
  });
}

function windowedCondition(kernel: Kernel<Float64Array, Uint8Array>): Operator {
  return perSegment(ofInput, previousN, (node, slot, evaluation, segment, span) => {
    const from = earliest(segment, windowOf(node));
    kernel(evaluation.numbers(input(node, 0), from, segment.to), windowOf(node), slot.codes, span);
  });
}

function counting(kernel: Kernel<Uint8Array, Float64Array>): Operator {
  return perSegment(ofInput, lastN, (node, slot, evaluation, segment, span) => {
    const from = earliest(segment, windowOf(node) - 1);
    kernel(evaluation.codes(input(node, 0), from, segment.to), windowOf(node), slot.numbers, span);
  });
}

/** Reads its end points only, so it needs nothing to have been there before them but the segment. */
function ofEndPoints(kernel: Kernel<Float64Array, Float64Array>): Operator {
  return (node, slot, evaluation, from, to) => {
    for (const segment of segmentsOf(evaluation.breaks(node), from, to)) {
      const values = evaluation.numbers(input(node, 0), earliest(segment, windowOf(node)), segment.to);
      kernel(values, windowOf(node), slot.numbers, { ...segment, origin: evaluation.snapshot.origin });
    }
  };
}

const ofBoth = (node: PlanNode, evaluation: Evaluation): Presence => {
  const [a, b] = [presenceOf(input(node, 0), evaluation), presenceOf(input(node, 1), evaluation)];
  return (from, to) => {
    const [inA, inB] = [a(from, to), b(from, to)];
    return (index) => inA(index) && inB(index);
  };
};

const correlate: Operator = perSegment(ofBoth, lastN, (node, slot, evaluation, segment, span) => {
  const from = earliest(segment, windowOf(node) - 1);
  const a = evaluation.numbers(input(node, 0), from, segment.to);
  const b = evaluation.numbers(input(node, 1), from, segment.to);
  correlation(a, b, windowOf(node), slot.numbers, span);
});

/** ln(now / before); taken from the exact difference where they are close, since their quotient rounds a small move away. */
function logOfQuotient(now: number, before: number): number {
  const quotient = now / before;
  return quotient > 0.5 && quotient < 2 ? Math.log1p((now - before) / before) : Math.log(quotient);
}

/** log(x[t] / x[t − 1]); no data unless both are above 0. */
const logReturn: Operator = (node, slot, evaluation, from, to) => {
  for (const segment of segmentsOf(evaluation.breaks(node), from, to)) {
    const values = evaluation.numbers(input(node, 0), earliest(segment, 1), segment.to);
    for (let index = segment.from; index < segment.to; index += 1) {
      const [now, before] = [values[index] as number, values[index - 1] as number];
      slot.numbers[index] =
        index > segment.start && now > 0 && before > 0 ? logOfQuotient(now, before) : Number.NaN;
    }
  }
};

const lagCondition: Operator = (node, slot, evaluation, from, to) => {
  for (const segment of segmentsOf(evaluation.breaks(node), from, to)) {
    const codes = evaluation.codes(input(node, 0), earliest(segment, windowOf(node)), segment.to);
    for (let index = segment.from; index < segment.to; index += 1) {
      const before = index - windowOf(node);
      slot.codes[index] = before >= segment.start ? (codes[before] as number) : 0;
    }
  }
};

/** Operators over a window of sessions, or over its two end points. */
export const windowOperators: ReadonlyMap<string, Operator> = new Map([
  ['sma', windowed(mean)],
  ['sum', windowed(sum)],
  ['median', windowed(median)],
  ['stdev', windowed(stdev)],
  ['zscore', windowed(zscore)],
  ['sample stdev', windowed(sampleStdev)],
  ['highest', windowed(highest)],
  ['lowest', windowed(lowest)],
  ['drawdown', windowed(drawdownWindow)],
  ['percentrank', windowed(percentRank, previousN)],
  ['rising', windowedCondition(rising)],
  ['falling', windowedCondition(falling)],
  ['count true', counting(countTrue)],
  ['count true or missing', counting(countTrueOrMissing)],
  ['correlation', correlate],
  ['lag', ofEndPoints(lag)],
  ['change', ofEndPoints(change)],
  ['ret', ofEndPoints(ret)],
  ['log return', logReturn],
  ['lag condition', lagCondition],
]);
