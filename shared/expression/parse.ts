import type { BinaryOperator, Comparison, Expression, Span } from './ast.ts';
import type { Diagnostic } from './diagnostic.ts';
import { display, type Finding, mistake } from './finding.ts';
import { COMPARISON_POWER, needsQuotes, NEGATION_POWER, NOT_POWER, POWER } from './format.ts';
import { LONGEST_SOURCE } from './limits.ts';
import { position, toDiagnostic, withCorrections } from './position.ts';
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
  startReader,
  startsOperand,
} from './reader.ts';
import type { Token } from './token.ts';
import { tokenize } from './tokenize.ts';

/** What the parser read: holes and loose pieces included, so that a checker can go on to the other mistakes. */
export interface Reading {
  /** With holes where nothing could be read; null where a limit was passed. */
  readonly tree: Expression | null;
  /** Pieces that no operator joins to the tree. */
  readonly aside: readonly Expression[];
  readonly findings: readonly Finding[];
}

/**
 * Parses an expression; all syntax errors are reported at once. The expression is null where there is any; a `fix` is
 * a source without syntax errors.
 */
export function parse(source: string): {
  readonly expression: Expression | null;
  readonly diagnostics: readonly Diagnostic[];
} {
  const { tree, findings } = read(source);
  if (findings.length === 0) return { expression: tree, diagnostics: [] };
  const corrected = withCorrections(source, findings);
  const fix = corrected !== source && read(corrected).findings.length === 0 ? corrected : null;
  return { expression: null, diagnostics: findings.map((finding) => toDiagnostic(source, finding, fix)) };
}

/** Reads a source as far as it goes. */
export function read(source: string): Reading {
  const characters = source.length > LONGEST_SOURCE ? [...source].length : source.length;
  if (characters > LONGEST_SOURCE) {
    const span = { from: 0, to: 0 };
    const message = `expected at most ${LONGEST_SOURCE} characters, found ${characters}`;
    return { tree: null, aside: [], findings: [mistake('too-long', span, message)] };
  }
  const { tokens, findings } = tokenize(source);
  if (tokens.length === 1) {
    const message = 'expected an expression such as `ret(IWM) > ret(SPY)`, found nothing';
    return { tree: null, aside: [], findings: [mistake('empty-expression', { from: 0, to: 0 }, message)] };
  }
  const reader = startReader(source, tokens, findings);
  const tree = readAll(reader);
  reportUnclosed(reader);
  const ordered = [...reader.findings].sort((a, b) => a.from - b.from);
  return { tree: reader.stopped ? null : tree, aside: reader.stopped ? [] : reader.aside, findings: ordered };
}

function readAll(reader: Reader): Expression {
  let tree = readExpression(reader, 1);
  while (peek(reader).type !== 'end') {
    const token = advance(reader);
    if (token.type === ')') {
      const message = 'expected an operator or the end, found `)` without its `(`';
      report(reader, mistake('unexpected-parenthesis', token, message, { ...token, text: '' }));
      tree = readInfix(reader, tree, 1);
    } else {
      report(
        reader,
        mistake('unexpected-token', token, `expected an operator or the end, found ${showToken(token)}`),
      );
      if (startsOperand(peek(reader))) reader.aside.push(readExpression(reader, 1));
    }
  }
  return tree;
}

/** Reads an expression whose operators bind at least as tightly as `least` (precedence climbing). */
function readExpression(reader: Reader, least: number): Expression {
  return readInfix(reader, readPrefix(reader), least);
}

