import type { Expression } from '../expression/ast.ts';
import { literalValue, nodesOf } from './walk.ts';

/**
 * The first part of an outcome that its grammar does not allow, or null: one-session returns `ret(x)` combined by
 * `+ - *` and constants. Each stands for the return over every horizon a base rate is asked for, so nothing else would
 * keep its meaning. A constant alone is the outcome itself: it says nothing about a price.
 */
export function foreignPart(outcome: Expression): Expression | null {
  const stranger = firstStranger(outcome);
  if (stranger !== null) return stranger;
  return [...nodesOf(outcome)].some((node) => node.kind === 'call') ? null : outcome;
}

function firstStranger(node: Expression): Expression | null {
  switch (node.kind) {
    case 'number':
      return null;
    case 'unary':
      return node.operator === '-' ? firstStranger(node.operand) : node;
    case 'binary':
      if (!['+', '-', '*'].includes(node.operator)) return node;
      return firstStranger(node.left) ?? firstStranger(node.right);
    case 'call':
      return isOneSessionReturn(node.name, node.args) ? null : node;
    case 'date':
    case 'name':
      return node;
    default:
      return node satisfies never;
  }
}

function isOneSessionReturn(name: string, args: readonly Expression[]): boolean {
  const [, sessions] = args;
  return name === 'ret' && (sessions === undefined || literalValue(sessions) === 1);
}
