import type { Unit } from './types.ts';

/**
 * What a parameter takes: any number, a condition, a literal window, a name of some sort, or an expression that is
 * computed for each member of the universe before it.
 */
export type ParameterKind =
  | 'number'
  | 'condition'
  | 'window'
  | 'date'
  | 'universe'
  | 'portfolio'
  | 'rule'
  | 'number of each member'
  | 'condition of each member';

export interface Parameter {
  readonly name: string;
  readonly kind: ParameterKind;
  /** The value where the argument is left out; null where it must be given. */
  readonly otherwise: number | null;
}

/** The type of a call: a unit of its own, the common unit of its number arguments, or a condition. */
export type ResultRule = Unit | 'common' | 'condition';

/** One way to call a function. */
export interface Signature {
  readonly parameters: readonly Parameter[];
  /** Whether the last parameter may be given any number of times. */
  readonly repeats: 'no' | 'last';
  /** `common`: all numbers need one unit; `compared`: and they are compared, like `a > b`; `any`: they do not. */
  readonly numbers: 'any' | 'common' | 'compared';
  readonly result: ResultRule;
}

export type Group =
  | 'Returns and changes'
  | 'Windows'
  | 'Whole history'
  | 'Conditions'
  | 'Arithmetic'
  | 'Calendar'
  | 'Other rules'
  | 'Universes and portfolios';

/** One row of the table of functions: how it may be called, which is all that checking needs to know. */
export interface FunctionEntry {
  readonly name: string;
  readonly group: Group;
  readonly signatures: readonly Signature[];
}

/** Makes parameters from a short notation: `x`, `n:window`, `n:window=1`. */
function parameters(...notations: readonly string[]): readonly Parameter[] {
  return notations.map((notation) => {
    const [left = '', otherwise] = notation.split('=');
    const [name = '', kind = 'number'] = left.split(':');
    return {
      name,
      kind: kind as ParameterKind,
      otherwise: otherwise === undefined ? null : Number(otherwise),
    };
  });
}

/** A signature whose numbers need not agree in unit: the common case of one series and a window. */
export function signature(result: ResultRule, ...notations: readonly string[]): Signature {
  return { parameters: parameters(...notations), repeats: 'no', numbers: 'any', result };
}

/** A signature as an author writes it: `ret(x, n=1)`, `votes(c, …)`. */
export function showSignature(name: string, { parameters: list, repeats }: Signature): string {
  const shown = list.map((parameter) =>
    parameter.otherwise === null ? parameter.name : `${parameter.name}=${parameter.otherwise}`,
  );
  return `${name}(${[...shown, ...(repeats === 'last' ? ['…'] : [])].join(', ')})`;
}
