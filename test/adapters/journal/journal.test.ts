import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadFolder } from '../../../adapters/csv/load-folder.ts';
import { createJournal, observationsFolder } from '../../../adapters/journal/journal.ts';
import type { MergeCounts } from '../../../shared/series/merge-rows.ts';
import { growRows } from '../../../shared/series/rows.ts';
import { snapshotOf } from '../../../shared/series/snapshot-of.ts';
import { importObservations } from '../../../shared/workflows/import.ts';
import { calendar, closeOf, market } from '../../series/ground.ts';
import { days, emptyFolder, read, readingOf, refusedOf, rowsOf } from '../csv/folder.ts';

const MONDAY = Date.UTC(2026, 0, 5, 23);
const TUESDAY = Date.UTC(2026, 0, 6, 23);

/** Imports files into a data directory as at an instant. */
function importInto(
  data: string,
  files: Readonly<Record<string, string>>,
  now: number,
): Promise<MergeCounts> {
  return importObservations(read(files), createJournal(data, days), now);
}

function stored(data: string): string[] {
  return rowsOf(readingOf(observationsFolder(data)));
}

function closesAt(data: string, asOf: number): number[] {
  const loaded = loadFolder(observationsFolder(data), { market, calendar, now: Date.UTC(2027, 0) });
  return loaded.ok ? [...snapshotOf(loaded.value.archive, asOf).canonical('A.close').values] : [];
}

describe('an import', () => {
  const files = {
    'A.csv': 'date,close,volume\n2026-01-02,10,5\n2026-01-05,11.50,\n',
    'RATE.csv': 'date,upper\n2026-01-03,3.75\n',
    'universes.csv': 'universe,symbol,from,to\nDATED,X,2026-01-02,\n',
  };

  it('stores everything once: a second one is unchanged and touches no file', async () => {
    const data = emptyFolder();
    expect(await importInto(data, files, MONDAY)).toEqual({ accepted: 4, revised: 0, unchanged: 0 });
    const before = readdirSync(observationsFolder(data)).map((name) =>
      readFileSync(join(observationsFolder(data), name), 'utf8'),
    );
    const again = { ...files, 'A.csv': 'date,close,volume\n2026-01-05,11.5,\n2026-01-02,1e1,5.0\n' };
    expect(await importInto(data, again, TUESDAY)).toEqual({ accepted: 0, revised: 0, unchanged: 4 });
    const after = readdirSync(observationsFolder(data)).map((name) =>
      readFileSync(join(observationsFolder(data), name), 'utf8'),
    );
    expect(after).toEqual(before);
  });

  it('leaves a folder that can itself be read', async () => {
    const data = emptyFolder();
    await importInto(data, files, MONDAY);
    const reading = readingOf(observationsFolder(data));
    expect([rowsOf(reading), refusedOf(reading)]).toEqual([rowsOf(read(files)), []]);
    expect(reading.memberships).toEqual(read(files).memberships);
  });

  it('keeps a changed value as a revision known from then', async () => {
    const data = emptyFolder();
    await importInto(data, files, MONDAY);
    const changed = { 'A.csv': 'date,close\n2026-01-02,10.5\n2026-01-05,11.5\n2026-01-06,12\n' };
    expect(await importInto(data, changed, TUESDAY)).toEqual({ accepted: 1, revised: 1, unchanged: 1 });
    expect(stored(data)).toContain('A.close 2026-01-02 10.5 @2026-01-06T23:00:00.000Z');
    expect(closesAt(data, TUESDAY - 1)).toEqual([10, 11.5, 12]);
    expect(closesAt(data, TUESDAY)).toEqual([10.5, 11.5, 12]);
    expect(await importInto(data, changed, TUESDAY + 1)).toEqual({ accepted: 0, revised: 0, unchanged: 3 });
  });

  it('keeps a revision that says when it became known, and finds the whole folder unchanged again', async () => {
    const data = emptyFolder();
    const known = { 'A.csv': 'date,known,close\n2026-01-02,,10\n2026-01-02,2026-01-05,11\n' };
    expect(await importInto(data, known, TUESDAY)).toEqual({ accepted: 1, revised: 1, unchanged: 0 });
    expect(await importInto(data, known, TUESDAY + 1)).toEqual({ accepted: 0, revised: 0, unchanged: 2 });
    expect([closesAt(data, closeOf('2026-01-05') - 1), closesAt(data, closeOf('2026-01-05'))]).toEqual([
      [10],
      [11],
    ]);
  });

  it('finds a folder that says two things of one key unchanged again', async () => {
    const data = emptyFolder();
    const twice = { 'A.csv': 'date,close\n2026-01-02,10\n2026-01-02,11\n2026-01-02,11\n' };
    expect(await importInto(data, twice, MONDAY)).toEqual({ accepted: 1, revised: 1, unchanged: 1 });
    expect(await importInto(data, twice, TUESDAY)).toEqual({ accepted: 0, revised: 0, unchanged: 3 });
    expect([closesAt(data, MONDAY - 1), closesAt(data, MONDAY)]).toEqual([[10], [11]]);
  });

  it('comes to the same whatever the order of rows that say when they became known', async () => {
    const row = fc.record({ value: fc.integer({ min: 1, max: 3 }), hour: fc.integer({ min: 0, max: 9 }) });
    const rows = fc.uniqueArray(row, { maxLength: 6, selector: ({ hour }) => hour });
    const text = ({ value, hour }: { value: number; hour: number }): Readonly<Record<string, string>> => ({
      'A.csv': `date,known,close\n2026-01-02,2026-01-05T0${hour}:00Z,${value}\n`,
    });
    await fc.assert(
      fc.asyncProperty(rows, async (given) => {
        const [forth, back] = [emptyFolder(), emptyFolder()];
        for (const one of given) await importInto(forth, text(one), TUESDAY);
        for (const one of given.toReversed()) await importInto(back, text(one), TUESDAY);
        for (let hour = 0; hour < 10; hour++) {
          const asOf = Date.UTC(2026, 0, 5, hour);
          expect(closesAt(forth, asOf)).toEqual(closesAt(back, asOf));
        }
      }),
      { numRuns: 8 },
    );
  });

  it('replaces the membership of the universes a file names', async () => {
    const data = emptyFolder();
    await importInto(data, files, MONDAY);
    const left = { 'universes.csv': 'universe,symbol,from,to\nDATED,X,2026-01-02,2026-01-06\n' };
    await importInto(data, left, TUESDAY);
    expect(readingOf(observationsFolder(data)).memberships).toEqual([
      { universe: 'DATED', instrument: 'X', from: '2026-01-02', to: '2026-01-06' },
    ]);
  });
});

