import type { FunctionText } from './text.ts';

const START = '2026-01-02';
const SKIPS =
  'Over all history it skips sessions without a value, on which it is no data itself, and starts again after a break.';

export const HISTORY: readonly FunctionText[] = [
  {
    name: 'percentrank',
    summary: 'How much of its past lies at or below today’s value.',
    definition:
      'share of the previous n values, or of all earlier values (at least 252), that are ≤ x[t]; today excluded',
    units: 'A ratio from 0 to 1.',
    noData: `With n: needs a value today and on 95% of the n sessions before (on all for n < 20). ${SKIPS}`,
    source: 'Percentile rank, weak form (≤).',
    examples: [
      {
        expression: 'percentrank(IWM, 4)',
        start: START,
        given: { 'IWM.close': '100 110 120 130 120 100' },
        expected: '_x4 0.75 0',
      },
      {
        expression: 'percentrank(IWM)',
        start: '2024-01-02',
        given: { 'IWM.close': '100x189 130x63 120 130' },
        expected: '_x252 0.75 1',
      },
    ],
  },
  {
    name: 'drawdown',
    summary: 'Distance below the running maximum.',
    definition: 'x[t] / maximum of all values so far, or of the last n, − 1; never above 0',
    units: 'A ratio.',
    noData: `${SKIPS} With n: as other windows.`,
    source: 'Drawdown from peak.',
    examples: [
      {
        expression: 'drawdown(IWM)',
        start: START,
        given: { 'IWM.close': '100 90 _ 120 90' },
        expected: '0 -0.1 _ 0 -0.25',
      },
      {
        expression: 'drawdown(IWM, 2)',
        start: START,
        given: { 'IWM.close': '100 90 81' },
        expected: '_ -0.1 -0.1',
      },
    ],
  },
  {
    name: 'seasonal',
    summary: 'What is usual for this calendar month.',
    definition: 'mean, over earlier years that have it, of x on the last session of this calendar month',
    units: 'The unit of x.',
    noData: 'Skips years without a value on that session; no data where no earlier year has one.',
    source: 'Seasonal mean by calendar month.',
    examples: [
      {
        expression: 'seasonal(SP600.forward_pe)',
        start: '2025-01-30',
        given: { 'SP600.forward_pe': '14 15 16x232' },
        expected: '_x232 15 15',
      },
    ],
  },
];
