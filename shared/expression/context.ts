import type { Universe } from '../series/market.ts';
import type { Expression, NameNode, Span } from './ast.ts';
import { display, type Finding, mistake } from './finding.ts';
import type { Scope } from './scope.ts';
import type { Unit, ValueType } from './types.ts';

/** The type of any node: of a value, of a name that is none, or unknown where a mistake was reported already. */
export type Inferred =
  | ValueType
  | { readonly kind: 'instrument' | 'universe' | 'portfolio' | 'date' | 'unknown' };

export const UNKNOWN: Inferred = { kind: 'unknown' };
export const CONDITION: Inferred = { kind: 'condition' };

/** What `member` stands for; `universe` is null where the universe itself is not known. */
export interface Binding {
  readonly universe: Universe | null;
}

/** Where the checker stands. */
export interface Context {
  readonly scope: Scope;
  readonly source: string;
  readonly findings: Finding[];
  /** Null outside an aggregation. */
  readonly member: Binding | null;
  /** The checker itself, for arguments and operands. */
  readonly infer: (expression: Expression, context: Context) => Inferred;
}

/** The type of a number with a unit. */
export function numberOf(unit: Unit): ValueType {
  return { kind: 'number', unit };
}

const UNIT_WORDS: ReadonlyMap<Unit, string> = new Map<Unit, string>([
  ['price', 'a price'],
  ['ratio', 'a ratio'],
  ['multiple', 'a multiple'],
  ['number', 'a plain number'],
  ['sessions', 'a number of sessions'],
]);

/** A unit in words: `a price`. */
export function unitWords(unit: Unit): string {
  return UNIT_WORDS.get(unit) ?? unit;
}

/** The piece of source a node covers, without the parentheses around it. */
export function innerSpan(source: string, { from, to }: Span): Span {
  let start = from;
  let end = to;
  while (start < end && /[(\s]/.test(source.charAt(start))) start += 1;
  let open = countOf(source.slice(start, end), '(') - countOf(source.slice(start, end), ')');
  while (end > start && (/\s/.test(source.charAt(end - 1)) || (open < 0 && source.charAt(end - 1) === ')'))) {
    if (source.charAt(end - 1) === ')') open += 1;
    end -= 1;
  }
  return { from: start, to: end };
}

function countOf(text: string, character: string): number {
  return text.split(character).length - 1;
}

/** A type in words, with the name where it has one: `the universe MAG7`. */
function typeWords(type: Inferred, expression: Expression): string {
  if (type.kind === 'number') return unitWords(type.unit);
  if (expression.kind === 'name') return `the ${type.kind} ${display(expression.name)}`;
  return `a ${type.kind}`;
}

/** The unit of an expression that must be a number; null, with an error told once, where it is none. */
export function requireNumber(expression: Expression, context: Context, who: string): Unit | null {
  const type = context.infer(expression, context);
  if (type.kind === 'number') return type.unit;
  refuse(expression, type, context, `${who} to be a number`);
  return null;
}

/** Tells an error unless an expression is a condition. */
export function requireCondition(expression: Expression, context: Context, who: string): void {
  const type = context.infer(expression, context);
  if (type.kind !== 'condition') {
    refuse(expression, type, context, `${who} to be a condition such as \`ret(IWM) > ret(SPY)\``);
  }
}

/** Tells that something else was expected; nothing where a mistake was reported already. */
export function refuse(expression: Expression, type: Inferred, context: Context, expected: string): void {
  if (type.kind === 'unknown') return;
  const span = innerSpan(context.source, expression);
  const message = `expected ${expected}, found ${typeWords(type, expression)}`;
  context.findings.push(mistake('wrong-type', span, message));
}

/** The span of the name in a name node, quotes included, its field not. */
export function nameSpan(source: string, node: NameNode): Span {
  const start = source.indexOf(node.name, node.from);
  if (start === -1) return { from: node.from, to: node.to };
  const end = start + node.name.length;
  const quoted = /["'“”„‟«»]/.test(source.charAt(end)) && start > node.from;
  return quoted ? { from: start - 1, to: end + 1 } : { from: start, to: end };
}
