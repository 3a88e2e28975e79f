import { quoted } from './cells.ts';
import type { CsvRecord } from './records.ts';
import type { Refuse } from './refusal.ts';

/** A column of values. */
export interface ValueColumn {
  /** Index of its cell in a record. */
  readonly at: number;
  readonly name: string;
}

/** Where a file keeps what. */
export interface Header {
  readonly line: number;
  /** Number of columns; cells beyond have no name. */
  readonly width: number;
  /** Indexes of the cells that hold the date and when the row became known; -1 without such a column. */
  readonly date: number;
  readonly known: number;
  /** Index by name, of the first column of that name. */
  readonly index: ReadonlyMap<string, number>;
  /** Columns that are none of `date`, `symbol`, `known`. */
  readonly values: readonly ValueColumn[];
}

const KEYS = ['date', 'symbol', 'known'];

/** Reads a header; of two columns of one name the second is refused. */
export function readHeader({ cells, line }: CsvRecord, refuse: Refuse): Header {
  const index = new Map<string, number>();
  for (const [at, cell] of cells.entries()) {
    const name = cell.trim();
    if (name === '') continue;
    if (index.has(name)) refuse(line, name, `the header names ${quoted(name)} twice: only the first is read`);
    else index.set(name, at);
  }
  const values = [...index].filter(([name]) => !KEYS.includes(name)).map(([name, at]) => ({ at, name }));
  const [date, known] = [index.get('date') ?? -1, index.get('known') ?? -1];
  return { line, width: cells.length, date, known, index, values };
}

/** The columns a file needs and lacks; refuses the file for the first of them. */
export function hasColumns(header: Header, needed: readonly string[], refuse: Refuse): boolean {
  const missing = needed.find((name) => !header.index.has(name));
  if (missing === undefined) return true;
  const similar = [...header.index.keys()].find((name) => name.toLowerCase() === missing);
  const hint =
    similar === undefined
      ? ''
      : `: in the header write ${missing} instead of ${similar}, since names are case-sensitive`;
  refuse(header.line, missing, `the file has no column ${missing}${hint}`);
  return false;
}
