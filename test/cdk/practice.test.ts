import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { describe, expect, it } from 'vitest';
import { readConfig } from '../../cdk/config.ts';
import { checkPractice } from '../../cdk/nag.ts';
import { tidemarkStack } from '../../cdk/stack.ts';

interface Report {
  readonly pluginReports: readonly {
    readonly pluginName: string;
    readonly violations: readonly { readonly ruleName: string }[];
    readonly suppressedViolations?: readonly { readonly ruleName: string; readonly reason: string }[];
  }[];
}

/** What the packs find at synthesis. */
function reportOf(settings: Readonly<Record<string, string>>): Report {
  const app = new App({ context: { 'aws:cdk:bundling-stacks': [], ...settings } });
  const config = readConfig(settings);
  if (!config.ok) throw new Error(config.errors.join('\n'));
  checkPractice(app, tidemarkStack(app, config.value));
  const { directory } = app.synth();
  return JSON.parse(readFileSync(join(directory, 'validation-report.json'), 'utf8')) as Report;
}

describe('good practice, by cdk-nag', () => {
  const reports = [{ alertEmail: 'reader@example.com' }, { mailFrom: 'alerts@example.com' }].flatMap(
    (settings) => reportOf(settings).pluginReports,
  );

  it('is held by AwsSolutions and Serverless without a finding', () => {
    expect(reports.map(({ pluginName }) => pluginName)).toEqual(
      expect.arrayContaining(['AwsSolutions', 'Serverless']),
    );
    expect(reports.flatMap(({ violations }) => violations)).toEqual([]);
  });

  it('is left on purpose in three dozen ways at most, each with its reason', () => {
    const left = reports.flatMap(({ suppressedViolations = [] }) => suppressedViolations);
    const ids = new Set(left.map(({ ruleName }) => ruleName));
    expect(ids.size).toBeGreaterThan(0);
    expect(ids.size).toBeLessThanOrEqual(36);
    for (const { reason } of left) expect(reason.length).toBeGreaterThan(20);
  });
});
