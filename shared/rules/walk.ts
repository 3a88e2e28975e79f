import type { Expression } from '../expression/ast.ts';

/** The parts an expression is made of, left to right; empty for names, numbers and dates. */
export function partsOf(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case 'call':
      return expression.args;
    case 'unary':
      return [expression.operand];
    case 'binary':
      return [expression.left, expression.right];
    case 'number':
    case 'date':
    case 'name':
      return [];
    default:
      return expression satisfies never;
  }
}

/** How many nodes an expression has. */
export function sizeOf(expression: Expression): number {
  return partsOf(expression).reduce((sum, part) => sum + sizeOf(part), 1);
}

/** Every node of an expression, parents first. */
export function* nodesOf(expression: Expression): Generator<Expression> {
  yield expression;
  for (const part of partsOf(expression)) yield* nodesOf(part);
}

/** Ids named by `firing("…")`, sorted and unique. */
export function rulesNamed(expressions: Iterable<Expression>): readonly string[] {
  const ids = new Set<string>();
  for (const expression of expressions) {
    for (const node of nodesOf(expression)) {
      const [target] = node.kind === 'call' && node.name === 'firing' ? node.args : [];
      if (target?.kind === 'name') ids.add(target.name);
    }
  }
  return [...ids].sort();
}

/** The value of a literal with its signs; null for anything that is no literal. */
export function literalValue(expression: Expression): number | null {
  if (expression.kind === 'number') return expression.value;
  if (expression.kind !== 'unary' || expression.operator !== '-') return null;
  const inner = literalValue(expression.operand);
  return inner === null ? null : -inner;
}
