import type { BinaryOperator, CallNode, Expression, NameNode, NumberNode } from './ast.ts';

/** How tightly each operator binds; a comparison does not chain. */
export const POWER: ReadonlyMap<BinaryOperator, number> = new Map<BinaryOperator, number>([
  ['or', 1],
  ['and', 2],
  ['<', 4],
  ['<=', 4],
  ['>', 4],
  ['>=', 4],
  ['==', 4],
  ['!=', 4],
  ['+', 5],
  ['-', 5],
  ['*', 6],
  ['/', 6],
]);
export const NOT_POWER = 3;
export const COMPARISON_POWER = 4;
export const NEGATION_POWER = 7;
const ATOM_POWER = 8;

const PLAIN_NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;
const KEYWORD = /^(?:and|or|not)$/i;

/** Whether a name can only be written in double quotes. */
export function needsQuotes(name: string): boolean {
  return !PLAIN_NAME.test(name) || KEYWORD.test(name);
}

/**
 * The canonical text of an expression: one space around binary operators, keywords in lower case, quotes and
 * parentheses only where they are needed. Parsing it gives the same tree, spans aside.
 */
export function format(expression: Expression): string {
  switch (expression.kind) {
    case 'number':
      return formatNumber(expression);
    case 'date':
      return expression.date;
    case 'name':
      return formatName(expression);
    case 'call':
      return `${expression.name}(${formatArguments(expression).join(', ')})`;
    case 'unary': {
      const power = expression.operator === 'not' ? NOT_POWER : NEGATION_POWER;
      const operand = enclose(expression.operand, power);
      return expression.operator === 'not' ? `not ${operand}` : `-${operand}`;
    }
    case 'binary': {
      const power = POWER.get(expression.operator) ?? ATOM_POWER;
      const left = enclose(expression.left, power === COMPARISON_POWER ? power + 1 : power);
      return `${left} ${expression.operator} ${enclose(expression.right, power + 1)}`;
    }
  }
}

/** Puts parentheses around an operand that binds less tightly than its place asks for. */
function enclose(operand: Expression, least: number): string {
  const text = format(operand);
  return powerOf(operand) < least ? `(${text})` : text;
}

function powerOf(expression: Expression): number {
  if (expression.kind === 'binary') return POWER.get(expression.operator) ?? ATOM_POWER;
  if (expression.kind !== 'unary') return ATOM_POWER;
  return expression.operator === 'not' ? NOT_POWER : NEGATION_POWER;
}

function formatNumber(node: NumberNode): string {
  return `${String(node.mantissa).replace('e+', 'e')}${node.suffix}`;
}

/** The rule that `firing` names is always quoted. */
function formatArguments({ name, args }: CallNode): string[] {
  return args.map((arg) =>
    name === 'firing' && arg.kind === 'name' ? withField(`"${arg.name}"`, arg) : format(arg),
  );
}

function formatName(node: NameNode): string {
  const quoted = needsQuotes(node.name) || (node.quoted && node.name === 'member');
  return withField(quoted ? `"${node.name}"` : node.name, node);
}

function withField(name: string, { field }: NameNode): string {
  return field === null ? name : `${name}.${field}`;
}
