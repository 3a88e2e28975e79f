import type { BinaryNode, Expression, Span } from './ast.ts';
import { inferCall } from './call.ts';
import {
  CONDITION,
  type Context,
  type Inferred,
  innerSpan,
  numberOf,
  refuse,
  requireCondition,
  requireNumber,
  UNKNOWN,
  unitWords,
} from './context.ts';
import { display, type Finding, mistake } from './finding.ts';
import { comparePrice, suspectPercent } from './literal-rules.ts';
import { inferName } from './names.ts';
import type { Scope } from './scope.ts';
import type { Unit, ValueType } from './types.ts';
import { common, product, quotient } from './units.ts';

/** The type of a whole expression, null where a mistake leaves it open, with all that is wrong with it. */
export function inferWhole(
  expression: Expression,
  scope: Scope,
  source: string,
): { readonly type: ValueType | null; readonly findings: readonly Finding[] } {
  const context: Context = { scope, source, findings: [], member: null, infer };
  const type = infer(expression, context);
  if (type.kind === 'number' || type.kind === 'condition') return { type, findings: context.findings };
  refuse(expression, type, context, 'the expression to be a number or a condition');
  return { type: null, findings: context.findings };
}

function infer(expression: Expression, context: Context): Inferred {
  switch (expression.kind) {
    case 'number':
      return numberOf(expression.suffix === '' ? 'number' : 'ratio');
    case 'date':
      return { kind: 'date' };
    case 'name':
      return inferName(expression, context);
    case 'call':
      return inferCall(expression, context);
    case 'unary': {
      if (expression.operator === 'not') {
        requireCondition(expression.operand, context, 'what follows `not`');
        return CONDITION;
      }
      const unit = requireNumber(expression.operand, context, 'what follows `-`');
      return unit === null ? UNKNOWN : numberOf(unit);
    }
    case 'binary':
      return inferBinary(expression, context);
  }
}

function inferBinary(node: BinaryNode, context: Context): Inferred {
  const { operator, left, right } = node;
  if (operator === 'and' || operator === 'or') {
    requireCondition(left, context, `the left side of \`${operator}\``);
    requireCondition(right, context, `the right side of \`${operator}\``);
    return CONDITION;
  }
  const a = requireNumber(left, context, `the left side of \`${operator}\``);
  const b = requireNumber(right, context, `the right side of \`${operator}\``);
  const arithmetic = operator === '+' || operator === '-' || operator === '*' || operator === '/';
  const unit = a === null || b === null ? null : combine(node, a, b, context);
  if (!arithmetic) return CONDITION;
  return unit === null ? UNKNOWN : numberOf(unit);
}

function combine(node: BinaryNode, a: Unit, b: Unit, context: Context): Unit | null {
  const { operator, left, right } = node;
  if (operator === '*' || operator === '/') {
    const unit = operator === '*' ? product(a, b) : quotient(a, b);
    if (unit === null) {
      const verb = operator === '*' ? 'multiplied by' : 'divided by';
      mixed(
        node,
        `expected units that can be multiplied or divided, found ${unitWords(a)} ${verb} ${unitWords(b)}`,
        context,
      );
    }
    return unit;
  }
  suspectPercent({ left, right, a, b }, context);
  const unit = common(a, b);
  if (unit === null) {
    mixed(
      node,
      `expected equal units around ${display(operator)}, found ${unitWords(a)} and ${unitWords(b)}`,
      context,
    );
  } else if (operator !== '+' && operator !== '-') {
    comparePrice({ left, right, a, b }, node, context);
  }
  return unit;
}

function mixed(node: BinaryNode, message: string, context: Context): void {
  context.findings.push(mistake('unit-mismatch', operatorSpan(node, context), message));
}

/** Between the operands there is nothing but the operator and white space. */
function operatorSpan({ left, right, operator }: BinaryNode, { source }: Context): Span {
  const span = innerSpan(source, { from: left.to, to: right.from });
  return span.from < span.to ? span : { from: left.to, to: left.to + operator.length };
}
