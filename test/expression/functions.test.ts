import { describe, expect, it } from 'vitest';
import { analyze } from '../../shared/expression/analyze.ts';
import { createEngine } from '../../shared/expression/engine.ts';
import { FUNCTIONS } from '../../shared/expression/functions.ts';
import type { Example } from '../../shared/expression/reference/text.ts';
import { REFERENCE } from '../../shared/expression/reference.ts';
import { showSignature } from '../../shared/expression/signature.ts';
import { FALSE, TRUE } from '../../shared/expression/types.ts';
import { snapshotOf } from '../../shared/series/snapshot-of.ts';
import { archiveOf } from '../support/archive-of.ts';
import { SAMPLE_MARKET, SAMPLE_SCOPE } from './sample-scope.ts';

type Entry = number | boolean | null;

/** Reads `100 101 _ 103x4 true`. */
function entries(notation: string): Entry[] {
  return notation.split(' ').flatMap((piece) => {
    const [text = '', times = '1'] = piece.split('x');
    const entry = text === '_' ? null : text === 'true' || text === 'false' ? text === 'true' : Number(text);
    return Array.from({ length: Number(times) }, () => entry);
  });
}

const code = (entry: Entry | undefined): number => (entry === true ? TRUE : entry === false ? FALSE : 0);

function run({ expression: source, start, given }: Example): Entry[] {
  const analysis = analyze(source, SAMPLE_SCOPE);
  expect(analysis.errors).toEqual([]);
  const { expression, type } = analysis;
  if (expression === null || type === null) throw new Error(source);
  const lists = Object.entries(given).map(([name, notation]) => [name, entries(notation)] as const);
  const series = lists.filter(([name]) => !name.startsWith('firing'));
  const numbers = Object.fromEntries(
    series.map(([id, list]) => [id, list.map((entry) => (typeof entry === 'number' ? entry : null))]),
  );
  const snapshot = snapshotOf(archiveOf(SAMPLE_MARKET, start, numbers), Number.POSITIVE_INFINITY);
  expect(snapshot.sessions[0]).toBe(start);
  const states = new Map(lists);
  const engine = createEngine(snapshot, (rule) =>
    Uint8Array.from({ length: snapshot.length }, (_, index) =>
      code(states.get(`firing("${rule}")`)?.[index]),
    ),
  );
  if (type.kind === 'number')
    return [...engine.numbers(expression)].map((value) => (Number.isNaN(value) ? null : value));
  return [...engine.conditions(expression)].map((value) => (value === 0 ? null : value === TRUE));
}

describe('the table of functions', () => {
  const examples = REFERENCE.flatMap((entry) =>
    entry.examples.map((example) => [entry.name, example.expression, example] as const),
  );

  it.each(examples)('%s gives what its example says: %s', (_, __, example) => {
    const found = run(example);
    const expected = entries(example.expected);
    expect(found.length).toBe(expected.length);
    for (const [index, entry] of expected.entries()) {
      if (typeof entry === 'number') expect(found[index], `session ${index}`).toBeCloseTo(entry, 9);
      else expect(found[index], `session ${index}`).toBe(entry);
    }
  });

  it('is told of in its order, each function once, and called in each of its examples', () => {
    expect(REFERENCE.map(({ name }) => name)).toEqual([...FUNCTIONS.keys()]);
    for (const { name, examples: own } of REFERENCE) {
      expect(own.length).toBeGreaterThan(0);
      for (const { expression } of own) expect(expression).toContain(`${name}(`);
    }
  });

  it('has every function of the design with its arguments', () => {
    const shown = [...FUNCTIONS.values()].flatMap(({ name, signatures }) =>
      signatures.map((signature) => showSignature(name, signature)),
    );
    expect(shown.sort()).toEqual(
      [
        ...['ret(x, n=1)', 'change(x, n=1)', 'lag(x, n)', 'ytd(x)', 'qtd(x)', 'mtd(x)', 'since(x, date)'],
        ...[
          'sma(x, n)',
          'ema(x, n)',
          'median(x, n)',
          'sum(x, n)',
          'stdev(x, n)',
          'zscore(x, n)',
          'volatility(x, n)',
        ],
        ...[
          'highest(x, n)',
          'lowest(x, n)',
          'percentrank(x, n)',
          'percentrank(x)',
          'drawdown(x)',
          'drawdown(x, n)',
        ],
        ...[
          'correlation(a, b, n)',
          'streak(c)',
          'barssince(c)',
          'count(c, n)',
          'crossover(a, b)',
          'crossunder(a, b)',
        ],
        ...[
          'rising(x, n)',
          'falling(x, n)',
          'discount(a, b)',
          'ratio(a, b)',
          'abs(x)',
          'min(a, b, …)',
          'max(a, b, …)',
        ],
        ...[
          'log(x)',
          'month()',
          'session_of_year()',
          'seasonal(x)',
          'firing(rule)',
          'votes(c, …)',
          'count(U, c)',
        ],
        ...[
          'share(U, c)',
          'all(U, c)',
          'any(U, c)',
          'mean(U, x)',
          'median(U, x)',
          'sum(U, x)',
          'top(U, k, x)',
        ],
        'weight(P, U)',
      ].sort(),
    );
  });
});
