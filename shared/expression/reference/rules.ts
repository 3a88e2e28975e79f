import type { FunctionText } from './text.ts';

export const RULES: readonly FunctionText[] = [
  {
    name: 'firing',
    summary: 'Whether another rule is firing.',
    definition:
      'true where the rule of that id is firing at the end of the session; its id is written in double quotes',
    units: 'A condition.',
    noData: 'No data before the rule’s first verdict.',
    source: 'State of the rule; a circle of rules is an error.',
    examples: [
      {
        expression: 'streak(firing("small-cap-streak"))',
        start: '2026-01-02',
        given: { 'IWM.close': '100x4', 'firing("small-cap-streak")': '_ false true true' },
        expected: '_ 0 1 2',
      },
    ],
  },
  {
    name: 'votes',
    summary: 'How many of several conditions are true.',
    definition: 'the number of its arguments that are true on the session',
    units: 'A plain number.',
    noData:
      'A condition of no data counts as not true, and the alert names it; so `votes` always has a value.',
    source: 'Vote count.',
    examples: [
      {
        expression: 'votes(IWM > SPY, ret(IWM) > 0, month() == 1)',
        start: '2026-01-02',
        given: { 'IWM.close': '100 110 _', 'SPY.close': '105x3' },
        expected: '1 3 1',
      },
    ],
  },
];
