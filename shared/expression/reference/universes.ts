import type { FunctionText } from './text.ts';

const START = '2026-01-02';
const TRIO = { 'AAPL.close': '100 110 121 121', 'MSFT.close': '100 90 99 _', 'NVDA.close': '100 120 90 99' };
const COVERAGE =
  'No data where fewer than 95% of the session’s members (`coverage` in the declaration) have a value, or none has; the rest is computed over those that have one.';
const DECIDED = 'Three-valued over all members, without regard to coverage:';

export const UNIVERSES: readonly FunctionText[] = [
  {
    name: 'share',
    summary: 'Share of a universe’s members for which a condition is true.',
    definition: 'members for which c is true / members for which c has a value',
    units: 'A ratio from 0 to 1.',
    noData: COVERAGE,
    source: 'Market breadth.',
    examples: [
      {
        expression: 'share(TRIO, ret(member) > 0)',
        start: START,
        given: TRIO,
        expected: '_ 0.6666666666666666 0.6666666666666666 _',
      },
    ],
  },
  {
    name: 'all',
    summary: 'Whether a condition is true for every member of a universe.',
    definition: 'the conjunction of c over the members of the session',
    units: 'A condition.',
    noData: `${DECIDED} one false member decides; otherwise one without data makes it no data.`,
    source: 'Kleene’s strong three-valued conjunction.',
    examples: [
      { expression: 'all(TRIO, member > 95)', start: START, given: TRIO, expected: 'true false false _' },
    ],
  },
  {
    name: 'any',
    summary: 'Whether a condition is true for at least one member of a universe.',
    definition: 'the disjunction of c over the members of the session',
    units: 'A condition.',
    noData: `${DECIDED} one true member decides; otherwise one without data makes it no data.`,
    source: 'Kleene’s strong three-valued disjunction.',
    examples: [
      { expression: 'any(TRIO, member > 119)', start: START, given: TRIO, expected: 'false true true true' },
    ],
  },
  {
    name: 'mean',
    summary: 'Mean over the members of a universe.',
    definition: 'the mean of x over the members that have it, all weighted alike',
    units: 'The unit of x.',
    noData: COVERAGE,
    source: 'Arithmetic mean.',
    examples: [
      {
        expression: 'mean(TRIO, member)',
        start: START,
        given: { ...TRIO, 'NVDA.close': '100 130 80 99' },
        expected: '100 110 100 _',
      },
    ],
  },
  {
    name: 'top',
    summary: 'Sum of the k largest over the members of a universe.',
    definition: 'the sum of the k largest x of the session',
    units: 'The unit of x.',
    noData: `${COVERAGE} No data where fewer than k have a value.`,
    source: 'Concentration of the largest k, as in “top ten”.',
    examples: [{ expression: 'top(TRIO, 2, member)', start: START, given: TRIO, expected: '200 230 220 _' }],
  },
  {
    name: 'weight',
    summary: 'Share of a portfolio held in the members of a universe.',
    definition:
      'value of the holdings that are members of U on the session / value of all holdings, at closes',
    units: 'A ratio from 0 to 1.',
    noData:
      'No data where the close of any holding is missing, or a break lies between the session and the portfolio’s date.',
    source: 'Portfolio weight.',
    examples: [
      {
        expression: 'weight(MY_PORTFOLIO, TRIO)',
        start: '2025-12-31',
        given: { 'SPY.close': '60 60 _', 'NVDA.close': '100 150 150' },
        expected: '0.4 0.5 _',
      },
    ],
  },
];
