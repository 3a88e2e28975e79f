import type { Expression } from './ast.ts';
import type { Diagnostic } from './diagnostic.ts';
import { type Finding, mistake } from './finding.ts';
import { LONGEST_SOURCE } from './limits.ts';
import { position, toDiagnostic, withCorrections } from './position.ts';
import { readExpression, readInfix } from './read-operators.ts';
import { advance, peek, type Reader, report, showToken, startReader, startsOperand } from './reader.ts';
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
  const reader = startReader(source, tokens, findings, readExpression);
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
