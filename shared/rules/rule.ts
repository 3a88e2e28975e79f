import type { Expression } from '../expression/ast.ts';
import type { ValueType } from '../expression/types.ts';

export type Severity = 'info' | 'notice' | 'urgent';

/** When an open episode speaks again. */
export type UpdatePolicy =
  | { readonly kind: 'never' }
  | { readonly kind: 'every'; readonly sessions: number }
  | { readonly kind: 'on record' };

/** `up`: further means higher; `down`: further means lower. */
export type Direction = 'up' | 'down';

/** A checked expression with the text it came from and its type. */
export interface CheckedExpression {
  /** Canonical text. */
  readonly text: string;
  readonly expression: Expression;
  readonly type: ValueType;
}

/** One rule, schema-checked and type-checked; what the file left out is filled in (DESIGN section 5). */
export interface Rule {
  readonly id: string;
  readonly title: string;
  readonly when: CheckedExpression;
  /** Never null: `not (when)` where the file has none. */
  readonly resolveWhen: CheckedExpression;
  readonly hold: number;
  readonly keepFiring: number;
  readonly severity: Severity;
  readonly update: UpdatePolicy;
  readonly tags: readonly string[];
  /** The number the alert reports; null where `when` is no single comparison and none is declared. */
  readonly measure: CheckedExpression | null;
  /** A number expression, mostly a literal; null where there is none, and then neither precedent nor margin. */
  readonly threshold: CheckedExpression | null;
  readonly direction: Direction | null;
  readonly outcome: readonly CheckedExpression[];
  /** Ids of rules whose state the alert lists. */
  readonly evidence: readonly string[];
  readonly note: string;
  /** Lints the author expects, code → reason. */
  readonly expect: ReadonlyMap<string, string>;
  /** Eight hex digits, a pure function of everything that decides verdicts and figures; title, note and tags do not. */
  readonly version: string;
  /** Ids named by `firing("…")` in any of its expressions. */
  readonly dependsOn: readonly string[];
}
