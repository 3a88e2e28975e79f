import type { Universe } from '../data/universe.ts';

/** One rule of task g, as numbers: its text and every contestant's version are made from these. */
export interface Specification {
  readonly kind: 'streak' | 'sma' | 'correlation' | 'zscore';
  readonly a: string;
  readonly b: string;
  readonly n: number;
  /** The longer window of a crossing of averages; 0 elsewhere. */
  readonly m: number;
  readonly threshold: number;
}

const RULES_OF_A_KIND = 250;
const WIDTH = 50;

/** 1,000 different rules over 50 symbols, 250 of each kind. */
export function differentRules({ symbols }: Universe): readonly Specification[] {
  return Array.from({ length: RULES_OF_A_KIND }, (_, k): Specification[] => {
    const a = symbols[k % WIDTH]!;
    const b = symbols[(k + 1 + ((7 * Math.floor(k / WIDTH)) % (WIDTH - 1))) % WIDTH]!;
    return [
      { kind: 'streak', a, b, n: 3 + (k % 5), m: 0, threshold: 3 + (k % 5) },
      { kind: 'sma', a, b, n: 10 + (k % 40), m: 100 + k, threshold: 0 },
      { kind: 'correlation', a, b, n: 20 + (k % 100), m: 0, threshold: 0.3 },
      { kind: 'zscore', a, b, n: 60 + k, m: 0, threshold: 2 },
    ];
  }).flat();
}

/** A rule of task g as its author writes it. */
function textOf({ kind, a, b, n, m, threshold }: Specification): string {
  switch (kind) {
    case 'streak':
      return `streak(ret(${a}) > ret(${b})) >= ${threshold}`;
    case 'sma':
      return `sma(${a}, ${n}) > sma(${a}, ${m})`;
    case 'correlation':
      return `correlation(ret(${a}), ret(${b}), ${n}) < ${threshold * 100}%`;
    case 'zscore':
      return `zscore(${a} / ${b}, ${n}) > ${threshold}`;
  }
}

/** The seven rules of task h. */
export const SEVEN = [
  'streak(ret(IWM) > ret(SPY)) >= 7',
  'discount(SP600.forward_pe, SP500.forward_pe) >= 30%',
  'share(SP500_MEMBERS, ytd(member) > 0) >= 60%',
  'correlation(ret(IWM), ret(SPY), 60) < 55%',
  'percentrank(IWM / SPY, 2520) >= 90%',
  'zscore(IWM / SPY, 252) > 2',
  'IWM > sma(IWM, 200)',
] as const;

/** The expressions of tasks a, c, d, e and f. */
const TEXTS = {
  a: ['streak(ret(IWM) > ret(SPY)) >= 7'],
  c: ['share(SP500_MEMBERS, ytd(member) > 0)'],
  d: ['correlation(ret(IWM), ret(SPY), 60)'],
  e: ['percentrank(IWM, 2520)'],
  f: ['sma(IWM, 200)', 'ema(IWM, 200)', 'stdev(IWM, 252)', 'zscore(IWM, 252)'],
} as const;

/** The texts of task b: every other symbol against SPY. */
function pairTexts({ symbols }: Universe): readonly string[] {
  return symbols.slice(1).map((symbol) => `streak(ret(${symbol}) > ret(SPY)) >= 7`);
}

/** The texts of a task. */
export function textsOf(task: Task, universe: Universe): readonly string[] {
  if (task === 'b') return pairTexts(universe);
  if (task === 'g') return differentRules(universe).map(textOf);
  if (task === 'h') return SEVEN;
  return TEXTS[task];
}

export type Task = 'a' | 'b' | 'c' | 'd' | 'e' | 'f' | 'g' | 'h';
export const TASKS: readonly Task[] = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
