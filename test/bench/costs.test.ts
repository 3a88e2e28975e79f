import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { costsOf, PRICES, README_USAGE, type Usage } from '../../bench/costs/model.ts';

const root = new URL('../../', import.meta.url);

/** The dollars of the row of a table that begins so. */
function told(file: string, row: string): string {
  const text = readFileSync(new URL(file, root), 'utf8');
  const found = text.split('\n').find((line) => line.startsWith(`| ${row}`));
  return /\$([\d.]+)\*{0,2} \|$/.exec(found ?? '')?.[1] ?? `no row ${row} in ${file}`;
}

const cents = (dollars: number): string => dollars.toFixed(2);

const NOTHING: Usage = {
  ...{ evenings: 0, evening: { readUnits: 0, writeUnits: 0, publishes: 0 }, stored: 0, runs: 0 },
  ...{ gigabyteSeconds: 0, queueRequests: 0, logged: 0, emails: 0, sms: 0, alarmMetrics: 0, metricMonths: 0 },
};

describe('the cost model', () => {
  const costs = costsOf(README_USAGE);

  it.each([
    ['Alarms:', costs.alarms],
    ['Metrics of our own', costs.metrics],
    ['Dashboard', costs.dashboard],
    ['The key of the topics', costs.key],
    ['Functions:', costs.functions],
    ['Table:', costs.table],
    ['Queue of portions', costs.queue],
    ['Logs:', costs.logs],
    ['E-mail:', costs.messages],
    ['SMS:', costs.sms],
  ])('comes to what docs/deploy.md says of: %s', (row, dollars) => {
    expect(told('docs/deploy.md', row)).toBe(cents(dollars));
  });

  it('comes to what the README says', () => {
    const { alarms, metrics, dashboard, functions, table, queue, logs, messages, sms } = costs;
    expect(told('README.md', `${README_USAGE.alarmMetrics} alarm metrics`)).toBe(
      cents(alarms + metrics + dashboard),
    );
    expect(told('README.md', 'Functions, table, queues, logs')).toBe(
      // The sum of rounded rows, as a reader adds them up.
      cents([functions, table, queue, logs, messages].reduce((sum, one) => sum + Number(cents(one)), 0)),
    );
    expect(told('README.md', '5 readers by SMS')).toBe(cents(sms));
  });

  it('charges nothing but what is always there where nothing happens', () => {
    const { dashboard, key, ...rest } = costsOf(NOTHING);
    expect([dashboard, key]).toEqual([PRICES.dashboard, PRICES.key]);
    expect(Object.values(rest)).toEqual(Object.values(rest).map(() => 0));
  });

  it('charges each unit of each evening', () => {
    const evening = { readUnits: 1_000_000, writeUnits: 2_000_000, publishes: 0 };
    expect(costsOf({ ...NOTHING, evenings: 2, evening }).table).toBeCloseTo(2 * (0.125 + 1.25), 12);
  });
});
