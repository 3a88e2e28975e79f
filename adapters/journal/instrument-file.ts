import type { Day } from '../../shared/calendar/date.ts';
import type { Days } from '../../shared/series/days.ts';
import { growRows, type GrowingRows, type Rows, type SeriesRows } from '../../shared/series/rows.ts';
import { readDate, readKnown } from '../csv/cells.ts';
import { readHeader } from '../csv/header.ts';
import { openLines } from '../csv/lines.ts';
import { readRecords } from '../csv/records.ts';

const ROWS_PER_PORTION = 4096;

/**
 * The name of an instrument's file. Only capitals, digits, `.`, `-` and `_` stand for themselves: names differ by case,
 * and on some disks files do not. A dot in front would hide the file.
 */
export function fileNameOf(instrument: string): string {
  const characters = Array.from(Buffer.from(instrument), (byte, index) => {
    const character = String.fromCharCode(byte);
    const plain = /[A-Z0-9._-]/.test(character) && (index > 0 || character !== '.');
    return plain ? character : `%${byte.toString(16).padStart(2, '0')}`;
  });
  return `${characters.join('')}.csv`;
}

/** Writes an instrument in the long shape of the CSV import, one row for each date and time of becoming known. */
export function* formatInstrument(
  instrument: string,
  series: readonly SeriesRows[],
  days: Days,
): Generator<string> {
  const fields = series.map(({ field }) => field).toSorted();
  yield `${['date', 'symbol', 'known', ...fields].map(cell).join(',')}\n`;
  const symbol = cell(instrument);
  let portion: string[] = [];
  for (const { day, known, values } of rowsByTime(series)) {
    const cells = fields
      .map((field) => values.get(field))
      .map((value) => (value === undefined ? '' : String(value)));
    const instant = Number.isNaN(known) ? '' : new Date(known).toISOString();
    portion.push(`${[days.date(day), symbol, instant, ...cells].join(',')}\n`);
    if (portion.length < ROWS_PER_PORTION) continue;
    yield portion.join('');
    portion = [];
  }
  yield portion.join('');
}

/** Reads back what `formatInstrument` wrote. Throws an `Error` where the file is damaged. */
export function readInstrumentFile(path: string, days: Days): ReadonlyMap<string, Rows> {
  const lines = openLines(path);
  try {
    const damaged = (line: number, reason: string): never => {
      throw new Error(`${path}, line ${line}: ${reason}`);
    };
    const records = readRecords(lines);
    const first = records.next();
    if (first.done === true) return damaged(1, 'the file is empty');
    const header = readHeader(first.value, (line, _, reason) => damaged(line, reason));
    const columns = header.values.map((column) => ({ ...column, rows: growRows() }));
    for (const { cells, line } of records) {
      const date = readDate(cells[header.index.get('date') ?? -1] ?? '', days);
      const known = readKnown(cells[header.index.get('known') ?? -1] ?? '', days);
      if ('reason' in date) return damaged(line, date.reason);
      if ('reason' in known) return damaged(line, known.reason);
      for (const { at, name, rows } of columns) {
        const text = cells[at] ?? '';
        if (text === '') continue;
        const value = Number(text);
        if (!Number.isFinite(value)) return damaged(line, `${name} is no number`);
        rows.append(date.value, value, known.value);
      }
    }
    return new Map(columns.map(({ name, rows }): [string, GrowingRows] => [name, rows]));
  } finally {
    lines.close();
  }
}

interface TimedRow {
  readonly day: Day;
  readonly known: number;
  readonly values: Map<string, number>;
}

/** Rows of all fields that share date and time; where a field says two things at one time, the second has its own row. */
function rowsByTime(series: readonly SeriesRows[]): TimedRow[] {
  const found = new Map<string, TimedRow[]>();
  for (const { field, rows } of series) {
    for (let index = 0; index < rows.length; index++) {
      const [day, known] = [rows.day(index), rows.known(index)];
      const key = `${day} ${known}`;
      const there = found.get(key) ?? [];
      const free = there.find(({ values }) => !values.has(field));
      if (free !== undefined) free.values.set(field, rows.value(index));
      else there.push({ day, known, values: new Map([[field, rows.value(index)]]) });
      found.set(key, there);
    }
  }
  const rank = ({ known }: TimedRow): number => (Number.isNaN(known) ? Number.MIN_SAFE_INTEGER : known);
  return [...found.values()].flat().toSorted((a, b) => a.day - b.day || rank(a) - rank(b));
}

function cell(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
