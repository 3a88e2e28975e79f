import { elementwiseOperators } from './elementwise.ts';
import type { Operator } from './evaluation.ts';
import { historyOperators } from './history.ts';
import { leafOperators } from './leaves.ts';
import { memberOperators } from './members.ts';
import { sinceOperators } from './since.ts';
import { windowOperators } from './windows.ts';

/** What computes each operator that a plan may hold. */
export const operators: ReadonlyMap<string, Operator> = new Map([
  ...leafOperators,
  ...elementwiseOperators,
  ...windowOperators,
  ...historyOperators,
  ...sinceOperators,
  ...memberOperators,
]);
