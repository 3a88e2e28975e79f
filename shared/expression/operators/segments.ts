import type { PlanNode } from '../plan/node.ts';
import type { Evaluation } from './evaluation.ts';

/** A stretch of sessions with no break inside: outputs [from, to), and `start`, before which nothing may be read. */
export interface Segment {
  readonly start: number;
  readonly from: number;
  readonly to: number;
}

/** Cuts a range at the breaks of a series. */
export function segmentsOf(breaks: readonly number[], from: number, to: number): readonly Segment[] {
  if (breaks.length === 0) return from < to ? [{ start: 0, from, to }] : [];
  const edges = [0, ...breaks];
  return edges.flatMap((start, position) => {
    const segment = {
      start,
      from: Math.max(from, start),
      to: Math.min(to, edges[position + 1] ?? to),
    };
    return segment.from < segment.to ? [segment] : [];
  });
}

/** Whether a node has a value on a session that was computed. */
export type Presence = (from: number, to: number) => (index: number) => boolean;

export function presenceOf(node: PlanNode, evaluation: Evaluation): Presence {
  if (node.output === 'condition') {
    return (from, to) => {
      const codes = evaluation.codes(node, from, to);
      return (index) => codes[index] !== 0;
    };
  }
  return (from, to) => {
    const numbers = evaluation.numbers(node, from, to);
    return (index) => !Number.isNaN(numbers[index]);
  };
}

/**
 * The index before which no window may reach: the first value of the argument within the segment, or any value at or
 * before the first window's first session, which serves as well. Looks back only as far as it must, so that one
 * session's window does not cost the whole history.
 */
export function windowStart(present: Presence, segment: Segment, reach: number): number {
  let low = Math.max(segment.start, segment.from - reach);
  let isPresent = present(low, segment.to);
  if (low > segment.start && isPresent(low)) return low;
  for (let step = 64; low > segment.start; step *= 2) {
    const before = Math.max(segment.start, low - step);
    isPresent = present(before, segment.to);
    for (let index = low - 1; index >= before; index -= 1) if (isPresent(index)) return index;
    low = before;
  }
  let first = segment.start;
  while (first < segment.to && !isPresent(first)) first += 1;
  return first;
}

/** The last session before the segment's outputs on which the condition has a code; the segment's start if none has. */
export function lastBefore(node: PlanNode, code: number, segment: Segment, evaluation: Evaluation): number {
  let low = segment.from;
  for (let step = 64; low > segment.start; step *= 2) {
    const before = Math.max(segment.start, low - step);
    const codes = evaluation.codes(node, before, segment.to);
    for (let index = low - 1; index >= before; index -= 1) if (codes[index] === code) return index;
    low = before;
  }
  return segment.start;
}
