/** Codes of all lints, the warnings that a rule may silence with `expect: {code: reason}`, and what each says. */
export const LINTS: ReadonlyMap<string, string> = new Map([
  ['price-level', 'a price is compared with a plain number, so a later split can change the answer'],
  ['always-true', 'the condition is true on every session of the stored history'],
  ['never-true', 'the condition is true on no session of the stored history'],
  ['short-history', 'the condition needs more history than is stored'],
  ['fires-often', 'the rule is firing on more than 20% of the sessions'],
  ['resolve-overlap', '`when` and `resolve_when` can be true on one session'],
  ['measure-missing', '`when` is not one comparison and no `measure` is given'],
]);
