import type { Expression, Span } from './ast.ts';
import { mistake } from './finding.ts';
import { needsQuotes, NEGATION_POWER, NOT_POWER } from './format.ts';
import {
  advance,
  deeper,
  hole,
  isHole,
  node,
  peek,
  type Reader,
  report,
  shallower,
  showToken,
  startsOperand,
} from './reader.ts';
import type { Token } from './token.ts';

/** Reads one operand: a literal, a name, a call, a group, or a unary operator with its own. */
export function readOperand(reader: Reader): Expression {
  const token = peek(reader);
  switch (token.type) {
    case 'number': {
      advance(reader);
      const { mantissa, suffix, from, to } = token;
      const divisor = suffix === '%' ? 100 : suffix === 'bp' ? 10_000 : 1;
      return node(reader, { kind: 'number', mantissa, suffix, value: mantissa / divisor, from, to });
    }
    case 'date':
      advance(reader);
      return node(reader, { kind: 'date', date: token.text, from: token.from, to: token.to });
    case 'name':
      advance(reader);
      return peek(reader).type === '(' ? readCall(reader, token) : readName(reader, token);
    case 'quoted':
      advance(reader);
      return readName(reader, token);
    case '(':
      return readGroup(reader, advance(reader));
    case 'junk':
      advance(reader);
      return startsOperand(peek(reader)) ? readOperand(reader) : hole(token.from, token.to);
    case 'operator':
      if (token.text === '-' || token.text === 'not') return readUnary(reader, advance(reader), token.text);
      return missingOperand(reader, token);
    default:
      return missingOperand(reader, token);
  }
}

function readUnary(reader: Reader, token: Token, operator: '-' | 'not'): Expression {
  if (!deeper(reader, token)) return hole(token.from, token.to);
  const operand = reader.expression(reader, operator === 'not' ? NOT_POWER + 1 : NEGATION_POWER);
  shallower(reader);
  return node(reader, { kind: 'unary', operator, operand, from: token.from, to: operand.to });
}

function missingOperand(reader: Reader, token: Token): Expression {
  const expected = 'expected a number, a name, a call or a parenthesis';
  const edits = token.text === '+' ? [{ ...token, text: '' }] : [];
  report(reader, mistake('missing-operand', token, `${expected}, found ${showToken(token)}`, ...edits));
  const skipped = token.type === '.' || token.text === '+';
  if (skipped) advance(reader);
  if (token.type === '.' && peek(reader).type === 'name') advance(reader);
  return token.text === '+' && startsOperand(peek(reader))
    ? readOperand(reader)
    : hole(token.from, token.from);
}

/** A parenthesised expression leaves no node, but its span counts the parentheses. */
function readGroup(reader: Reader, open: Token): Expression {
  if (!deeper(reader, open)) return hole(open.from, open.to);
  const inner = reader.expression(reader, 1);
  const to = readClosing(reader, open);
  shallower(reader);
  return { ...inner, from: open.from, to };
}

/** Reads on to the `)` that belongs to an open parenthesis; answers where it ends. */
function readClosing(reader: Reader, open: Token): number {
  while (!reader.stopped) {
    const token = peek(reader);
    if (token.type === 'end') {
      reader.unclosed.push(open);
      return token.to;
    }
    advance(reader);
    if (token.type === ')') return token.to;
    report(
      reader,
      mistake('unexpected-token', token, `expected \`)\` or an operator, found ${showToken(token)}`),
    );
    if (startsOperand(peek(reader))) reader.aside.push(reader.expression(reader, 1));
  }
  return open.to;
}

function readCall(reader: Reader, name: Token): Expression {
  const open = advance(reader);
  if (!deeper(reader, name)) return hole(name.from, open.to);
  const args: Expression[] = [];
  if (peek(reader).type !== ')' && peek(reader).type !== 'end') readArguments(reader, args);
  const to = readClosing(reader, open);
  shallower(reader);
  return node(reader, { kind: 'call', name: name.text, args: forFiring(name, args), from: name.from, to });
}

function readArguments(reader: Reader, args: Expression[]): void {
  args.push(reader.expression(reader, 1));
  while (peek(reader).type === ',' && !reader.stopped) {
    const comma = advance(reader);
    const token = peek(reader);
    if (token.type === ')') {
      const message = 'expected another argument after the comma, found `)`';
      report(reader, mistake('missing-operand', token, message, { ...comma, text: '' }));
      return;
    }
    args.push(reader.expression(reader, 1));
  }
}

/** The rule that `firing` names is written in quotes whatever its letters. */
function forFiring(name: Token, args: readonly Expression[]): readonly Expression[] {
  if (name.text !== 'firing') return args;
  return args.map((arg) => (arg.kind === 'name' && !isHole(arg) ? { ...arg, quoted: true } : arg));
}

/** A name with its field. It counts as quoted only where it must be, so that quotes make no other tree. */
function readName(reader: Reader, token: Token): Expression {
  const quoted = needsQuotes(token.text) || (token.type === 'quoted' && token.text === 'member');
  const span: Span = { from: token.from, to: token.to };
  if (token.text === '') return hole(token.from, token.to);
  if (peek(reader).type !== '.') {
    return node(reader, { kind: 'name', name: token.text, quoted, field: null, ...span });
  }
  const dot = advance(reader);
  const field = peek(reader);
  const word = reader.source.slice(field.from, field.to);
  if (field.type === 'name' || (field.type === 'operator' && /^[a-z]+$/i.test(word))) {
    advance(reader);
    skipSecondField(reader);
    return node(reader, {
      kind: 'name',
      name: token.text,
      quoted,
      field: word,
      from: token.from,
      to: field.to,
    });
  }
  const message = `expected a field after \`.\`, such as \`close\`, found ${showToken(field)}`;
  const edit = { from: dot.to, to: dot.to, text: 'close' };
  report(reader, mistake('missing-field', dot, message, edit));
  return node(reader, { kind: 'name', name: token.text, quoted, field: null, from: token.from, to: dot.to });
}

/** `IWM.close.x`: a field has no field. */
function skipSecondField(reader: Reader): void {
  if (peek(reader).type !== '.') return;
  const dot = advance(reader);
  report(reader, mistake('unexpected-token', dot, 'expected an operator or the end, found a second `.`'));
  if (peek(reader).type === 'name') advance(reader);
}
