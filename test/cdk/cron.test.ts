import { describe, expect, it } from 'vitest';
import { cronProblem } from '../../cdk/cron.ts';

describe('cronProblem', () => {
  it.each([
    'cron(20 17 ? * MON-FRI *)',
    'cron(0/15 * * * ? *)',
    'cron(5 * * * ? 2026-2027)',
    'cron(0 0 1,15 JAN-JUN ? *)',
    'cron(*/10 8-17 ? * 2-6 *)',
  ])('takes %s', (expression) => {
    expect(cronProblem(expression)).toBeNull();
  });

  it.each([
    ['20 17 ? * MON-FRI *', 'expected cron('],
    ['cron(20 17 * * MON-FRI)', 'expected 6 fields, found 5'],
    ['cron(60 17 ? * MON-FRI *)', 'minutes cannot be 60'],
    ['cron(20 24 ? * MON-FRI *)', 'hours cannot be 24'],
    ['cron(20 17 ? * MON-FRY *)', 'day of week cannot be MON-FRY'],
    ['cron(20 17 ? * FRI-MON *)', 'day of week cannot be FRI-MON'],
    ['cron(20 17 ? * 0 *)', 'day of week cannot be 0'],
    ['cron(20 17 ? 13 MON *)', 'month cannot be 13'],
    ['cron(20 17 * * MON-FRI *)', 'exactly one of'],
    ['cron(20 17 ? * ? *)', 'exactly one of'],
    ['cron(20/0 17 ? * MON *)', 'minutes cannot be 20/0'],
    ['cron(? 17 ? * MON *)', 'minutes cannot be ?'],
    ['cron(1-2-3 17 ? * MON *)', 'minutes cannot be 1-2-3'],
    ['cron(, 17 ? * MON *)', 'minutes cannot be ,'],
  ])('refuses %s', (expression, problem) => {
    expect(cronProblem(expression)).toContain(problem);
  });
});
