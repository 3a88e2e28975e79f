import { describe, expect, it } from 'vitest';
import { Coverage, FAULTS } from './simulation/faults.ts';
import { simulate } from './simulation/simulate.ts';

/** `npm run simulate` runs ten thousand; these are the first of them. */
const SCHEDULES = 50;

describe('the service under random schedules and faults', () => {
  it('loses no alert, makes none twice, and publishes again only after a lease, counted', async () => {
    const coverage = new Coverage();
    let alerts = 0;
    for (let seed = 1; seed <= SCHEDULES; seed += 1) {
      const one = await simulate(seed);
      expect([seed, one.problems]).toEqual([seed, []]);
      coverage.merge(one.coverage);
      alerts += one.alerts;
    }
    expect(alerts).toBeGreaterThan(SCHEDULES);
    const met = new Set([...coverage.counts.values()].flatMap((counts) => [...counts.keys()]));
    expect(FAULTS.filter((fault) => !met.has(fault))).toEqual([]);
  });

  it('takes the same course for the same seed', async () => {
    for (const seed of [1, 2]) {
      expect((await simulate(seed)).trace).toEqual((await simulate(seed)).trace);
    }
  });

  it('meets a fault where it is aimed', async () => {
    const target = {
      site: 'evaluate records.write rule-state',
      fault: 'time out with effect',
      after: 2,
    } as const;
    const { trace, problems } = await simulate(5, { target });
    expect(trace.some((line) => line.includes('rule-state <time out with effect>'))).toBe(true);
    expect(problems).toEqual([]);
  });
});
