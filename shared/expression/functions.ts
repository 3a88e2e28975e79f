import { type FunctionEntry, type Group, type Signature, signature } from './signature.ts';

const crossing: Signature = { ...signature('condition', 'a', 'b'), numbers: 'compared' };
const alike = (form: Signature): Signature => ({ ...form, numbers: 'common' });
const several: Signature = { ...signature('common', 'a', 'b'), repeats: 'last', numbers: 'common' };

function group(
  name: Group,
  functions: Readonly<Record<string, readonly Signature[]>>,
): readonly FunctionEntry[] {
  return Object.entries(functions).map(([own, signatures]) => ({ name: own, group: name, signatures }));
}

/**
 * The one table of functions, by name, in the order of the documents. What is said of each there lies apart, in
 * `reference/`, so that a deployed function does not carry it.
 */
export const FUNCTIONS: ReadonlyMap<string, FunctionEntry> = new Map(
  [
    ...group('Returns and changes', {
      ret: [signature('ratio', 'x', 'n:window=1')],
      change: [signature('common', 'x', 'n:window=1')],
      lag: [signature('common', 'x', 'n:window')],
      ytd: [signature('ratio', 'x')],
      qtd: [signature('ratio', 'x')],
      mtd: [signature('ratio', 'x')],
      since: [signature('ratio', 'x', 'date:date')],
    }),
    ...group('Windows', {
      sma: [signature('common', 'x', 'n:window')],
      ema: [signature('common', 'x', 'n:window')],
      median: [
        signature('common', 'x', 'n:window'),
        signature('common', 'U:universe', 'x:number of each member'),
      ],
      sum: [
        signature('common', 'x', 'n:window'),
        signature('common', 'U:universe', 'x:number of each member'),
      ],
      stdev: [signature('common', 'x', 'n:window')],
      zscore: [signature('number', 'x', 'n:window')],
      volatility: [signature('ratio', 'x', 'n:window')],
      highest: [signature('common', 'x', 'n:window')],
      lowest: [signature('common', 'x', 'n:window')],
      correlation: [signature('ratio', 'a', 'b', 'n:window')],
    }),
    ...group('Whole history', {
      percentrank: [signature('ratio', 'x', 'n:window'), signature('ratio', 'x')],
      drawdown: [signature('ratio', 'x'), signature('ratio', 'x', 'n:window')],
      seasonal: [signature('common', 'x')],
    }),
    ...group('Conditions', {
      streak: [signature('sessions', 'c:condition')],
      barssince: [signature('sessions', 'c:condition')],
      count: [
        signature('sessions', 'c:condition', 'n:window'),
        signature('number', 'U:universe', 'c:condition of each member'),
      ],
      crossover: [crossing],
      crossunder: [crossing],
      rising: [signature('condition', 'x', 'n:window')],
      falling: [signature('condition', 'x', 'n:window')],
    }),
    ...group('Arithmetic', {
      discount: [alike(signature('ratio', 'a', 'b'))],
      ratio: [alike(signature('ratio', 'a', 'b'))],
      abs: [signature('common', 'x')],
      min: [several],
      max: [several],
      log: [signature('number', 'x')],
    }),
    ...group('Calendar', {
      month: [signature('number')],
      session_of_year: [signature('number')],
    }),
    ...group('Other rules', {
      firing: [signature('condition', 'rule:rule')],
      votes: [{ ...signature('number', 'c:condition'), repeats: 'last' }],
    }),
    ...group('Universes and portfolios', {
      share: [signature('ratio', 'U:universe', 'c:condition of each member')],
      all: [signature('condition', 'U:universe', 'c:condition of each member')],
      any: [signature('condition', 'U:universe', 'c:condition of each member')],
      mean: [signature('common', 'U:universe', 'x:number of each member')],
      top: [signature('common', 'U:universe', 'k:window', 'x:number of each member')],
      weight: [signature('ratio', 'P:portfolio', 'U:universe')],
    }),
  ].map((entry) => [entry.name, entry]),
);
