import type { BinaryOperator, Comparison, Expression } from './ast.ts';
import { chained } from './chain.ts';
import { display, mistake } from './finding.ts';
import { COMPARISON_POWER, NOT_POWER, POWER } from './format.ts';
import { readOperand } from './read-operands.ts';
import {
  advance,
  hole,
  isHole,
  node,
  peek,
  type Reader,
  report,
  showToken,
  startsOperand,
} from './reader.ts';
import type { Token } from './token.ts';

/** Reads an expression whose operators bind at least as tightly as `least` (precedence climbing). */
export function readExpression(reader: Reader, least: number): Expression {
  return readInfix(reader, readOperand(reader), least);
}

/** Reads on from a first operand. */
export function readInfix(reader: Reader, first: Expression, least: number): Expression {
  let left = first;
  while (!reader.stopped) {
    const token = peek(reader);
    const power = infixPower(token);
    const meant = slip(reader, token);
    if (power !== null) {
      if (power < least) return left;
      advance(reader);
      left =
        power === COMPARISON_POWER
          ? readComparison(reader, left, token, least)
          : binary(reader, token.text as BinaryOperator, left, readExpression(reader, power + 1));
    } else if (token.type === 'junk') {
      advance(reader);
      if (startsOperand(peek(reader))) left = loose(reader, left, readOperand(reader));
    } else if (meant !== null) {
      if ((POWER.get(meant) ?? 0) < least) return left;
      left = readSlip(reader, left, token, meant);
    } else if (startsOperand(token)) {
      left = readWithoutOperator(reader, left, token);
    } else {
      return left;
    }
  }
  return left;
}

function infixPower(token: Token): number | null {
  return token.type === 'operator' ? (POWER.get(token.text as BinaryOperator) ?? null) : null;
}

function binary(reader: Reader, operator: BinaryOperator, left: Expression, right: Expression): Expression {
  return node(reader, { kind: 'binary', operator, left, right, from: left.from, to: right.to });
}

/** Reads a comparison; one that goes on, `a < b < c`, is reported and read as `a < b and b < c`. */
function readComparison(reader: Reader, first: Expression, operator: Token, least: number): Expression {
  let right = readExpression(reader, COMPARISON_POWER + 1);
  let tree = binary(reader, operator.text as Comparison, first, right);
  const links: Token[] = [];
  const middles: Expression[] = [];
  while (infixPower(peek(reader)) === COMPARISON_POWER && !reader.stopped) {
    const link = advance(reader);
    const next = readExpression(reader, COMPARISON_POWER + 1);
    if (!isHole(right)) {
      links.push(link);
      middles.push(right);
    }
    tree = binary(reader, 'and', tree, binary(reader, link.text as Comparison, right, next));
    right = next;
  }
  const [link] = links;
  if (link !== undefined)
    report(reader, chained(reader, { links, middles, link, tree, wrap: least > NOT_POWER }));
  return tree;
}

/** Two operands side by side: reported; neither decides the type of the whole. */
function readWithoutOperator(reader: Reader, left: Expression, token: Token): Expression {
  // `2 ret(IWM)` is how formulas are written by hand; of two numbers nobody can tell what was meant.
  const factor =
    left.kind === 'number' && left.suffix === '' && token.type !== 'number' && token.type !== 'date';
  const edits = factor ? [{ from: left.to, to: token.from, text: ' * ' }] : [];
  const message = `expected an operator before ${showToken(token)}, found none`;
  report(reader, mistake('missing-operator', token, message, ...edits));
  return loose(reader, left, readOperand(reader));
}

const SLIPS: ReadonlyMap<string, 'and' | 'or'> = new Map([
  ['adn', 'and'],
  ['nad', 'and'],
  ['andd', 'and'],
  ['annd', 'and'],
  ['ro', 'or'],
  ['orr', 'or'],
]);

/** The operator that a slip of the fingers stands for, where an operand follows; null otherwise. */
function slip(reader: Reader, token: Token): 'and' | 'or' | null {
  const following = reader.tokens[reader.at + 1];
  if (token.type !== 'name' || following === undefined || !startsOperand(following)) return null;
  return SLIPS.get(token.text.toLowerCase()) ?? null;
}

function readSlip(reader: Reader, left: Expression, token: Token, meant: 'and' | 'or'): Expression {
  advance(reader);
  const message = `expected ${display(meant)}, found ${display(token.text)}`;
  report(reader, mistake('wrong-operator', token, message, { from: token.from, to: token.to, text: meant }));
  return binary(reader, meant, left, readExpression(reader, (POWER.get(meant) ?? 1) + 1));
}

function loose(reader: Reader, left: Expression, right: Expression): Expression {
  reader.aside.push(left, right);
  return hole(left.from, right.to);
}
