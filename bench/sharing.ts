import { createEngine, type Engine } from '../shared/expression/engine.ts';
import type { Scope } from '../shared/expression/scope.ts';
import type { Snapshot } from '../shared/series/snapshot.ts';
import type { Universe } from './data/universe.ts';
import { type Comparison, type Disagreement, compare } from './rounds.ts';
import { countTrue } from './tasks/contestant.ts';
import { type Checked, checked } from './tasks/engine.ts';

const SYMBOLS = 50;
const RULES = 1000;

/**
 * 1,000 rules for each of 50 symbols, as subscribers write them: two of a handful of well-known measures, each against
 * one of a few thresholds. All are different; what they are made of is mostly the same.
 */
function textsOf(symbol: string): readonly string[] {
  const measures = [
    (k: number) => `streak(ret(${symbol}) > ret(SPY)) >= ${3 + (k % 5)}`,
    (k: number) => `correlation(ret(${symbol}), ret(SPY), 60) < ${20 + 10 * (k % 5)}%`,
    (k: number) => `zscore(${symbol} / SPY, 252) > ${1 + 0.25 * (k % 5)}`,
    (k: number) => `percentrank(${symbol} / SPY, 2520) >= ${80 + 3 * (k % 5)}%`,
    (k: number) => `${symbol} > sma(${symbol}, ${[20, 50, 100, 150, 200][k % 5]})`,
  ];
  const texts: string[] = [];
  for (let k = 0; texts.length < RULES; k++) {
    const [a, b] = [k % 5, Math.floor(k / 5) % 5];
    const [i, j] = [Math.floor(k / 25) % 5, Math.floor(k / 125) % 5];
    const joint = k < 625 ? 'and' : 'or';
    if (a !== b || i !== j || k % 2 === 0) texts.push(`${measures[a]!(i)} ${joint} ${measures[b]!(j)}`);
    else texts.push(`not (${measures[a]!(i)})`);
  }
  return texts;
}

function countFires(rules: readonly Checked[], engineFor: () => Engine): number {
  let fires = 0;
  for (const { expression } of rules) fires += countTrue(engineFor().conditions(expression));
  return fires;
}

/**
 * How many times faster one engine for all rules is than one engine a rule, which shares nothing. The texts are read
 * before: reading is the same for both. Without sharing a tenth of the rules is run, and counted ten times.
 */
export function measureSharing(
  universe: Universe,
  snapshot: Snapshot,
  scope: Scope,
): Promise<Comparison | Disagreement> {
  const noRule = (): Uint8Array => new Uint8Array(0);
  const symbols = universe.symbols.slice(1, 1 + SYMBOLS);
  const rules = symbols.map((symbol) => textsOf(symbol).map((text) => checked(text, scope)));
  const isAsked = (position: number): boolean => position % 10 === 0;
  /** Counts the rules of all symbols; what is told is the count of those that are asked without sharing too. */
  const on = (): number => {
    let fires = 0;
    for (const [position, ofSymbol] of rules.entries()) {
      const engine = createEngine(snapshot, noRule);
      const own = countFires(ofSymbol, () => engine);
      if (isAsked(position)) fires += own;
    }
    return fires;
  };
  const tenth = rules.filter((_, position) => isAsked(position));
  const off = (): number => {
    let fires = 0;
    for (const ofSymbol of tenth) fires += countFires(ofSymbol, () => createEngine(snapshot, noRule));
    return fires;
  };
  return compare(
    'sharing',
    { name: 'engine', note: '', run: () => ({ checksum: { tenth: on() } }) },
    {
      name: 'off',
      note: 'off: five of the fifty symbols, counted ten times',
      run: () => {
        const start = performance.now();
        const fires = off();
        return { checksum: { tenth: fires }, ms: 10 * (performance.now() - start) };
      },
    },
    3,
  );
}
