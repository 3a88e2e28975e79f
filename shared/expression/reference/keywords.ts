/** A word of the language that is no call. */
export interface Keyword {
  readonly name: string;
  readonly summary: string;
  readonly definition: string;
  readonly noData: string;
}

export const KEYWORDS: readonly Keyword[] = [
  {
    name: 'member',
    summary: 'The member of the universe that is being gone through.',
    definition:
      'Only inside the last argument of a function over a universe; takes a field as an instrument does.',
    noData: 'As the instrument it stands for.',
  },
  {
    name: 'not',
    summary: 'True where a condition is false.',
    definition: 'Binds less tightly than comparisons, more tightly than `and`.',
    noData: '`not no data` is no data.',
  },
  {
    name: 'and',
    summary: 'True where both conditions are true.',
    definition: 'Binds more tightly than `or`.',
    noData: 'False where either is false; otherwise no data where either has none.',
  },
  {
    name: 'or',
    summary: 'True where at least one condition is true.',
    definition: 'Binds least tightly of all.',
    noData: 'True where either is true; otherwise no data where either has none.',
  },
];
