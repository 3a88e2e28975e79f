import type { Market } from '../../series/market.ts';
import type { Comparison, Expression } from '../ast.ts';
import { type Basis, basisOf, isFree, isZero, sameBasis } from './basis.ts';
import type { Intern, NodeSpecification, PlanNode } from './node.ts';

/** The basis in which closes are read: see Snapshot. */
export type Mode = 'canonical' | 'latest';

/** What compilation needs: the declared names, the plan that nodes go into, and itself for arguments. */
export interface CompileContext {
  readonly market: Market;
  readonly intern: Intern;
  readonly compile: (expression: Expression, mode: Mode) => PlanNode;
}

/** The error for an expression that the checker should have refused. */
export function unchecked(what: string): Error {
  return new Error(`the plan was given ${what}, which the checker should have refused`);
}

/** The basis to read in, for a value with this basis where the caller wants `mode`. */
export function modeFor(basis: Basis, mode: Mode): Mode {
  if (basis === 'mixed') return 'latest';
  return isFree(basis) ? 'canonical' : mode;
}

/** Compiles an argument whose value keeps the caller's basis where it has one at all. */
export function compileValue(expression: Expression, mode: Mode, context: CompileContext): PlanNode {
  return context.compile(expression, modeFor(basisOf(expression, context.market), mode));
}

/** Compiles an argument of which only what the basis leaves unchanged is used. */
export function compileInvariant(expression: Expression, context: CompileContext): PlanNode {
  return compileValue(expression, 'canonical', context);
}

/** Compiles two arguments in one basis. */
export function pair(left: Expression, right: Expression, mode: Mode, context: CompileContext): PlanNode[] {
  return [compileValue(left, mode, context), compileValue(right, mode, context)];
}

/** Compiles a comparison: in the canonical basis where the bases cancel, else in the latest. */
export function compare(
  operator: Comparison,
  left: Expression,
  right: Expression,
  context: CompileContext,
): PlanNode {
  const { market, intern } = context;
  const ofPeriod = isZero(right) ? priceOfPeriod(left, context) : null;
  if (ofPeriod !== null) return intern({ operator, inputs: ofPeriod, output: 'condition' });
  const cancels = isZero(left) || isZero(right) || sameBasis(basisOf(left, market), basisOf(right, market));
  const inputs = pair(left, right, cancels ? 'canonical' : 'latest', context);
  const counted = runCompared(operator, inputs);
  if (counted !== null) return intern(counted);
  return intern({ operator, inputs, output: 'condition' });
}

/** A streak is compared with a constant as it is counted. Null for any other comparison. */
function runCompared(operator: Comparison, [left, right]: readonly PlanNode[]): NodeSpecification | null {
  if (left?.operator !== 'streak' || right?.operator !== 'constant') return null;
  if (operator === '==' || operator === '!=' || !Number.isFinite(right.parameter)) return null;
  const { inputs } = left;
  return { operator: `streak ${operator}`, inputs, parameter: right.parameter, output: 'condition' };
}

/**
 * A price and its base, where an expression is the price's return since the start of a period: prices are above 0, so
 * the return is above, at or below 0 where the price is above, at or below the base, and no division is needed. Null
 * for any other expression.
 */
function priceOfPeriod(expression: Expression, context: CompileContext): PlanNode[] | null {
  if (expression.kind !== 'call' || !['ytd', 'qtd', 'mtd'].includes(expression.name)) return null;
  const price = expression.args[0];
  if (price?.kind !== 'name' || (price.field !== null && price.field !== 'close')) return null;
  const value = compileInvariant(price, context);
  return [value, context.intern({ operator: `base of ${expression.name}`, inputs: [value] })];
}

/** Whether a condition reads a field that has a value on its own date only. */
export function readsEvent(expression: Expression, market: Market): boolean {
  switch (expression.kind) {
    case 'name': {
      const field = market.instruments.get(expression.name)?.fields.get(expression.field ?? 'close');
      return field?.kind === 'event';
    }
    case 'unary':
      return readsEvent(expression.operand, market);
    case 'binary':
      return readsEvent(expression.left, market) || readsEvent(expression.right, market);
    case 'call':
      return expression.args.some((one) => readsEvent(one, market));
    case 'number':
    case 'date':
      return false;
  }
}
