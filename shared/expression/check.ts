import type { Expression } from './ast.ts';
import { corrected } from './correct.ts';
import type { Diagnostic } from './diagnostic.ts';
import { inferWhole } from './infer.ts';
import { toDiagnostic } from './position.ts';
import type { Scope } from './scope.ts';
import type { ValueType } from './types.ts';

/**
 * Checks names, types and units of a parsed expression; all errors at once, warnings among them. `source` is the text
 * it was parsed from. The type is null where there is an error.
 */
export function check(
  expression: Expression,
  scope: Scope,
  source: string,
): { readonly type: ValueType | null; readonly diagnostics: readonly Diagnostic[] } {
  const { type, findings } = inferWhole(expression, scope, source);
  const failed = findings.some(({ severity }) => severity === 'error');
  const fix = failed ? corrected(source, findings, scope) : null;
  const diagnostics = findings.map((finding) =>
    toDiagnostic(source, finding, finding.severity === 'error' ? fix : null),
  );
  return { type: failed ? null : type, diagnostics };
}
