import fc from 'fast-check';
import type { Instant } from '../../shared/calendar/calendar.ts';
import { dayOf } from '../../shared/calendar/date.ts';
import type { KnownObservations, ObservationStore } from '../../shared/ports/observations.ts';
import type { MembershipSpan } from '../../shared/series/archive.ts';
import { type GrowingRows, growRows, type SeriesRows } from '../../shared/series/rows.ts';

/** One statement about a series: date, value, and when it became known where that is said. */
export type Said = readonly [id: string, date: string, value: number, known?: number];

/** Up to twenty statements of small values that differ in series, date or when they became known after `since`. */
export function saidOf(
  ids: readonly string[],
  dates: readonly string[],
  since: Instant,
): fc.Arbitrary<Said[]> {
  const statement = fc.record({
    id: fc.constantFrom(...ids),
    date: fc.constantFrom(...dates),
    value: fc.integer({ min: 1, max: 9 }),
    known: fc.integer({ min: 1, max: 1000 }),
  });
  return fc
    .uniqueArray(statement, { maxLength: 20, selector: ({ id, date, known }) => `${id} ${date} ${known}` })
    .map((all) => all.map(({ id, date, value, known }): Said => [id, date, value, since + known]));
}

/** Statements as the rows of their series. */
export function rowsOf(...said: readonly Said[]): SeriesRows[] {
  const found = new Map<string, GrowingRows>();
  for (const [id, date, value, known] of said) {
    const rows = found.get(id) ?? growRows();
    found.set(id, rows);
    rows.append(dayOf(date), value, known ?? Number.NaN);
  }
  return [...found].map(([id, rows]) => {
    const dot = id.lastIndexOf('.');
    return { instrument: id.slice(0, dot), field: id.slice(dot + 1), rows };
  });
}

/** A batch of statements and memberships. */
export function batchOf(
  said: readonly Said[],
  memberships: readonly MembershipSpan[] = [],
): Parameters<ObservationStore['record']>[0] {
  return { series: rowsOf(...said), memberships, source: 'test' };
}

/** What was loaded, as plain values: `[series, day, value, known]`. */
export function statements({ series }: KnownObservations): unknown[] {
  return series
    .toSorted((a, b) => (`${a.instrument}.${a.field}` < `${b.instrument}.${b.field}` ? -1 : 1))
    .flatMap(({ instrument, field, rows }) =>
      Array.from({ length: rows.length }, (_, index) => [
        `${instrument}.${field}`,
        rows.day(index),
        rows.value(index),
        rows.known(index),
      ]),
    );
}

/** Everything a store holds of these series. */
export async function contents(store: ObservationStore, ids: readonly string[]): Promise<unknown> {
  const known = await store.load({ series: ids.map((id) => ({ id, from: '1980-01-01' })) });
  const { memberships, acceptances } = known;
  const [catalog, changedAt] = [await store.catalog(), await store.changedAt()];
  return { statements: statements(known), memberships, acceptances, catalog, changedAt };
}
