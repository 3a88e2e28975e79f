import type { FunctionText } from './text.ts';

const START = '2026-01-02';
const WINDOW =
  'Needs a value today and on 95% of the n sessions (on all for n < 20), computed over those present; no data before n sessions of the series, and where a break lies within the window.';
const SAME_UNIT = 'The unit of x.';

export const WINDOWS: readonly FunctionText[] = [
  {
    name: 'sma',
    summary: 'Simple moving average.',
    definition: 'mean of the last n values',
    units: SAME_UNIT,
    noData: WINDOW,
    source: 'Arithmetic mean.',
    examples: [
      {
        expression: 'sma(IWM, 3)',
        start: START,
        given: { 'IWM.close': '100 110 120 130 _ 125' },
        expected: '_ _ 110 120 _ _',
      },
    ],
  },
  {
    name: 'ema',
    summary: 'Exponential moving average.',
    definition:
      'seeded with the mean of the first n values, then e[t] = e[t−1] + α (x[t] − e[t−1]) with α = 2/(n+1)',
    units: SAME_UNIT,
    noData: 'Skips sessions without a value, on which it is no data itself; starts again after a break.',
    source: 'The usual definition, as in TA-Lib: α = 2/(n+1), seeded with the simple average.',
    examples: [
      {
        expression: 'ema(IWM, 3)',
        start: START,
        given: { 'IWM.close': '90 100 110 120 _ 90' },
        expected: '_ _ 100 110 _ 100',
      },
    ],
  },
  {
    name: 'median',
    summary: 'Median of the last n values, or over the members of a universe.',
    definition: 'the middle value in order of size; of an even number the mean of the middle two',
    units: SAME_UNIT,
    noData: `${WINDOW} Over a universe the rule of coverage applies.`,
    source: 'Sample median.',
    examples: [
      {
        expression: 'median(IWM, 3)',
        start: START,
        given: { 'IWM.close': '100 140 110 90' },
        expected: '_ _ 110 110',
      },
      {
        expression: 'median(TRIO, member)',
        start: START,
        given: { 'AAPL.close': '100 90', 'MSFT.close': '130 140', 'NVDA.close': '110 120' },
        expected: '110 120',
      },
    ],
  },
  {
    name: 'sum',
    summary: 'Sum of the last n values, or over the members of a universe.',
    definition: 'the sum of the values present',
    units: SAME_UNIT,
    noData: `${WINDOW} Over a universe the rule of coverage applies.`,
    source: 'Sum.',
    examples: [
      {
        expression: 'sum(IWM.volume, 2)',
        start: START,
        given: { 'IWM.volume': '10 20 5' },
        expected: '_ 30 25',
      },
      {
        expression: 'sum(TRIO, member.volume)',
        start: START,
        given: { 'AAPL.volume': '1 2', 'MSFT.volume': '5 4', 'NVDA.volume': '2 9' },
        expected: '8 15',
      },
    ],
  },
  {
    name: 'stdev',
    summary: 'Standard deviation.',
    definition:
      'square root of the mean squared distance from the mean of the last n values (population); exactly 0 when they are equal',
    units: SAME_UNIT,
    noData: WINDOW,
    source: 'Population standard deviation.',
    examples: [
      {
        expression: 'stdev(IWM, 2)',
        start: START,
        given: { 'IWM.close': '100 120 100 100' },
        expected: '_ 10 10 0',
      },
    ],
  },
  {
    name: 'zscore',
    summary: 'Distance from the mean in standard deviations.',
    definition: '(x[t] − sma(x, n)) / stdev(x, n)',
    units: 'A plain number.',
    noData: `${WINDOW} No data when the standard deviation is 0.`,
    source: 'Standard score with population standard deviation.',
    examples: [
      {
        expression: 'zscore(IWM, 2)',
        start: START,
        given: { 'IWM.close': '100 120 100 100' },
        expected: '_ 1 -1 _',
      },
    ],
  },
  {
    name: 'volatility',
    summary: 'Annualised volatility.',
    definition: 'sample standard deviation (n − 1) of the last n one-session log returns × √252',
    units: 'A ratio: 0.2 is 20% a year.',
    noData:
      'As a window over the log returns: each needs the value of its session and of the one before, both above 0. No data for n = 1.',
    source: 'Close-to-close historical volatility with 252 sessions a year.',
    examples: [
      {
        expression: 'volatility(IWM, 2)',
        start: START,
        given: { 'IWM.close': '100 100 100 150' },
        expected: '_ _ 0 4.551334550496024',
      },
    ],
  },
  {
    name: 'highest',
    summary: 'Highest of the last n values.',
    definition: 'the maximum over the last n sessions, today included',
    units: SAME_UNIT,
    noData: WINDOW,
    source: 'Maximum.',
    examples: [
      {
        expression: 'highest(IWM, 2)',
        start: START,
        given: { 'IWM.close': '100 120 90 95' },
        expected: '_ 120 120 95',
      },
    ],
  },
  {
    name: 'lowest',
    summary: 'Lowest of the last n values.',
    definition: 'the minimum over the last n sessions, today included',
    units: SAME_UNIT,
    noData: WINDOW,
    source: 'Minimum.',
    examples: [
      {
        expression: 'lowest(IWM, 2)',
        start: START,
        given: { 'IWM.close': '100 120 90 95' },
        expected: '_ 100 90 90',
      },
    ],
  },
  {
    name: 'correlation',
    summary: 'Correlation of two series.',
    definition: 'Pearson correlation over the last n sessions, within −1 and 1',
    units: 'A ratio; a and b may have any two units.',
    noData: `A session counts when both have a value. ${WINDOW} No data when either is constant in the window.`,
    source: 'Pearson product-moment correlation.',
    examples: [
      {
        expression: 'correlation(IWM, SPY, 3)',
        start: START,
        given: { 'IWM.close': '100 110 120 130 140', 'SPY.close': '100 120 140 140 100' },
        expected: '_ _ 1 0.8660254037844386 -0.8660254037844386',
      },
    ],
  },
];
