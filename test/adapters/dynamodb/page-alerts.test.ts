import { describe, expect, it } from 'vitest';
import { createDynamoAlerts } from '../../../adapters/dynamodb/alerts.ts';
import { embeddedTables } from '../../support/embedded-tables.ts';

const emptyTable = embeddedTables();

describe('a page of alerts in the table', () => {
  it('refuses a cursor whose session lies outside the stretch, which the table would not read from', async () => {
    const store = createDynamoAlerts(await emptyTable());
    const stretch = { from: '2025-06-01', to: '2026-06-30', limit: 5 };
    for (const key of [
      'ALERT#9999\n9999-12-31#a',
      'ALERT#2026\n2026-07-01#a',
      'ALERT#2025\n2025-05-31#a',
      'ALERT#2025\n2026-01-05#a',
      'ALERT#2026\n#a',
    ]) {
      const cursor = Buffer.from(key).toString('base64url');
      await expect(store.page({ ...stretch, cursor }), key).rejects.toThrow(RangeError);
    }
    const within = Buffer.from('ALERT#2026\n2026-01-05#a').toString('base64url');
    expect(await store.page({ ...stretch, cursor: within })).toEqual({ records: [], cursor: null });
  });
});
