import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { createDynamoObservations } from '../../adapters/dynamodb/observations.ts';
import { generateSample, SAMPLE_SEED } from '../../local/sample/sample.ts';
import type { Instant } from '../../shared/calendar/calendar.ts';
import { dayOf } from '../../shared/calendar/date.ts';
import { createCalendar } from '../../shared/calendar/xnys.ts';
import type { SeriesRows } from '../../shared/series/rows.ts';
import { growRows } from '../../shared/series/rows.ts';

/** One year of history is enough for a streak, and stored in seconds. */
const FROM = '2025-01-01';
/** What comes after is the providers' to bring. */
const TO = '2026-01-09';

/** Stores the last year of the sample in the deployed table, as an import with `--stack` would. Returns how many values. */
export async function seedSample(table: string, now: Instant): Promise<number> {
  const sample = generateSample(SAMPLE_SEED, createCalendar([]));
  const series = sample.fields.map(({ instrument, field, values }): SeriesRows => {
    const rows = growRows();
    for (const [date, value] of values)
      if (date >= FROM && date <= TO) rows.append(dayOf(date), value, Number.NaN);
    return { instrument, field, rows };
  });
  const memberships = sample.membership.map(({ symbol, from, to }) => ({
    universe: 'SP500_MEMBERS',
    instrument: symbol,
    from,
    to,
  }));
  const store = createDynamoObservations({ client: new DynamoDBClient({}), table });
  const batch = { series: series.filter(({ rows }) => rows.length > 0), memberships, source: 'sample' };
  return (await store.record(batch, now)).accepted;
}
