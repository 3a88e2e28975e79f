import type { CallNode, Expression, Span } from './ast.ts';
import {
  type Binding,
  type Context,
  innerSpan,
  requireCondition,
  requireNumber,
  unitWords,
} from './context.ts';
import { display, type Edit, mistake } from './finding.ts';
import { type Parameter, type Signature, showSignature } from './signature.ts';
import { LONGEST_WINDOW } from './limits.ts';
import { comparePrice, suspectPercent } from './literal-rules.ts';
import { requireNamed } from './named-arguments.ts';
import type { Unit } from './types.ts';
import { common } from './units.ts';

/** Checks each argument; answers the common unit of the numbers, null where there is none. */
export function checkArguments(call: CallNode, signature: Signature, context: Context): Unit | null {
  const [first] = call.args;
  const inside = { ...context, member: first === undefined ? null : bind(first, context) };
  const numbers: { readonly unit: Unit | null; readonly arg: Expression }[] = [];
  for (const [index, arg] of call.args.entries()) {
    const parameter = signature.parameters[Math.min(index, signature.parameters.length - 1)];
    if (parameter === undefined) continue;
    const unit = checkArgument(arg, parameter, call, inEach(parameter) ? inside : context);
    if (isNumber(parameter)) numbers.push({ unit, arg });
  }
  const known = numbers.filter((number): number is Measured => number.unit !== null);
  const shared =
    signature.numbers === 'any' ? (known[0]?.unit ?? null) : unify(known, call, signature, context);
  return known.length === numbers.length ? shared : null;
}

function isNumber({ kind }: Parameter): boolean {
  return kind === 'number' || kind === 'number of each member';
}

function inEach({ kind }: Parameter): boolean {
  return kind === 'number of each member' || kind === 'condition of each member';
}

function bind(arg: Expression, { scope }: Context): Binding {
  return { universe: (arg.kind === 'name' && scope.market.universes.get(arg.name)) || null };
}

interface Measured {
  readonly unit: Unit;
  readonly arg: Expression;
}

/** The unit that all arguments have in common; null, with an error, where they have none. */
function unify(
  numbers: readonly Measured[],
  call: CallNode,
  signature: Signature,
  context: Context,
): Unit | null {
  const [first, ...others] = numbers;
  if (first === undefined) return null;
  let { unit } = first;
  for (const other of others) {
    if (signature.numbers === 'compared') {
      const pair = { left: first.arg, right: other.arg, a: unit, b: other.unit };
      suspectPercent(pair, context);
      comparePrice(pair, call, context);
    }
    const shared = common(unit, other.unit);
    if (shared === null) {
      const found = `${unitWords(unit)} and ${unitWords(other.unit)}`;
      const message = `expected equal units in ${display(showSignature(call.name, signature))}, found ${found}`;
      context.findings.push(mistake('unit-mismatch', innerSpan(context.source, other.arg), message));
      return null;
    }
    unit = shared;
  }
  return unit;
}

/** Checks one argument; answers its unit where it is a number. */
function checkArgument(arg: Expression, parameter: Parameter, call: CallNode, context: Context): Unit | null {
  const { market, rules } = context.scope;
  const who = `\`${parameter.name}\` of \`${call.name}\``;
  switch (parameter.kind) {
    case 'number':
    case 'number of each member':
      return requireNumber(arg, context, who);
    case 'condition':
    case 'condition of each member':
      requireCondition(arg, context, who);
      return null;
    case 'universe':
      requireNamed(arg, { word: 'universe', names: market.universes }, context);
      return null;
    case 'portfolio':
      requireNamed(arg, { word: 'portfolio', names: market.portfolios }, context);
      return null;
    case 'rule':
      requireNamed(arg, { word: 'rule', names: rules }, context);
      return null;
    case 'window':
      requireWindow(arg, who, context);
      return null;
    case 'date':
      requireDate(arg, who, context);
      return null;
  }
}

function requireWindow(arg: Expression, who: string, context: Context): void {
  if (isHoleName(arg)) return;
  if (arg.kind === 'number' && arg.suffix === '' && Number.isInteger(arg.value)) {
    if (arg.value >= 1 && arg.value <= LONGEST_WINDOW) return;
  }
  const span = innerSpan(context.source, arg);
  const found = display(context.source.slice(span.from, span.to));
  const message = `expected ${who} to be a whole number from 1 to ${LONGEST_WINDOW}, found ${found}`;
  context.findings.push(mistake('invalid-window', span, message, ...withoutName(arg, span, context)));
}

/** `n=5`: arguments have no names here. */
function withoutName(arg: Expression, span: Span, { source }: Context): readonly Edit[] {
  if (arg.kind !== 'binary' || arg.operator !== '==' || arg.left.kind !== 'name') return [];
  return [{ ...span, text: source.slice(arg.right.from, arg.right.to) }];
}

function isHoleName(arg: Expression): boolean {
  return arg.kind === 'name' && arg.name === '';
}

const SHORT_DATE = /^(\d{4})-(\d{1,2})-(\d{1,2})$/;

function requireDate(arg: Expression, who: string, context: Context): void {
  if (arg.kind === 'date' || isHoleName(arg)) return;
  const span = innerSpan(context.source, arg);
  const text = context.source.slice(span.from, span.to);
  const parts = SHORT_DATE.exec(arg.kind === 'name' ? arg.name : text);
  const edits =
    parts === null
      ? []
      : [{ ...span, text: [parts[1], parts[2]?.padStart(2, '0'), parts[3]?.padStart(2, '0')].join('-') }];
  const message = `expected ${who} to be a date such as 2025-12-31, found ${display(text)}`;
  context.findings.push(mistake('wrong-type', span, message, ...edits));
}
