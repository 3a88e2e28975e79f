import { expect, it } from 'vitest';
import { fuzzOnce } from './judge.ts';

const BODIES = 3000;

it(`takes no bad value from ${BODIES} bodies that are not quite what they were, and never throws`, () => {
  let accepted = 0;
  let problems: string[] = [];
  for (let seed = 1; seed <= BODIES; seed += 1) {
    const outcome = fuzzOnce(seed);
    accepted += outcome.accepted;
    problems = [...problems, ...outcome.problems];
  }
  expect(problems).toEqual([]);
  // Faults leave much that is good: a parser that refused everything would prove nothing.
  expect(accepted).toBeGreaterThan(BODIES / 10);
});
