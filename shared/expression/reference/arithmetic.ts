import type { FunctionText } from './text.ts';

const START = '2026-01-02';
const PE = { 'SP600.forward_pe': '15 16 _', 'SP500.forward_pe': '20 20 20' };
const BOTH_ABOVE_ZERO = 'No data unless both have a value above 0.';

export const ARITHMETIC: readonly FunctionText[] = [
  {
    name: 'discount',
    summary: 'How much cheaper a is than b.',
    definition: '1 − a/b',
    units: 'A ratio; a and b need one unit.',
    noData: BOTH_ABOVE_ZERO,
    source: 'Valuation discount.',
    examples: [
      {
        expression: 'discount(SP600.forward_pe, SP500.forward_pe)',
        start: START,
        given: { 'SP600.forward_pe': '15 16', 'SP500.forward_pe': '20 20' },
        expected: '0.25 0.2',
      },
    ],
  },
  {
    name: 'ratio',
    summary: 'a as a share of b.',
    definition: 'a/b',
    units: 'A ratio; a and b need one unit.',
    noData: BOTH_ABOVE_ZERO,
    source: 'Quotient.',
    examples: [
      {
        expression: 'ratio(SP600.forward_pe, SP500.forward_pe)',
        start: START,
        given: PE,
        expected: '0.75 0.8 0.8',
      },
    ],
  },
  {
    name: 'abs',
    summary: 'Size without sign.',
    definition: 'x, or −x where x is below 0',
    units: 'The unit of x.',
    noData: 'No data where x has none.',
    source: 'Absolute value.',
    examples: [
      {
        expression: 'abs(ret(IWM))',
        start: START,
        given: { 'IWM.close': '100 75 90' },
        expected: '_ 0.25 0.2',
      },
    ],
  },
  {
    name: 'min',
    summary: 'The smallest of its arguments.',
    definition: 'the smallest of two or more values of one session',
    units: 'Their common unit.',
    noData: 'No data where any of them has none.',
    source: 'Minimum.',
    examples: [
      {
        expression: 'min(IWM, SPY)',
        start: START,
        given: { 'IWM.close': '100 120 _', 'SPY.close': '110x3' },
        expected: '100 110 _',
      },
    ],
  },
  {
    name: 'max',
    summary: 'The largest of its arguments.',
    definition: 'the largest of two or more values of one session',
    units: 'Their common unit.',
    noData: 'No data where any of them has none.',
    source: 'Maximum.',
    examples: [
      {
        expression: 'max(IWM, SPY)',
        start: START,
        given: { 'IWM.close': '100 120 _', 'SPY.close': '110x3' },
        expected: '110 120 _',
      },
    ],
  },
  {
    name: 'log',
    summary: 'Natural logarithm.',
    definition: 'ln x',
    units: 'A plain number, whatever the unit of x.',
    noData: 'No data where x has none or is not above 0.',
    source: 'Natural logarithm.',
    examples: [
      {
        expression: 'log(IWM / SPY)',
        start: START,
        given: { 'IWM.close': '100 100', 'SPY.close': '100 80' },
        expected: '0 0.22314355131420976',
      },
    ],
  },
];
