import type { FunctionText } from './text.ts';

const START = '2026-01-02';
const BEATS = { 'IWM.close': '100 110 110 _ 110 90', 'SPY.close': '105x6' };
const KLEENE = 'Three-valued: no data where the comparison is not decided.';
const CHANGES = 'Needs all n changes, so a value on each of the last n + 1 sessions.';

export const CONDITIONS: readonly FunctionText[] = [
  {
    name: 'streak',
    summary: 'For how many sessions running a condition has been true.',
    definition: 'consecutive sessions up to t on which c is true; 0 where c is false',
    units: 'Sessions.',
    noData:
      'A session of no data neither extends nor breaks it and keeps the value; no data before the first data. Starts again after a break.',
    source: 'Run length.',
    examples: [{ expression: 'streak(IWM > SPY)', start: START, given: BEATS, expected: '0 1 2 2 3 0' }],
  },
  {
    name: 'barssince',
    summary: 'Sessions since a condition was last true.',
    definition: '0 on a session on which c is true, else one more than on the session before',
    units: 'Sessions.',
    noData: 'One more on a session of no data; no data if c never was true. Starts again after a break.',
    source: 'As `barssince` in charting languages.',
    examples: [{ expression: 'barssince(IWM > SPY)', start: START, given: BEATS, expected: '_ 0 0 1 0 1' }],
  },
  {
    name: 'count',
    summary:
      'On how many of the last n sessions, or for how many members of a universe, a condition is true.',
    definition: 'true sessions among the last n; members for which c is true',
    units: 'Sessions; over a universe a plain number.',
    noData:
      'As other windows; where c reads an event field, no data counts as not true. Over a universe the rule of coverage applies.',
    source: 'Count.',
    examples: [
      {
        expression: 'count(IWM > SPY, 2)',
        start: START,
        given: { 'IWM.close': '100 110 110 90', 'SPY.close': '105x4' },
        expected: '_ 1 2 1',
      },
      {
        expression: 'count(TRIO, member > SPY)',
        start: START,
        given: {
          'AAPL.close': '100 110',
          'MSFT.close': '110 110',
          'NVDA.close': '120 110',
          'SPY.close': '105 105',
        },
        expected: '2 3',
      },
    ],
  },
  {
    name: 'crossover',
    summary: 'Whether a has just risen above b.',
    definition: 'a > b now and a ≤ b one session before',
    units: 'A condition; a and b need one unit.',
    noData: KLEENE,
    source: 'Crossover of two lines.',
    examples: [
      {
        expression: 'crossover(IWM, SPY)',
        start: START,
        given: { 'IWM.close': '100 110 110 90', 'SPY.close': '105x4' },
        expected: 'false true false false',
      },
    ],
  },
  {
    name: 'crossunder',
    summary: 'Whether a has just fallen below b.',
    definition: 'a < b now and a ≥ b one session before',
    units: 'A condition; a and b need one unit.',
    noData: KLEENE,
    source: 'Crossover of two lines.',
    examples: [
      {
        expression: 'crossunder(IWM, SPY)',
        start: START,
        given: { 'IWM.close': '110 110 100 90', 'SPY.close': '105x4' },
        expected: 'false false true false',
      },
    ],
  },
  {
    name: 'rising',
    summary: 'Whether each of the last n changes is up.',
    definition: 'x[t−i] > x[t−i−1] for i = 0 … n−1',
    units: 'A condition.',
    noData: CHANGES,
    source: 'Run of rises.',
    examples: [
      {
        expression: 'rising(IWM, 2)',
        start: START,
        given: { 'IWM.close': '100 110 120 120 130' },
        expected: '_ _ true false false',
      },
    ],
  },
  {
    name: 'falling',
    summary: 'Whether each of the last n changes is down.',
    definition: 'x[t−i] < x[t−i−1] for i = 0 … n−1',
    units: 'A condition.',
    noData: CHANGES,
    source: 'Run of falls.',
    examples: [
      {
        expression: 'falling(IWM, 2)',
        start: START,
        given: { 'IWM.close': '130 120 110 110 100' },
        expected: '_ _ true false false',
      },
    ],
  },
];
