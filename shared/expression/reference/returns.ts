import type { FunctionText } from './text.ts';

const START = '2025-12-29';
/** The last three sessions of 2025 and the first two of 2026. */
const AROUND_NEW_YEAR = { 'IWM.close': '90 95 100 101 110' };
const ENDS = 'No data where either end has none; the sessions between do not matter. No data across a break.';
const RATIO = 'A ratio, whatever the unit of x: 0.05 is 5%.';
const CONVENTION = 'Simple return, as index providers publish price returns.';

export const RETURNS: readonly FunctionText[] = [
  {
    name: 'ret',
    summary: 'Return over the last n sessions.',
    definition: 'x[t] / x[t−n] − 1',
    units: RATIO,
    noData: ENDS,
    source: CONVENTION,
    examples: [
      {
        expression: 'ret(IWM)',
        start: START,
        given: { 'IWM.close': '100 105 _ 84 63' },
        expected: '_ 0.05 _ _ -0.25',
      },
      {
        expression: 'ret(IWM, 2)',
        start: START,
        given: { 'IWM.close': '100 105 _ 84 63' },
        expected: '_ _ _ -0.2 _',
      },
    ],
  },
  {
    name: 'change',
    summary: 'Difference to the value n sessions ago.',
    definition: 'x[t] − x[t−n]',
    units: 'The unit of x.',
    noData: ENDS,
    source: 'First difference.',
    examples: [
      {
        expression: 'change(IWM)',
        start: START,
        given: { 'IWM.close': '100 105 _ 84 63' },
        expected: '_ 5 _ _ -21',
      },
    ],
  },
  {
    name: 'lag',
    summary: 'The value n sessions ago.',
    definition: 'x[t−n]',
    units: 'The unit of x.',
    noData: 'No data where that session has none, or before the series begins. No data across a break.',
    source: 'Lag operator.',
    examples: [
      {
        expression: 'lag(IWM, 1)',
        start: START,
        given: { 'IWM.close': '100 105 _ 84' },
        expected: '_ 100 105 _',
      },
    ],
  },
  {
    name: 'ytd',
    summary: 'Return since the end of last year.',
    definition: 'x[t] / the last value before this year − 1',
    units: RATIO,
    noData: `${ENDS} No data before a value of an earlier year.`,
    source: 'Year to date as the press counts it: from the last close of the year before.',
    examples: [{ expression: 'ytd(IWM)', start: START, given: AROUND_NEW_YEAR, expected: '_ _ _ 0.01 0.1' }],
  },
  {
    name: 'qtd',
    summary: 'Return since the end of last quarter.',
    definition: 'x[t] / the last value before this calendar quarter − 1',
    units: RATIO,
    noData: `${ENDS} No data before a value of an earlier quarter.`,
    source: 'As `ytd`, by calendar quarters.',
    examples: [{ expression: 'qtd(IWM)', start: START, given: AROUND_NEW_YEAR, expected: '_ _ _ 0.01 0.1' }],
  },
  {
    name: 'mtd',
    summary: 'Return since the end of last month.',
    definition: 'x[t] / the last value before this calendar month − 1',
    units: RATIO,
    noData: `${ENDS} No data before a value of an earlier month.`,
    source: 'As `ytd`, by calendar months.',
    examples: [{ expression: 'mtd(IWM)', start: START, given: AROUND_NEW_YEAR, expected: '_ _ _ 0.01 0.1' }],
  },
  {
    name: 'since',
    summary: 'Return since a date.',
    definition: 'x[t] / the last value on or before the date − 1',
    units: RATIO,
    noData: `${ENDS} No data on sessions before the date.`,
    source: CONVENTION,
    examples: [
      {
        expression: 'since(IWM, 2025-12-31)',
        start: START,
        given: AROUND_NEW_YEAR,
        expected: '_ _ 0 0.01 0.1',
      },
    ],
  },
];
