import type { PlanNode } from '../plan/node.ts';

/** After so many results a column that only its own expression has read is used again. */
const PATIENCE = 32;

/**
 * The columns numbers are written to. Making one costs about as much as filling it, so those that are most likely not
 * asked for again are written over: a thousand rules then need not many more columns than they share.
 */
export interface Columns {
  readonly length: number;
  /** A column with undefined contents. */
  take(): Float64Array;
  /** Room for codes: all no data. */
  takeCodes(): Uint8Array;
  /** Gives a column back. */
  give(column: Float64Array): void;
  /** Says that a node was given a column. */
  made(node: PlanNode, column: Float64Array): void;
  /** Says that a node's values are there and were asked for. */
  read(node: PlanNode): void;
  /** Says that a node's values left the evaluation, so that they may be read at any time. */
  keep(node: PlanNode): void;
  /** Computes a result. Columns are used again only between results, never while one is computed. */
  during<Result>(compute: () => Result): Result;
}

/** A node's column while it may still be used again. */
interface Lent {
  readonly node: PlanNode;
  readonly column: Float64Array;
  readonly result: number;
}

const FIRST_ROOMS = 4;
const MOST_ROOMS = 64;
/** Operators lay words over codes. */
const ALIGNED = 8;

/** Makes room for codes, ever more at once: to make and to clear each by itself takes longer than to combine two. */
function codeRooms(length: number): () => Uint8Array {
  const stride = Math.ceil(length / ALIGNED) * ALIGNED;
  let rooms = FIRST_ROOMS / 2;
  let free = new Uint8Array(0);
  let next = 0;
  return () => {
    if (next + stride > free.length || stride === 0) {
      rooms = Math.min(2 * rooms, MOST_ROOMS);
      free = new Uint8Array(rooms * stride);
      next = 0;
    }
    next += stride;
    return free.subarray(next - stride, next - stride + length);
  };
}

/** Starts without a column; `forget` is told of a node whose column is used again. */
export function createColumns(length: number, forget: (node: PlanNode) => void): Columns {
  const free: Float64Array[] = [];
  const lent = new Map<PlanNode, Lent>();
  // Asked for again after its column was gone: its values are kept the second time.
  const missed = new Set<PlanNode>();
  let results = 0;
  let depth = 0;
  const recycle = (): void => {
    for (const [node, { column, result }] of lent) {
      if (result > results - PATIENCE) return;
      lent.delete(node);
      missed.add(node);
      forget(node);
      free.push(column);
    }
  };
  return {
    length,
    take: () => free.pop() ?? new Float64Array(length),
    takeCodes: codeRooms(length),
    give: (column) => void free.push(column),
    made(node, column) {
      if (!missed.delete(node)) lent.set(node, { node, column, result: results });
    },
    read(node) {
      if (lent.size > 0 && (lent.get(node)?.result ?? results) !== results) lent.delete(node);
    },
    keep: (node) => void lent.delete(node),
    during(compute) {
      if (depth === 0) recycle();
      results += 1;
      depth += 1;
      try {
        return compute();
      } finally {
        depth -= 1;
      }
    },
  };
}
