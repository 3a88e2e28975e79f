import { isScalar } from 'yaml';
import type { Expression } from '../expression/ast.ts';
import { type Analysis, analyze } from '../expression/analyze.ts';
import type { Scope } from '../expression/scope.ts';
import { fromDiagnostic, type Problem, problem } from './finding.ts';
import type { CheckedExpression } from './rule.ts';
import { scalarOffsets } from './scalar-offsets.ts';
import { nodeAt, offsetOf, type Path } from './yaml-document.ts';

/** One rule of a file while it is read: where it stands, and what was found so far. */
export interface RuleSource {
  /** The text of the whole file. */
  readonly text: string;
  readonly root: unknown;
  /** The way from the root to the rule. */
  readonly base: Path;
  readonly scope: Scope;
  readonly problems: Problem[];
}

/** Reports an error at a key or list item of the rule. */
export function report(source: RuleSource, path: Path, code: string, message: string): void {
  source.problems.push(problem(offsetOf(source.root, [...source.base, ...path]), code, message));
}

/**
 * Analyzes the expression at a path of the rule and reports what is wrong at its place in the file; null where it has
 * errors or is of another kind than expected.
 */
export function expressionAt(
  source: RuleSource,
  path: Path,
  kind: 'number' | 'condition',
): CheckedExpression | null {
  const node = nodeAt(source.root, [...source.base, ...path]);
  if (!isScalar(node)) return null;
  const offsets = scalarOffsets(source.text, node);
  const analysis = analyze(String(node.value), source.scope);
  for (const diagnostic of [...analysis.errors, ...analysis.warnings]) {
    source.problems.push(fromDiagnostic(diagnostic, offsets[diagnostic.from] ?? offsets.at(-1) ?? 0));
  }
  const checked = checkedOf(analysis);
  if (checked === null) return null;
  if (checked.type.kind === kind) return checked;
  const [key] = path;
  report(source, path, 'wrong-type', `\`${String(key)}\` must be a ${kind}, found a ${checked.type.kind}`);
  return null;
}

/** An analysis without errors as an expression that can be evaluated; null where there are errors. */
export function checkedOf({ expression, canonical, type }: Analysis): CheckedExpression | null {
  if (expression === null || canonical === null || type === null) return null;
  return { text: canonical, expression, type };
}

/** Where a part of the expression at a path is written. */
export function offsetOfPart(source: RuleSource, path: Path, part: Expression): number {
  const node = nodeAt(source.root, [...source.base, ...path]);
  return isScalar(node) ? (scalarOffsets(source.text, node)[part.from] ?? 0) : 0;
}
