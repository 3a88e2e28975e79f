import type { Market } from '../../series/market.ts';
import type { BinaryNode, Expression, NameNode } from '../ast.ts';
import { basisOf } from './basis.ts';
import { compilerOf } from './calls.ts';
import {
  type CompileContext,
  compare,
  compileValue,
  type Mode,
  modeFor,
  pair,
  unchecked,
} from './context.ts';
import type { Intern, PlanNode } from './node.ts';

/**
 * Makes the function that turns a checked expression into a node of the plan.
 *
 * `mode` is the basis wanted for a value that scales with one; wherever the basis cancels, the canonical one is used,
 * so that a later split leaves every bit as it was. Throws on an expression that has not passed the checker.
 */
export function createCompile(market: Market, intern: Intern): CompileContext['compile'] {
  const context: CompileContext = {
    market,
    intern,
    compile: (expression, mode) => compile(expression, mode, context),
  };
  return context.compile;
}

function compile(expression: Expression, mode: Mode, context: CompileContext): PlanNode {
  const { intern } = context;
  switch (expression.kind) {
    case 'number':
      return intern({ operator: 'constant', parameter: expression.value });
    case 'name':
      return compileName(expression, mode, context);
    case 'unary': {
      const operand = compileValue(expression.operand, mode, context);
      if (expression.operator === 'not') {
        return intern({ operator: 'not', inputs: [operand], output: 'condition' });
      }
      if (operand.operator === 'constant') {
        return intern({ operator: 'constant', parameter: -operand.parameter });
      }
      return intern({ operator: 'negate', inputs: [operand] });
    }
    case 'binary':
      return compileBinary(expression, mode, context);
    case 'call': {
      const compiler = compilerOf(expression, context.market);
      if (compiler === undefined) throw unchecked(`function ${expression.name}`);
      return compiler(expression, mode, context);
    }
    case 'date':
      throw unchecked('a date');
  }
}

function compileName(node: NameNode, mode: Mode, { market, intern }: CompileContext): PlanNode {
  const field = node.field ?? 'close';
  if (node.name === 'member') {
    return intern({ operator: leaf('member', field, mode), name: field, ofMember: true });
  }
  if (!market.instruments.has(node.name)) throw unchecked(`the name ${node.name}`);
  return intern({ operator: leaf('series', field, mode), name: `${node.name}.${field}` });
}

function leaf(operator: string, field: string, mode: Mode): string {
  return field === 'close' && mode === 'latest' ? `latest ${operator}` : operator;
}

function compileBinary(node: BinaryNode, mode: Mode, context: CompileContext): PlanNode {
  const { operator, left, right } = node;
  if (operator === 'and' || operator === 'or') {
    const inputs = [context.compile(left, mode), context.compile(right, mode)];
    return context.intern({ operator, inputs, output: 'condition' });
  }
  if (operator === '+' || operator === '-' || operator === '*' || operator === '/') {
    const basis = basisOf(node, context.market);
    const inputs = pair(left, right, modeFor(basis, mode), context);
    return context.intern({ operator, inputs });
  }
  return compare(operator, left, right, context);
}
