import type { Expression } from './ast.ts';
import type { DiagnosticCode } from './codes.ts';
import { display, type Finding, mistake } from './finding.ts';
import { DEEPEST_NESTING, MOST_NODES } from './limits.ts';
import { makeToken, type Token } from './token.ts';

/** Where the parser stands. */
export interface Reader {
  readonly source: string;
  readonly tokens: readonly Token[];
  readonly findings: Finding[];
  /** Pieces that no operator joins to the tree. */
  readonly aside: Expression[];
  /** Parentheses open at the end. */
  readonly unclosed: Token[];
  /** Reads an expression whose operators bind at least as tightly as a power: for operands that hold expressions. */
  readonly expression: (reader: Reader, least: number) => Expression;
  at: number;
  depth: number;
  nodes: number;
  /** True once a limit was passed: everything is read as the end from there, and nothing more is reported. */
  stopped: boolean;
}

/** Starts at the first token, with the findings of the tokens. */
export function startReader(
  source: string,
  tokens: readonly Token[],
  findings: readonly Finding[],
  expression: Reader['expression'],
): Reader {
  return {
    source,
    tokens,
    findings: [...findings],
    aside: [],
    unclosed: [],
    expression,
    at: 0,
    depth: 0,
    nodes: 0,
    stopped: false,
  };
}

/** The next token; the end once a limit was passed. */
export function peek(reader: Reader): Token {
  const end = makeToken('end', '', reader.source.length, reader.source.length);
  return reader.stopped ? end : (reader.tokens[reader.at] ?? end);
}

/** Takes the next token. */
export function advance(reader: Reader): Token {
  const token = peek(reader);
  reader.at += 1;
  return token;
}

/** Adds a finding, unless one was reported at the same place: one mistake gives one error. */
export function report(reader: Reader, finding: Finding): void {
  if (reader.stopped) return;
  const again = reader.findings.some((other) => other.from === finding.from && other.to === finding.to);
  if (!again) reader.findings.push(finding);
}

/** Goes one level down; false, with an error, past the deepest. */
export function deeper(reader: Reader, token: Token): boolean {
  reader.depth += 1;
  if (reader.depth <= DEEPEST_NESTING) return true;
  stop(reader, 'too-deep', token, `expected at most ${DEEPEST_NESTING} levels of nesting, found more`);
  return false;
}

/** Comes back up one level. */
export function shallower(reader: Reader): void {
  reader.depth -= 1;
}

/** Counts a node; past the most it stops the reader with an error. */
export function node<Kind extends Expression>(reader: Reader, expression: Kind): Kind {
  reader.nodes += 1;
  if (reader.nodes > MOST_NODES) {
    stop(reader, 'too-many-nodes', expression, `expected at most ${MOST_NODES} nodes, found more`);
  }
  return expression;
}

function stop(
  reader: Reader,
  code: DiagnosticCode,
  place: { from: number; to: number },
  message: string,
): void {
  report(reader, mistake(code, place, message));
  reader.stopped = true;
}

/**
 * Stands where nothing could be read. No source gives a name without letters, so the checker can tell it and say
 * nothing more about the place.
 */
export function hole(from: number, to: number): Expression {
  return { kind: 'name', name: '', quoted: true, field: null, from, to };
}

/** Whether an expression is such a place. */
export function isHole(expression: Expression): boolean {
  return expression.kind === 'name' && expression.name === '';
}

/** Whether a token can begin an operand where an operator is due; a minus there is a subtraction. */
export function startsOperand(token: Token): boolean {
  return (
    token.type === 'number' ||
    token.type === 'date' ||
    token.type === 'name' ||
    token.type === 'quoted' ||
    token.type === '(' ||
    (token.type === 'operator' && token.text === 'not')
  );
}

/** A token as a message shows it. */
export function showToken(token: Token): string {
  return token.type === 'end' ? 'the end' : display(token.text);
}
