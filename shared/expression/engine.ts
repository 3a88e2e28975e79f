import type { Snapshot } from '../series/snapshot.ts';
import type { Expression } from './ast.ts';
import { createEvaluation } from './operators/evaluate.ts';
import { createCompile } from './plan/compile.ts';
import { createIntern, type PlanNode } from './plan/node.ts';

/** Sessions by index of the snapshot, `from` inclusive, `to` exclusive. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

/** The states of another rule, for `firing("…")`: a code per session of the snapshot. */
export type FiringOf = (rule: string) => Uint8Array;

/**
 * Evaluates checked expressions over one snapshot, each shared subexpression once.
 *
 * The arrays are the engine's own: as long as the snapshot, valid within the range asked for, never to be written to.
 * NaN is no data in numbers, 0 in conditions (see types.ts). Without a range all sessions are computed; for a range of
 * one session only the windows that end there are, with the same bits.
 */
export interface Engine {
  readonly snapshot: Snapshot;
  /** Values of an expression of number type; prices in the latest basis. */
  numbers(expression: Expression, range?: Range): Float64Array;
  /** Codes of an expression of condition type. */
  conditions(expression: Expression, range?: Range): Uint8Array;
}

/** Makes an engine for one snapshot. */
export function createEngine(snapshot: Snapshot, firingOf: FiringOf): Engine {
  const compile = createCompile(snapshot.market, createIntern());
  const evaluation = createEvaluation(snapshot, firingOf);
  const nodes = new WeakMap<Expression, PlanNode>();
  const nodeOf = (expression: Expression): PlanNode => {
    const known = nodes.get(expression) ?? compile(expression, 'latest');
    nodes.set(expression, known);
    return known;
  };
  return {
    snapshot,
    numbers: (expression, range) =>
      evaluation.numbers(nodeOf(expression), range?.from ?? 0, range?.to ?? snapshot.length),
    conditions: (expression, range) =>
      evaluation.codes(nodeOf(expression), range?.from ?? 0, range?.to ?? snapshot.length),
  };
}
