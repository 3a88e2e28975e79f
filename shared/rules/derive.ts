import type { Comparison, Expression } from '../expression/ast.ts';
import type { Direction } from './rule.ts';
import { literalValue, sizeOf } from './walk.ts';

/** What one comparison says of the number it is about. */
export interface Derived {
  readonly measure: Expression;
  readonly threshold: Expression;
  /** Null for `==` and `!=`, which look neither way. */
  readonly direction: Direction | null;
}

/** A comparison read from its measure to its threshold: `7 <= x` is `x >= 7`. */
export interface OneComparison {
  readonly measure: Expression;
  readonly operator: Comparison;
  readonly threshold: Expression;
}

const MIRRORED: Readonly<Record<Comparison, Comparison>> = {
  '<': '>',
  '<=': '>=',
  '>': '<',
  '>=': '<=',
  '==': '==',
  '!=': '!=',
};

/** Whether an operator compares two numbers. */
function isComparison(operator: string): operator is Comparison {
  return Object.hasOwn(MIRRORED, operator);
}

/**
 * A condition as one comparison of a measure with a threshold: the literal side is the threshold, else the side of
 * fewer nodes, else the right one. Null where the condition is anything but one comparison.
 */
export function asComparison(condition: Expression): OneComparison | null {
  if (condition.kind !== 'binary') return null;
  const { operator, left, right } = condition;
  if (!isComparison(operator)) return null;
  return leftIsThreshold(left, right)
    ? { measure: right, operator: MIRRORED[operator], threshold: left }
    : { measure: left, operator, threshold: right };
}

function leftIsThreshold(left: Expression, right: Expression): boolean {
  if (literalValue(right) !== null) return false;
  return literalValue(left) !== null || sizeOf(left) < sizeOf(right);
}

/** Measure, threshold and direction of a condition that is one comparison; null for any other. */
export function derive(condition: Expression): Derived | null {
  const comparison = asComparison(condition);
  if (comparison === null) return null;
  const { measure, operator, threshold } = comparison;
  const looks: Partial<Record<Comparison, Direction>> = { '<': 'down', '<=': 'down', '>': 'up', '>=': 'up' };
  return { measure, threshold, direction: looks[operator] ?? null };
}
