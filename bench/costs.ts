/**
 * What a month costs, from counted units: `node bench/costs.ts`. The deployment of the README, and the same with 10 and 100
 * times the sessions' units, runs and messages; what is watched stays.
 */
import { type Costs, costsOf, README_USAGE, type Usage } from './costs/model.ts';

function times(factor: number): Usage {
  const { evening, ...usage } = README_USAGE;
  return {
    ...usage,
    evening: {
      readUnits: factor * evening.readUnits,
      writeUnits: factor * evening.writeUnits,
      publishes: factor * evening.publishes,
    },
    stored: factor * usage.stored,
    gigabyteSeconds: factor * usage.gigabyteSeconds,
    logged: factor * usage.logged,
    emails: factor * usage.emails,
    sms: factor * usage.sms,
  };
}

const FACTORS = [1, 10, 100];
const all = FACTORS.map((factor) => costsOf(times(factor)));
const line = (name: string, cells: readonly string[]): string =>
  name.padEnd(12) + cells.map((cell) => cell.padStart(12)).join('');

console.log(
  line(
    'a month',
    FACTORS.map((factor) => `${factor}×`),
  ),
);
for (const name of Object.keys(all[0] ?? {}) as (keyof Costs)[]) {
  console.log(
    line(
      name,
      all.map((costs) => `$${costs[name].toFixed(2)}`),
    ),
  );
}
console.log(
  line(
    'together',
    all.map(
      (costs) =>
        `$${Object.values<number>({ ...costs })
          .reduce((sum, one) => sum + one, 0)
          .toFixed(2)}`,
    ),
  ),
);
