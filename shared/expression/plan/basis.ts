import type { Market } from '../../series/market.ts';
import type { CallNode, Expression, NameNode } from '../ast.ts';

/**
 * How an expression scales when an instrument's closes change their basis: the power of each instrument's scale, by
 * name (`member` stands for the member), or `mixed` where it does not scale at all evenly. An empty map is free of it.
 */
export type Basis = ReadonlyMap<string, number> | 'mixed';

const FREE: ReadonlyMap<string, number> = new Map();

/** Functions whose value does not change when their argument is scaled. */
const INVARIANT = new Set([
  'ret',
  'ytd',
  'qtd',
  'mtd',
  'since',
  'zscore',
  'volatility',
  'percentrank',
  'drawdown',
  'correlation',
  'rising',
  'falling',
]);
/** Functions whose value scales as their first argument does. */
const EQUIVARIANT = new Set(['change', 'lag', 'sma', 'ema', 'stdev', 'highest', 'lowest', 'seasonal', 'abs']);

/** Whether two bases cancel when the values meet in a comparison, a sum or a quotient. */
export function sameBasis(a: Basis, b: Basis): boolean {
  if (a === 'mixed' || b === 'mixed' || a.size !== b.size) return false;
  return [...a].every(([name, power]) => b.get(name) === power);
}

/** Whether an expression is the literal 0, which compares alike in every basis. */
export function isZero(expression: Expression): boolean {
  return expression.kind === 'number' && expression.value === 0;
}

/** Tells how an expression scales with the bases of the instruments it reads. */
export function basisOf(expression: Expression, market: Market): Basis {
  switch (expression.kind) {
    case 'number':
    case 'date':
      return FREE;
    case 'name':
      return basisOfName(expression, market);
    case 'unary':
      return expression.operator === 'not' ? FREE : basisOf(expression.operand, market);
    case 'call':
      return basisOfCall(expression, market);
    case 'binary': {
      const { operator, left, right } = expression;
      if (operator === '*') return combine(basisOf(left, market), basisOf(right, market), 1);
      if (operator === '/') return combine(basisOf(left, market), basisOf(right, market), -1);
      if (operator === '+' || operator === '-') return meet(left, right, market);
      return FREE;
    }
  }
}

function basisOfName(node: NameNode, market: Market): Basis {
  if (node.field !== null && node.field !== 'close') return FREE;
  if (node.name === 'member') return new Map([['member', 1]]);
  const field = market.instruments.get(node.name)?.fields.get('close');
  return field?.kind === 'price' ? new Map([[node.name, 1]]) : FREE;
}

function basisOfCall(call: CallNode, market: Market): Basis {
  const [first, second] = call.args;
  if (INVARIANT.has(call.name) || first === undefined) return FREE;
  if (isUniverse(first, market)) return call.args.length > 1 ? basisOfAggregation(call, market) : FREE;
  if (
    EQUIVARIANT.has(call.name) ||
    ((call.name === 'median' || call.name === 'sum') && second !== undefined)
  ) {
    return basisOf(first, market);
  }
  if ((call.name === 'min' || call.name === 'max') && second !== undefined)
    return meet(first, second, market);
  if (call.name === 'ratio' && second !== undefined) {
    return combine(basisOf(first, market), basisOf(second, market), -1);
  }
  if (call.name === 'discount' && second !== undefined) {
    return sameBasis(basisOf(first, market), basisOf(second, market)) ? FREE : 'mixed';
  }
  if (call.name === 'log') return isFree(basisOf(first, market)) ? FREE : 'mixed';
  return FREE;
}

/** Members have different bases, so an aggregate of values that scale with them scales with none. */
function basisOfAggregation(call: CallNode, market: Market): Basis {
  if (!['mean', 'median', 'sum', 'top'].includes(call.name)) return FREE;
  const value = call.args[call.args.length - 1];
  const basis = value === undefined ? FREE : basisOf(value, market);
  return basis !== 'mixed' && basis.has('member') ? 'mixed' : basis;
}

/** Whether an expression names a universe. */
export function isUniverse(expression: Expression, market: Market): boolean {
  return expression.kind === 'name' && expression.field === null && market.universes.has(expression.name);
}

/** Whether no basis shows in the value. */
export function isFree(basis: Basis): boolean {
  return basis !== 'mixed' && basis.size === 0;
}

function meet(left: Expression, right: Expression, market: Market): Basis {
  const a = basisOf(left, market);
  const b = basisOf(right, market);
  if (isZero(right)) return a;
  if (isZero(left)) return b;
  return sameBasis(a, b) ? a : 'mixed';
}

function combine(a: Basis, b: Basis, sign: 1 | -1): Basis {
  if (a === 'mixed' || b === 'mixed') return 'mixed';
  const powers = new Map(a);
  for (const [name, power] of b) {
    const sum = (powers.get(name) ?? 0) + sign * power;
    if (sum === 0) powers.delete(name);
    else powers.set(name, sum);
  }
  return powers;
}
