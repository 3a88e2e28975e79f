import type { Snapshot } from '../../series/snapshot.ts';
import type { FiringOf } from '../engine.ts';
import type { PlanNode } from '../plan/node.ts';
import type { Periods } from './periods.ts';

/** What has been computed of one node: the values on [from, to), contiguous. */
export interface Slot {
  numbers: Float64Array;
  codes: Uint8Array;
  from: number;
  to: number;
  /** Where the node's series starts again after a break; null until asked for. */
  breaks: readonly number[] | null;
}

/** What an operator sees while it computes: its inputs on demand, and the data. */
export interface Evaluation {
  readonly snapshot: Snapshot;
  readonly firingOf: FiringOf;
  readonly periods: Periods;
  /** The instrument that `member` stands for; empty outside an aggregation. */
  readonly member: string;
  /** Values of a node on [from, to), computed if they are not there yet. */
  numbers(node: PlanNode, from: number, to: number): Float64Array;
  codes(node: PlanNode, from: number, to: number): Uint8Array;
  breaks(node: PlanNode): readonly number[];
  /**
   * Runs `visit` for each instrument with `member` bound to it; what was computed for one is forgotten with the next,
   * its buffers reused. May be nested: the outer binding is back afterwards.
   */
  eachMember(members: Iterable<string>, visit: (position: number) => void): void;
}

/** Computes a node's values on [from, to) into its slot. */
export type Operator = (node: PlanNode, slot: Slot, evaluation: Evaluation, from: number, to: number) => void;

/** The node's input at a position. Throws where the plan is malformed. */
export function input(node: PlanNode, position: number): PlanNode {
  const found = node.inputs[position];
  if (found === undefined) throw new Error(`${node.operator} has no input ${position}`);
  return found;
}

/**
 * The node's window. Constants share the field with windows, so V8 keeps it as floating point; without the mask every
 * index computed from it would be so too, and the loops half as slow again.
 */
export function windowOf(node: PlanNode): number {
  return node.parameter | 0;
}
