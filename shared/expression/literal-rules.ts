import type { Expression, Span } from './ast.ts';
import { type Context, innerSpan } from './context.ts';
import { mistake } from './finding.ts';
import { PERCENT_SUSPICION } from './limits.ts';
import type { Unit } from './types.ts';

/** Two numbers that meet in a comparison, a sum or a difference, with their units. */
export interface Pair {
  readonly left: Expression;
  readonly right: Expression;
  readonly a: Unit;
  readonly b: Unit;
}

/** A literal of 3 or more in size against a ratio is an error that offers `%`. */
export function suspectPercent({ left, right, a, b }: Pair, context: Context): void {
  if (b === 'ratio') suspect(left, context);
  if (a === 'ratio') suspect(right, context);
}

function suspect(expression: Expression, context: Context): void {
  const value = bareLiteral(expression);
  if (value === null || Math.abs(value) < PERCENT_SUSPICION) return;
  const span = innerSpan(context.source, expression);
  const end = lastDigit(context.source, span);
  const message = `expected a ratio, where 1 is 100%, found ${value}; did you mean ${value}%?`;
  context.findings.push(mistake('percent-literal', span, message, { from: end, to: end, text: '%' }));
}

function lastDigit(source: string, { from, to }: Span): number {
  let end = to;
  while (end > from && /[)\s]/.test(source.charAt(end - 1))) end -= 1;
  return end;
}

/** The value of a literal without suffix, its sign included; null for anything else. */
function bareLiteral(expression: Expression): number | null {
  if (expression.kind === 'number') return expression.suffix === '' ? expression.value : null;
  if (expression.kind !== 'unary' || expression.operator !== '-') return null;
  const value = bareLiteral(expression.operand);
  return value === null ? null : -value;
}

/**
 * Warns of a price against a plain number: the answer can change with a later split. Zero is excepted, since no split
 * moves the sign of a price.
 */
export function comparePrice({ left, right, a, b }: Pair, place: Span, context: Context): void {
  const plain = a === 'price' && b === 'number' ? right : b === 'price' && a === 'number' ? left : null;
  if (plain === null || bareLiteral(plain) === 0) return;
  const message =
    'expected a price against a price, or a ratio such as `ret(x)`, found a price against a plain number; a later split can change the answer';
  context.findings.push({
    code: 'price-level',
    severity: 'warning',
    ...innerSpan(context.source, place),
    message,
    edits: [],
  });
}
