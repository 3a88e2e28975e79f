import type { CallNode, Expression } from './ast.ts';
import {
  type Binding,
  CONDITION,
  type Context,
  type Inferred,
  innerSpan,
  numberOf,
  requireCondition,
  requireNumber,
  UNKNOWN,
  unitWords,
} from './context.ts';
import { display, mistake } from './finding.ts';
import { type FunctionEntry, type Parameter, type Signature, showSignature } from './functions/entry.ts';
import { FUNCTIONS } from './functions.ts';
import { LONGEST_WINDOW } from './limits.ts';
import { comparePrice, suspectPercent } from './literal-rules.ts';
import { requireNamed } from './named-arguments.ts';
import { didYouMean } from './names.ts';
import { beginning, nearest } from './suggest.ts';
import type { Unit } from './types.ts';
import { common } from './units.ts';

/** The type of a call, its arguments checked against the table of functions. */
export function inferCall(call: CallNode, context: Context): Inferred {
  const entry = FUNCTIONS.get(call.name);
  if (entry === undefined) return unknownFunction(call, context);
  const offered = signaturesFor(entry, call, context);
  const chosen = offered.find((signature) => takes(signature, call.args.length));
  if (chosen === undefined) {
    wrongCount(call, offered, context);
    inferLoosely(call.args, context);
    return offered.length === 1 && offered[0] !== undefined ? resultOf(offered[0], null) : UNKNOWN;
  }
  return resultOf(chosen, checkArguments(call, chosen, context));
}

function resultOf({ result }: Signature, shared: Unit | null): Inferred {
  if (result === 'condition') return CONDITION;
  if (result !== 'common') return numberOf(result);
  return shared === null ? UNKNOWN : numberOf(shared);
}

function takes({ parameters, repeats }: Signature, count: number): boolean {
  const least = parameters.filter(({ otherwise }) => otherwise === null).length;
  return count >= least && (repeats === 'last' || count <= parameters.length);
}

/** Of a function with both, the signatures over a universe or the others, as the first argument decides. */
function signaturesFor(
  { signatures }: FunctionEntry,
  call: CallNode,
  context: Context,
): readonly Signature[] {
  const over = signatures.filter(({ parameters }) => parameters[0]?.kind === 'universe');
  if (over.length === 0 || over.length === signatures.length) return signatures;
  return meansUniverse(call, context) ? over : signatures.filter((signature) => !over.includes(signature));
}

/** A name is taken for a universe where it is one, where `member` follows, and where it is nothing else. */
function meansUniverse({ args: [first, second] }: CallNode, { scope }: Context): boolean {
  if (first?.kind !== 'name' || first.name === '') return false;
  const { instruments, universes } = scope.market;
  if (universes.has(first.name)) return true;
  if (second === undefined) return false;
  const unknown = !instruments.has(first.name) && first.name !== 'member' && first.field === null;
  return mentionsMember(second) || (unknown && second.kind !== 'number');
}

function mentionsMember(expression: Expression): boolean {
  switch (expression.kind) {
    case 'name':
      return expression.name === 'member' && !expression.quoted;
    case 'call':
      return expression.args.some(mentionsMember);
    case 'unary':
      return mentionsMember(expression.operand);
    case 'binary':
      return mentionsMember(expression.left) || mentionsMember(expression.right);
    default:
      return false;
  }
}

function wrongCount(call: CallNode, offered: readonly Signature[], context: Context): void {
  const shown = offered.map((signature) => display(showSignature(call.name, signature))).join(' or ');
  const found = call.args.length === 1 ? '1 argument' : `${call.args.length} arguments`;
  const message = `expected ${shown}, found ${found}`;
  context.findings.push(mistake('argument-count', callName(call, context), message));
}

function callName(call: CallNode, { source }: Context): { from: number; to: number } {
  const { from } = innerSpan(source, call);
  return { from, to: from + call.name.length };
}

function unknownFunction(call: CallNode, context: Context): Inferred {
  const meant = nearest(call.name, FUNCTIONS.keys()) ?? beginning(call.name, FUNCTIONS.keys());
  const span = callName(call, context);
  const edits = meant === null ? [] : [{ ...span, text: meant }];
  const message = `expected a function, found ${display(call.name)}${didYouMean(meant)}`;
  context.findings.push(mistake('unknown-function', span, message, ...edits));
  const trial: Context = { ...context, findings: [] };
  if (meant !== null) inferCall({ ...call, name: meant }, trial);
  const guessed = meant !== null && !trial.findings.some(({ code }) => CALL_CODES.has(code));
  if (guessed) context.findings.push(...trial.findings);
  else inferLoosely(call.args, context);
  return UNKNOWN;
}

/** Mistakes that a wrong guess at the function would make of sound arguments. */
const CALL_CODES: ReadonlySet<string> = new Set([
  'argument-count',
  'invalid-window',
  'wrong-type',
  'unit-mismatch',
  'price-level',
]);

/** Looks for mistakes inside arguments of which nothing is known but that they are there. */
function inferLoosely(args: readonly Expression[], context: Context): void {
  const inside = { ...context, member: context.member ?? { universe: null } };
  for (const arg of args) if (arg.kind !== 'name' || !arg.quoted) context.infer(arg, inside);
}

/** Checks each argument; answers the common unit of the numbers, null where there is none. */
function checkArguments(call: CallNode, signature: Signature, context: Context): Unit | null {
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
  context.findings.push(mistake('invalid-window', span, message));
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