describe('the journal', () => {
  it('keeps every number and every name as it was', async () => {
    const name = fc.constantFrom('^RUT', 'BRK.B', '.SPX', 'aapl', 'AAPL', 'S&P, 500', 'ÄÖ', '../up', 'CON/x');
    const value = fc.double({ noNaN: true, noDefaultInfinity: true, min: 1e-300, max: 1e300 });
    const data = emptyFolder();
    const journal = createJournal(data, days);
    await fc.assert(
      fc.asyncProperty(name, fc.array(value, { minLength: 1, maxLength: 4 }), async (instrument, numbers) => {
        const rows = growRows();
        for (const [index, number] of numbers.entries())
          rows.append(20_455, number, index === 0 ? Number.NaN : MONDAY);
        await journal.write(instrument, [{ instrument, field: 'close', rows }]);
        const back = (await journal.read(instrument)).get('close');
        expect(Array.from({ length: back?.length ?? 0 }, (_, index) => back?.value(index))).toEqual(numbers);
      }),
      { numRuns: 40, examples: [['^RUT', [0.1 + 0.2]]] },
    );
    expect(readdirSync(data)).toEqual(['observations']);
    expect(readingOf(observationsFolder(data)).undeclared).toContain('^RUT');
  });

  it('says which line of which file is damaged', async () => {
    const data = emptyFolder();
    await importInto(data, { 'A.csv': 'date,close\n2026-01-02,10\n' }, MONDAY);
    const path = join(observationsFolder(data), 'A.csv');
    writeFileSync(path, `${readFileSync(path, 'utf8')}2026-01-05,A,,eleven\n`);
    await expect(createJournal(data, days).read('A')).rejects.toThrow('A.csv, line 3');
  });
});