function readInfix(reader: Reader, first: Expression, least: number): Expression {
  let left = first;
  while (!reader.stopped) {
    const token = peek(reader);
    const power = infixPower(token);
    if (power !== null) {
      if (power < least) return left;
      advance(reader);
      left =
        power === COMPARISON_POWER
          ? readComparison(reader, left, token, least)
          : binary(reader, token.text as BinaryOperator, left, readExpression(reader, power + 1));
    } else if (token.type === 'junk') {
      advance(reader);
      if (startsOperand(peek(reader))) left = loose(reader, left, readPrefix(reader));
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
  if (link !== undefined) report(reader, chained(reader, { links, middles, link, tree, wrap: least > 2 }));
  return tree;
}

interface Chain {
  readonly links: readonly Token[];
  readonly middles: readonly Expression[];
  readonly link: Token;
  readonly tree: Expression;
  /** Under `not`, which binds more tightly than `and`, the correction needs parentheses. */
  readonly wrap: boolean;
}

function chained(reader: Reader, { links, middles, link, tree, wrap }: Chain): Finding {
  const edits = links.map((token, index) => {
    const { from, to } = middles[index] ?? token;
    const space = /\s/.test(reader.source.charAt(token.from - 1)) ? '' : ' ';
    return { from: token.from, to: token.from, text: `${space}and ${reader.source.slice(from, to)} ` };
  });
  const outer = wrap
    ? [
        { from: tree.from, to: tree.from, text: '(' },
        { from: tree.to, to: tree.to, text: ')' },
      ]
    : [];
  const message = `expected one comparison, found a chain: ${display(link.text)} follows a comparison; join two with \`and\``;
  return mistake('chained-comparison', link, message, ...edits, ...outer);
}

/** Two operands side by side: reported; neither decides the type of the whole. */
function readWithoutOperator(reader: Reader, left: Expression, token: Token): Expression {
  const word = token.type === 'name' ? /^(?:adn|nad|andd|an|ans|orr|ro)$/i.exec(token.text) : null;
  const following = reader.tokens[reader.at + 1];
  if (word !== null && following !== undefined && startsOperand(following)) {
    advance(reader);
    const meant = token.text.toLowerCase().includes('a') ? 'and' : 'or';
    const message = `expected an operator, found ${display(token.text)}; \`${meant}\` is meant?`;
    report(reader, mistake('wrong-operator', token, message, { ...token, text: meant }));
    const power = POWER.get(meant) ?? 1;
    return binary(reader, meant, left, readExpression(reader, power + 1));
  }
  const edits = left.kind === 'number' ? [{ from: left.to, to: token.from, text: ' * ' }] : [];
  const message = `expected an operator before ${showToken(token)}, found none`;
  report(reader, mistake('missing-operator', token, message, ...edits));
  return loose(reader, left, readPrefix(reader));
}

function loose(reader: Reader, left: Expression, right: Expression): Expression {
  reader.aside.push(left, right);
  return hole(left.from, right.to);
}

function readPrefix(reader: Reader): Expression {
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
      return startsOperand(peek(reader)) ? readPrefix(reader) : hole(token.from, token.to);
    case 'operator':
      if (token.text === '-' || token.text === 'not') return readUnary(reader, advance(reader), token.text);
      return missingOperand(reader, token);
    default:
      return missingOperand(reader, token);
  }
}

function readUnary(reader: Reader, token: Token, operator: '-' | 'not'): Expression {
  if (!deeper(reader, token)) return hole(token.from, token.to);
  const operand = readExpression(reader, operator === 'not' ? NOT_POWER : NEGATION_POWER);
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
    ? readPrefix(reader)
    : hole(token.from, token.from);
}

/** A parenthesised expression leaves no node, but its span counts the parentheses. */
function readGroup(reader: Reader, open: Token): Expression {
  if (!deeper(reader, open)) return hole(open.from, open.to);
  const inner = readExpression(reader, 1);
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
    if (startsOperand(peek(reader))) reader.aside.push(readExpression(reader, 1));
  }
  return open.to;
}

/** All parentheses still open at the end are one mistake. */
function reportUnclosed(reader: Reader): void {
  const open = reader.unclosed.at(-1);
  if (open === undefined) return;
  const { line, column } = position(reader.source, open.from);
  const end = reader.source.length;
  const at = reader.source.trimEnd().length;
  const message = `expected \`)\` for the \`(\` of ${line}:${column}, found the end`;
  const edit = { from: at, to: at, text: ')'.repeat(reader.unclosed.length) };
  report(reader, mistake('missing-parenthesis', { from: end, to: end }, message, edit));
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
  args.push(readExpression(reader, 1));
  while (peek(reader).type === ',' && !reader.stopped) {
    const comma = advance(reader);
    const token = peek(reader);
    if (token.type === ')') {
      const message = 'expected another argument after the comma, found `)`';
      report(reader, mistake('missing-operand', token, message, { ...comma, text: '' }));
      return;
    }
    args.push(readExpression(reader, 1));
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
