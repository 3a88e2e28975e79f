import type { Diagnostic } from '../expression/diagnostic.ts';

/** One thing wrong or doubtful about a file of rules, rule tests or declarations. */
export interface Finding {
  readonly file: string;
  /** Id of the rule; null where the file as a whole is meant or the rule has no readable id. */
  readonly rule: string | null;
  /** Stable, kebab-case: scripts and `expect:` name it. */
  readonly code: string;
  readonly severity: 'error' | 'warning';
  /** Counted from 1, in characters of the file. */
  readonly line: number;
  readonly column: number;
  /** What was expected and what was found. */
  readonly message: string;
  /** The whole corrected expression, where the finding is about one and a correction is known. */
  readonly fix: string | null;
}

/** A finding that does not know yet where in the file it lies; `offset` counts UTF-16 units. */
export interface Problem {
  readonly offset: number;
  readonly code: string;
  readonly severity: 'error' | 'warning';
  readonly message: string;
  readonly fix: string | null;
}

/** An error at an offset of the text. */
export function problem(offset: number, code: string, message: string): Problem {
  return { offset, code, severity: 'error', message, fix: null };
}

/** A warning at an offset of the text. */
export function warning(offset: number, code: string, message: string): Problem {
  return { offset, code, severity: 'warning', message, fix: null };
}

/** What an expression's diagnostic says, at its place in the file. */
export function fromDiagnostic(diagnostic: Diagnostic, offset: number): Problem {
  const { code, severity, message, fix } = diagnostic;
  return { offset, code, severity, message, fix };
}

/** Lines and columns of a text, counted from 1 in characters, by UTF-16 offset. */
export function positionsOf(text: string): (offset: number) => { line: number; column: number } {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return (offset) => {
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: Array.from(text.slice(starts[low], offset)).length + 1 };
  };
}

/** The order in which findings are printed: by place. */
export function byPlace(a: Finding, b: Finding): number {
  return a.line - b.line || a.column - b.column || (a.code < b.code ? -1 : 1);
}
