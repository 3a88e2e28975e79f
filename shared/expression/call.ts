import { checkArguments } from './arguments.ts';
import type { CallNode, Expression } from './ast.ts';
import { CONDITION, type Context, type Inferred, innerSpan, numberOf, UNKNOWN } from './context.ts';
import { display, mistake } from './finding.ts';
import { type FunctionEntry, type Signature, showSignature } from './signature.ts';
import { FUNCTIONS } from './functions.ts';
import { didYouMean } from './names.ts';
import { beginning, nearest } from './suggest.ts';
import type { Unit } from './types.ts';

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
