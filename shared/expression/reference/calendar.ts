import type { FunctionText } from './text.ts';

/** Three sessions from the last but one of 2025. */
const given = { 'IWM.close': '100x3' };

export const CALENDAR: readonly FunctionText[] = [
  {
    name: 'month',
    summary: 'The calendar month of the session.',
    definition: '1 for January … 12 for December',
    units: 'A plain number.',
    noData: 'Always has a value.',
    source: 'Gregorian calendar, New York date.',
    examples: [{ expression: 'month()', start: '2025-12-30', given, expected: '12 12 1' }],
  },
  {
    name: 'session_of_year',
    summary: 'The number of the session within its year.',
    definition: '1 on the first session of the year, one more on each after it',
    units: 'A plain number.',
    noData: 'Always has a value.',
    source: 'XNYS calendar.',
    examples: [{ expression: 'session_of_year()', start: '2025-12-30', given, expected: '249 250 1' }],
  },
];
