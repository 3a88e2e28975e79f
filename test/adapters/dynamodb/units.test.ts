import { describe, expect, it } from 'vitest';
import { createDynamoAlerts } from '../../../adapters/dynamodb/alerts.ts';
import { createDynamoObservations } from '../../../adapters/dynamodb/observations.ts';
import { dayOf } from '../../../shared/calendar/date.ts';
import { growRows, type SeriesRows } from '../../../shared/series/rows.ts';
import { calendar } from '../../series/ground.ts';
import { alertRecord } from '../../support/alert-record.ts';
import { countUnits } from '../../support/count-units.ts';
import { embeddedTables } from '../../support/embedded-tables.ts';

const emptyTable = embeddedTables();
const SERIES = 600;
const LONG = 20;
const TODAY = '2026-06-30';
const at = (session: string): number => calendar.close(session) + 20 * 60_000;
const report = process.env['TIDEMARK_PRINT_UNITS'] === undefined ? (): void => undefined : console.log;

/** Prices with two decimal places, different in every cell. */
function closes(number: number, sessions: readonly string[]): SeriesRows {
  const rows = growRows();
  for (const session of sessions) {
    const day = dayOf(session);
    rows.append(day, (1000 + ((number * 7919 + day * 104_729) % 90_000)) / 100, Number.NaN);
  }
  return { instrument: nameOf(number), field: 'close', rows };
}

function nameOf(number: number): string {
  return `S${String(number).padStart(3, '0')}`;
}

function batch(count: number, from: string, to: string) {
  const sessions = calendar.range(from, to);
  const series = Array.from({ length: count }, (_, number) => closes(number, sessions));
  return { series, memberships: [], source: 'units' };
}

describe('the table costs', () => {
  it('what docs/decisions/0003 says for a day, an evaluation and an import', async () => {
    const connection = await emptyTable();
    const store = createDynamoObservations(connection);
    const units = countUnits(connection.client);
    const yesterday = calendar.previous(TODAY) ?? '';
    await store.record(batch(LONG, '2002-01-02', '2024-12-31'), at('2026-01-02'));
    await store.record(batch(500, '2025-01-02', '2025-12-31'), at('2026-01-02'));
    const history = units.take();
    await store.record(batch(SERIES, '2026-01-02', yesterday), at(yesterday));
    const openYear = units.take();
    await store.record(batch(SERIES, TODAY, TODAY), at(TODAY));
    const ingest = units.take();
    await store.record(batch(SERIES, TODAY, TODAY), at(TODAY) + 1);
    const again = units.take();
    const need = {
      series: Array.from({ length: 500 }, (_, number) => ({
        id: `${nameOf(number)}.close`,
        from: number < LONG ? '2002-01-02' : '2025-01-02',
      })),
    };
    const { series } = await store.load(need);
    const evaluation = units.take();
    for (let run = 0; run < 2; run++) await store.keepUp(at(TODAY));
    const packing = units.take();
    await store.keepUp(at(TODAY));
    const packed = units.take();
    const tomorrow = calendar.next(TODAY) ?? '';
    await store.record(batch(SERIES, tomorrow, tomorrow), at(tomorrow));
    const dayAfter = units.take();
    const later = await store.load(need);
    const fromPacks = units.take();
    report({ history, openYear, ingest, again, evaluation, packing, packed, dayAfter, fromPacks });

    expect(series.reduce((total, { rows }) => total + rows.length, 0)).toBe(
      LONG * calendar.range('2002-01-02', TODAY).length + 480 * calendar.range('2025-01-02', TODAY).length,
    );
    expect(ingest.calls).toBe(3);
    expect(ingest.written).toBeLessThanOrEqual(5);
    expect(ingest.read).toBeLessThanOrEqual(4);
    expect(again).toMatchObject({ calls: 1, written: 0 });
    expect(evaluation.calls).toBeLessThanOrEqual(12);
    expect(evaluation.read).toBeLessThanOrEqual(600);
    // What is packed is a tenth of the items, read in fewer calls and units; a day's ingest costs what it did.
    expect(later.series.map(({ rows }) => rows.length)).toEqual(series.map(({ rows }) => rows.length + 1));
    expect(fromPacks.calls).toBeLessThanOrEqual(5);
    expect(fromPacks.read).toBeLessThanOrEqual(evaluation.read / 2);
    expect(packing.written).toBeLessThanOrEqual(history.written);
    expect(packed.calls).toBe(2);
    expect(dayAfter).toMatchObject({ calls: ingest.calls, written: ingest.written });
    // Each item is written once: 23 years of 20 series, one of 500; then the state and the list of series.
    expect(history.calls).toBeLessThanOrEqual(23 * LONG + 500 + 18);
    expect(openYear.calls).toBeLessThanOrEqual(calendar.range('2026-01-02', yesterday).length + 6);
  });

  it('what docs/decisions/0003 says for an alert and a page of the history', async () => {
    const connection = await emptyTable();
    const store = createDynamoAlerts(connection);
    const units = countUnits(connection.client);
    const record = alertRecord('small-cap-streak', '2026-01-12');
    const email = Array.from(
      { length: 60 },
      (_, line) => `Line ${line} of an e-mail that says ${line * line}.\n`,
    ).join('');
    await store.put({ ...record, message: { ...record.message, email } });
    await store.due(at('2026-01-12'), 10);
    await store.claim(record.alert.id, { owner: 'one', now: 1, until: 2 });
    await store.settle(record.alert.id, 'one', { kind: 'sent', at: 2, publishId: 'p', attempts: 1 });
    const alert = units.take();
    await store.due(at('2026-01-12'), 10);
    const idle = units.take();
    for (let index = 0; index < 60; index++) {
      const one = alertRecord(`rule-${index}`, '2026-01-13', {
        kind: 'withheld',
        reason: 'history',
        detail: '',
      });
      await store.put({ ...one, message: { ...one.message, email } });
    }
    units.take();
    await store.page({ from: '2026-01-01', to: '2026-12-31', limit: 50, cursor: null });
    const page = units.take();
    report({ alert, idle, page });

    expect(alert.calls).toBe(5);
    expect(alert.written).toBeLessThanOrEqual(12);
    expect(idle).toEqual({ calls: 1, read: 0.5, written: 0 });
    expect(page.calls).toBe(1);
    expect(page.read).toBeLessThanOrEqual(25);
  });
});
