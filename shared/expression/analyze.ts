import type { Expression } from './ast.ts';
import { closedElsewhere, corrected, examine } from './correct.ts';
import type { Diagnostic } from './diagnostic.ts';
import { format } from './format.ts';
import { toDiagnostic } from './position.ts';
import type { Scope } from './scope.ts';
import type { ValueType } from './types.ts';

/** Everything that can be said of a source without data. */
export interface Analysis {
  readonly source: string;
  /** Null where there is an error; so are canonical text and type. */
  readonly expression: Expression | null;
  readonly canonical: string | null;
  readonly type: ValueType | null;
  readonly errors: readonly Diagnostic[];
  readonly warnings: readonly Diagnostic[];
}

/**
 * Parses and checks a source, with the lints that need no data. Every error of a source has the same `fix`: the source
 * with all known corrections, which itself has no error, or null.
 */
export function analyze(source: string, scope: Scope): Analysis {
  const { expression, type, findings } = examine(source, scope);
  const told = (severity: 'error' | 'warning'): typeof findings =>
    findings.filter((finding) => finding.severity === severity);
  const warnings = told('warning').map((finding) => toDiagnostic(source, finding, null));
  const errors = told('error');
  if (errors.length === 0) {
    const canonical = expression === null ? null : format(expression);
    return { source, expression, canonical, type, errors: [], warnings };
  }
  const none = { source, expression: null, canonical: null, type: null };
  const closed = closedElsewhere(source, errors, scope);
  if (closed !== null) {
    return { ...none, errors: [toDiagnostic(source, closed.finding, closed.fix)], warnings: [] };
  }
  const fix = corrected(source, errors, scope);
  return { ...none, errors: errors.map((finding) => toDiagnostic(source, finding, fix)), warnings };
}
