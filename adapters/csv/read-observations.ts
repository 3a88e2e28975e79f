import type { Days } from '../../shared/series/days.ts';
import { isInstrumentName, PRICED_FIELDS, takenBy } from '../../shared/series/declare.ts';
import type { Field, Market } from '../../shared/series/market.ts';
import type { GrowingRows } from '../../shared/series/rows.ts';
import { quoted, readDate, readKnown, readValue } from './cells.ts';
import { type Header, hasColumns, type ValueColumn } from './header.ts';
import type { CsvRecord } from './records.ts';
import type { Refuse } from './refusal.ts';

/** What reading a file of observations needs, and where it puts what it finds. */
export interface ObservationSink {
  readonly market: Market;
  readonly days: Days;
  /** Rows to append to. */
  rows(instrument: string, field: string): GrowingRows;
  /** Notes that a priced instrument is not declared. */
  undeclared(instrument: string): void;
}

/** One file being read. */
interface OpenFile {
  /** The file's name without its ending. */
  readonly stem: string;
  readonly header: Header;
  readonly sink: ObservationSink;
  readonly refuse: Refuse;
}

/** How the rows of one instrument are read from one file. */
interface Plan {
  readonly columns: readonly (ValueColumn & { readonly field: Field; readonly rows: GrowingRows })[];
  /** Columns the instrument has no field for. */
  readonly unknown: readonly ValueColumn[];
}

/** Reads a file of observations in either shape: with a `symbol` column, or named after its instrument. */
export function readObservations(file: OpenFile, records: Iterable<CsvRecord>): void {
  const { header, refuse } = file;
  if (!hasColumns(header, ['date'], refuse)) return;
  const unknown = unknownColumns(header, refuse);
  if (header.index.has('symbol')) readLong(file, records, unknown);
  else readWide(file, records, unknown);
}

function readWide(file: OpenFile, records: Iterable<CsvRecord>, unknown: UnknownColumns): void {
  const { stem, header, refuse } = file;
  const plan = planFor(file, stem);
  if (typeof plan === 'string') {
    refuse(header.line, '', plan);
    return;
  }
  for (const column of plan.unknown) unknown.report(column.name, stem);
  for (const record of records) readRow(file, record, plan);
}

function readLong(file: OpenFile, records: Iterable<CsvRecord>, unknown: UnknownColumns): void {
  const { header, refuse } = file;
  const at = header.index.get('symbol') ?? -1;
  const plans = new Map<string, Plan | string>();
  for (const record of records) {
    const symbol = cellAt(record, at);
    let plan = plans.get(symbol);
    if (plan === undefined) {
      // A cell is a view into a portion of the file: kept as it is, it would keep all of it.
      const name = Buffer.from(symbol).toString();
      plan = planFor(file, name);
      plans.set(name, plan);
      if (typeof plan !== 'string') unknown.meet(name, plan);
    }
    if (typeof plan === 'string') {
      if (!isEmpty(record)) refuse(record.line, 'symbol', plan);
      continue;
    }
    for (const column of plan.unknown)
      if (cellAt(record, column.at) !== '') unknown.report(column.name, symbol);
    readRow(file, record, plan);
  }
  unknown.finish();
}

/** How to read an instrument's rows, or why they cannot be. */
function planFor({ header, sink }: OpenFile, instrument: string): Plan | string {
  if (instrument === '') return 'the symbol is missing';
  if (!isInstrumentName(instrument)) return `${quoted(instrument)} cannot name an instrument`;
  const holder = takenBy(sink.market, instrument);
  if (holder !== null) return `${instrument} is no instrument: it is ${holder}`;
  const fields = sink.market.instruments.get(instrument)?.fields ?? PRICED_FIELDS;
  const columns = header.values.flatMap((column) => {
    const field = fields.get(column.name);
    return field === undefined ? [] : [{ ...column, field, rows: sink.rows(instrument, column.name) }];
  });
  if (!sink.market.instruments.has(instrument)) {
    if (columns.length === 0) return `${instrument} is not declared, and there is no column with its prices`;
    sink.undeclared(instrument);
  }
  return { columns, unknown: header.values.filter(({ name }) => !fields.has(name)) };
}

function readRow({ header, sink, refuse }: OpenFile, record: CsvRecord, plan: Plan): void {
  const { days } = sink;
  const date = readDate(cellAt(record, header.date), days);
  if ('reason' in date) {
    if (!isEmpty(record)) refuse(record.line, 'date', date.reason);
    return;
  }
  const known = header.known < 0 ? NOT_SAID : readKnown(cellAt(record, header.known), days);
  if ('reason' in known) {
    // Without its time a value is either a first one or a revision, and which of them would be a guess.
    refuse(record.line, 'known', `${known.reason}, so the row is not taken`);
    return;
  }
  const shifted =
    record.cells.length > header.width && record.cells.slice(header.width).some((cell) => cell.trim() !== '');
  for (const { at, name, field, rows } of plan.columns) {
    const text = cellAt(record, at);
    if (text === '') continue;
    const cell = shifted ? tooLong(record, header) : readValue(text, field, { name, day: date.value, days });
    if ('reason' in cell) refuse(record.line, name, cell.reason);
    else rows.append(date.value, cell.value, known.value);
  }
}

const NOT_SAID = { value: Number.NaN };

/** A comma too many, as in 1,000 without quotes, moves values into other columns: none of the row can be trusted. */
function tooLong({ cells }: CsvRecord, { width }: Header): { reason: string } {
  return {
    reason: `the row has ${cells.length} cells and the header ${width}, so values may stand in wrong columns`,
  };
}

function cellAt({ cells }: CsvRecord, at: number): string {
  return cells[at]?.trim() ?? '';
}

function isEmpty({ cells }: CsvRecord): boolean {
  return cells.every((cell) => cell.trim() === '');
}

/** Columns no field stands behind: one finding each, however many rows have them. */
interface UnknownColumns {
  report(column: string, instrument: string): void;
  /** Notes which columns an instrument of a long file has fields for. */
  meet(instrument: string, plan: Plan): void;
  /** Reports the columns that no instrument of a long file has a field for. */
  finish(): void;
}

function unknownColumns(header: Header, refuse: Refuse): UnknownColumns {
  const reported = new Set<string>();
  const served = new Set<string>();
  let someone = '';
  const report = (column: string, instrument: string): void => {
    if (reported.has(column)) return;
    reported.add(column);
    const lower = column.toLowerCase();
    const hint =
      lower !== column && PRICED_FIELDS.has(lower)
        ? ` (did you mean ${lower}? Names are case-sensitive)`
        : '';
    refuse(header.line, column, `${instrument} has no field ${column}${hint}: the column is not read`);
  };
  return {
    report,
    meet(instrument, plan) {
      someone = instrument;
      for (const { name } of plan.columns) served.add(name);
    },
    finish() {
      if (someone === '') return;
      for (const { name } of header.values) if (!served.has(name)) report(name, someone);
    },
  };
}
