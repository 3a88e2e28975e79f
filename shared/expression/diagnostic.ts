import type { Span } from './ast.ts';

/** One error or warning about an expression, a value and never an exception. */
export interface Diagnostic extends Span {
  /** Stable, kebab-case: scripts and `expect:` name it. */
  readonly code: string;
  readonly severity: 'error' | 'warning';
  /** Counted from 1, in characters. */
  readonly line: number;
  readonly column: number;
  /** What was expected and what was found, in one or two sentences. */
  readonly message: string;
  /** The whole corrected source, which itself checks without errors; null where none is known. */
  readonly fix: string | null;
}
