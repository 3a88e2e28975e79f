import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Archive, createArchiveBuilder, type Observation } from '../../shared/series/archive.ts';
import { knowledgeChanges, splitSessions } from '../../shared/series/knowledge.ts';
import { growRows } from '../../shared/series/rows.ts';
import { snapshotOf } from '../../shared/series/snapshot-of.ts';
import { archiveOf, calendar, closeOf, market, now, series } from './ground.ts';

const SESSIONS = calendar.range('2026-01-02', '2026-01-16');
const FOREVER = Number.POSITIVE_INFINITY;

/** What an archive holds, as plain values. */
function contents(archive: Archive): unknown {
  return [...archive.series].map(([id, stored]) => [
    id,
    [...stored.days],
    [...stored.values],
    [...stored.revisions.keys],
    [...stored.revisions.values],
    [...stored.revisions.known],
  ]);
}

const observation: fc.Arbitrary<Observation> = fc
  .record({
    id: fc.constantFrom('A.close', 'A.split', 'B.close', 'RATE.upper'),
    date: fc.constantFrom(...SESSIONS),
    value: fc.integer({ min: 1, max: 5 }),
    known: fc.option(fc.integer({ min: -5, max: 20 }), { nil: undefined }),
  })
  .map(({ id, date, value, known }) => {
    const [instrument = '', field = ''] = id.split('.');
    return {
      instrument,
      field,
      date,
      value,
      ...(known === undefined ? {} : { known: closeOf('2026-01-09') + known * 86_400_000 }),
    };
  });

/** Observations of which no two say the same about when they became known. */
const observations = fc.uniqueArray(observation, {
  maxLength: 60,
  selector: ({ instrument, field, date, known }) => `${instrument}.${field} ${date} ${known}`,
});

function shuffled(values: readonly Observation[], seed: number): Observation[] {
  const order = values.map((value, index) => ({ value, rank: ((index + 1) * seed) % 7919 }));
  return order.toSorted((a, b) => a.rank - b.rank).map(({ value }) => value);
}

describe('the archive', () => {
  it('comes to the same whatever the order of observations', () => {
    fc.assert(
      fc.property(observations, fc.integer({ min: 1, max: 7918 }), (given, seed) => {
        expect(contents(archiveOf(shuffled(given, seed)))).toEqual(contents(archiveOf(given)));
      }),
      { numRuns: 100 },
    );
  });

  it('comes to the same whatever the portions observations come in', () => {
    fc.assert(
      fc.property(observations, fc.integer({ min: 1, max: 9 }), (given, size) => {
        const builder = createArchiveBuilder({ market, calendar, now });
        for (let start = 0; start < given.length; start += size) {
          const portions = new Map<string, ReturnType<typeof growRows>>();
          for (const { instrument, field, date, value, known } of given.slice(start, start + size)) {
            const id = `${instrument}.${field}`;
            const rows = portions.get(id) ?? growRows();
            portions.set(id, rows);
            rows.append(Date.parse(date) / 86_400_000, value, known ?? Number.NaN);
          }
          for (const [id, rows] of portions) {
            const [instrument = '', field = ''] = id.split('.');
            builder.addRows(instrument, field, rows);
          }
        }
        expect(contents(builder.build())).toEqual(contents(archiveOf(given)));
      }),
      { numRuns: 100 },
    );
  });

  it('shows on every session what a scan over all statements finds', () => {
    fc.assert(
      fc.property(observations, fc.constantFrom(...SESSIONS), (given, session) => {
        const asOf = closeOf(session);
        const snapshot = snapshotOf(archiveOf(given), asOf);
        for (const date of SESSIONS) {
          const index = snapshot.index(date);
          const expected = date <= session ? valueByScan(given, date, asOf) : undefined;
          const shown = index === undefined ? undefined : snapshot.canonical('A.split').values[index];
          expect(Number.isNaN(shown) ? undefined : shown).toBe(expected);
        }
      }),
      { numRuns: 100 },
    );
  });

  it('refuses what no import lets through', () => {
    expect(() => archiveOf(series('A.close', ['2026-01-03', 1]))).toThrow('2026-01-03 is no session');
    expect(() => archiveOf(series('A.close', ['2026-02-30', 1]))).toThrow('no date of the calendar');
    expect(() => archiveOf(series('A.close', ['1979-12-31', 1]))).toThrow('no date of the calendar');
    expect(() => archiveOf(series('A.close', ['2026-01-02', Number.NaN]))).toThrow('NaN is no finite number');
    expect(() => archiveOf(series('A.open', ['2026-01-02', 1]))).toThrow('A.open is not declared');
  });

  it('takes the later of two rows that do not say when they became known as a revision from now', () => {
    const archive = archiveOf(series('A.close', ['2026-01-02', 10], ['2026-01-02', 11]));
    expect(snapshotOf(archive, now - 1).canonical('A.close').values[0]).toBe(10);
    expect(snapshotOf(archive, now).canonical('A.close').values[0]).toBe(11);
  });

  it('takes the row that does not say when it became known as the first', () => {
    const early = closeOf('2026-01-05');
    const archive = archiveOf(series('A.close', ['2026-01-02', 11, early], ['2026-01-02', 10]));
    expect(snapshotOf(archive, early - 1).canonical('A.close').values[0]).toBe(10);
    expect(snapshotOf(archive, early).canonical('A.close').values[0]).toBe(11);
  });

  it('counts the earliest row as known from its close, however late it says it arrived', () => {
    const [late, later] = [closeOf('2026-01-08'), closeOf('2026-01-09')];
    const archive = archiveOf(series('A.close', ['2026-01-02', 12, later], ['2026-01-02', 10, late]));
    expect(snapshotOf(archive, closeOf('2026-01-02')).canonical('A.close').values[0]).toBe(10);
    expect(snapshotOf(archive, later).canonical('A.close').values[0]).toBe(12);
  });
});

function valueByScan(given: readonly Observation[], date: string, asOf: number): number | undefined {
  const rows = given.filter((row) => row.instrument === 'A' && row.field === 'split' && row.date === date);
  const sorted = rows.toSorted((a, b) => (a.known ?? -FOREVER) - (b.known ?? -FOREVER));
  return sorted.filter(({ known }, index) => index === 0 || (known ?? now) <= asOf).at(-1)?.value;
}

describe('knowledge changes', () => {
  it('lists revisions of any field and accepted breaks by when they became known', () => {
    const [monday, tuesday] = [closeOf('2026-01-05'), closeOf('2026-01-06')];
    const builder = createArchiveBuilder({ market, calendar, now });
    const rows = [
      ...series('A.close', ['2026-01-02', 10], ['2026-01-02', 11, tuesday], ['2026-01-02', 11, tuesday + 1]),
      ...series('RATE.upper', ['2026-01-02', 3], ['2026-01-02', 4, monday]),
    ];
    for (const row of rows) builder.add(row);
    builder.accept({ instrument: 'B', session: '2026-01-05', known: tuesday });
    expect(knowledgeChanges(builder.build())).toEqual([
      { known: monday, series: 'RATE.upper' },
      { known: tuesday, series: 'A.close' },
      { known: tuesday, series: 'B.close' },
    ]);
  });

  it('lists the sessions of splits', () => {
    const archive = archiveOf(series('A.split', ['2026-01-06', 2], ['2026-01-05', 3]));
    expect(splitSessions(archive, 'A')).toEqual(['2026-01-05', '2026-01-06']);
    expect(splitSessions(archive, 'B')).toEqual([]);
  });
});
