import type { Span } from './ast.ts';
import type { Finding } from './finding.ts';

/** `operator` holds arithmetic, comparisons and the words; `junk` stands where an unreadable character was reported. */
export type TokenType =
  | 'number'
  | 'date'
  | 'name'
  | 'quoted'
  | 'operator'
  | '('
  | ')'
  | ','
  | '.'
  | 'junk'
  | 'end';

export interface Token extends Span {
  readonly type: TokenType;
  /** What it means: an operator in its right spelling, a name without quotes, otherwise the source text. */
  readonly text: string;
  readonly mantissa: number;
  readonly suffix: '' | '%' | 'bp';
}

/** What a reader of one kind of token answers: the token, and what was wrong with it. */
export interface Lexeme {
  readonly token: Token;
  readonly findings: readonly Finding[];
}

/** Makes a token. */
export function makeToken(type: TokenType, text: string, from: number, to: number): Token {
  return { type, text, from, to, mantissa: 0, suffix: '' };
}

/** The piece of source that a sticky pattern matches at an offset, or null. */
export function matchAt(pattern: RegExp, source: string, at: number): string | null {
  pattern.lastIndex = at;
  return pattern.exec(source)?.[0] ?? null;
}
