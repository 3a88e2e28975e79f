import { describe, expect, it } from 'vitest';
import { embeddedTables } from '../support/embedded-tables.ts';
import { simulate } from './simulation/simulate.ts';

const newTable = embeddedTables();

describe('the service over the adapters of DynamoDB and SNS', () => {
  it('keeps its promises whichever of their commands fails (`npm run simulate -- --adapters` runs more)', async () => {
    const one = await simulate(12, { table: await newTable() });
    expect(one.problems).toEqual([]);
    expect(one.coverage.sites()).toContain('evaluate PutItem RECORD rule-state');
    expect(one.coverage.sites()).toContain('deliver SNS Publish single');
    expect(one.trace.some((line) => line.includes('<'))).toBe(true);
  });
});
