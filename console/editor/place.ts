import { FUNCTIONS } from '../../shared/expression/functions.ts';
import type { Parameter, ParameterKind, Signature } from '../../shared/expression/signature.ts';
import type { Token } from '../../shared/expression/token.ts';
import { tokenize } from '../../shared/expression/tokenize.ts';

/** A call that is open at a place: its name as written, and how many commas stand before the place. */
export interface OpenCall {
  readonly name: string;
  readonly argument: number;
  /** Where its name begins. */
  readonly from: number;
}

/** What surrounds a place in a source. */
export interface Place {
  /** The word or quoted name that ends at the place, or holds it; null where there is none. */
  readonly word: Token | null;
  /** The tokens before the word, or before the place, without the end. */
  readonly before: readonly Token[];
  /** Calls open at the place, the innermost last; parentheses of no call have an empty name. */
  readonly calls: readonly OpenCall[];
}

/** Finds what surrounds an offset; the source need not be right. */
export function placeAt(source: string, offset: number): Place {
  const tokens = tokenize(source).tokens.filter(({ type }) => type !== 'end');
  const word = tokens.find((token) => isWord(token, source) && token.from < offset && offset <= token.to);
  const limit = word?.from ?? offset;
  const before = tokens.filter(({ to }) => to <= limit);
  return { word: word ?? null, before, calls: openCalls(before) };
}

function isWord({ type, from, to }: Token, source: string): boolean {
  return type === 'name' || type === 'quoted' || /^[A-Za-z]/.test(source.slice(from, to));
}

function openCalls(tokens: readonly Token[]): readonly OpenCall[] {
  const open: { name: string; argument: number; from: number }[] = [];
  tokens.forEach((token, index) => {
    const last = open.at(-1);
    const name = tokens[index - 1];
    if (token.type === '(') {
      const called = name?.type === 'name';
      open.push({ name: called ? name.text : '', argument: 0, from: called ? name.from : token.from });
    } else if (token.type === ')') open.pop();
    else if (token.type === ',' && last !== undefined) last.argument += 1;
  });
  return open;
}

/** The parameters an argument of a call may be given to, one for each signature that has it. */
export function parametersAt({ name, argument }: OpenCall): readonly Parameter[] {
  return signaturesOf(name).flatMap((form) => {
    const parameter = form.parameters[argument] ?? (form.repeats === 'last' ? form.parameters.at(-1) : null);
    return parameter === null || parameter === undefined ? [] : [parameter];
  });
}

/** What an argument of a call may be; empty where the call takes no such argument or is unknown. */
export function kindsAt(call: OpenCall): ReadonlySet<ParameterKind> {
  return new Set(parametersAt(call).map(({ kind }) => kind));
}

/** The ways to call a function; none where there is no such function. */
export function signaturesOf(name: string): readonly Signature[] {
  return FUNCTIONS.get(name)?.signatures ?? [];
}

/** Whether `member` has a meaning at a place: inside the argument of an aggregation that is computed for each. */
export function insideMembers(calls: readonly OpenCall[]): boolean {
  return calls.some((call) => [...kindsAt(call)].some((kind) => kind.endsWith('of each member')));
}

/** Whether an operator or the end is expected after these tokens, since a value stands there already. */
export function afterOperand(before: readonly Token[]): boolean {
  const last = before.at(-1);
  return last !== undefined && ['number', 'date', 'name', 'quoted', ')'].includes(last.type);
}
