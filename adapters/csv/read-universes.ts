import { isDate } from '../../shared/calendar/date.ts';
import type { MembershipSpan } from '../../shared/series/archive.ts';
import { isInstrumentName, takenBy } from '../../shared/series/declare.ts';
import type { Market } from '../../shared/series/market.ts';
import { type Cell, quoted } from './cells.ts';
import { type Header, hasColumns } from './header.ts';
import type { CsvRecord } from './records.ts';
import type { Refuse } from './refusal.ts';

const COLUMNS = ['universe', 'symbol', 'from', 'to'];

/** Reads `universes.csv`: dated membership, `from` inclusive, `to` exclusive, null where the cell is empty. */
export function readUniverses(
  { header, market, refuse }: { header: Header; market: Market; refuse: Refuse },
  records: Iterable<CsvRecord>,
): MembershipSpan[] {
  if (!hasColumns(header, COLUMNS, refuse)) return [];
  for (const name of header.index.keys()) {
    if (!COLUMNS.includes(name))
      refuse(header.line, name, `${name} is no column of dated membership: it is not read`);
  }
  const spans: MembershipSpan[] = [];
  for (const record of records) {
    const span = readSpan(record, header, market);
    if (span === null) continue;
    if ('reason' in span) refuse(record.line, span.column, span.reason);
    else spans.push(span.value);
  }
  return spans;
}

type SpanCell = { readonly value: MembershipSpan } | { readonly column: string; readonly reason: string };

/** One row; null where all its cells are empty. */
function readSpan({ cells }: CsvRecord, header: Header, market: Market): SpanCell | null {
  const cell = (name: string): string =>
    Buffer.from(cells[header.index.get(name) ?? -1]?.trim() ?? '').toString();
  const universe = cell('universe');
  const instrument = cell('symbol');
  if (cells.every((text) => text.trim() === '')) return null;
  const unfit = unfitUniverse(market, universe);
  if (unfit !== null) return { column: 'universe', reason: unfit };
  const holder = takenBy(market, instrument);
  if (holder !== null) return { column: 'symbol', reason: `${instrument} is no instrument: it is ${holder}` };
  if (!isInstrumentName(instrument)) {
    return { column: 'symbol', reason: `${quoted(instrument)} cannot name an instrument` };
  }
  const from = readEdge(cell('from'));
  if ('reason' in from) return { column: 'from', ...from };
  const to = readEdge(cell('to'));
  if ('reason' in to) return { column: 'to', ...to };
  if (from.value !== null && to.value !== null && to.value <= from.value) {
    return { column: 'to', reason: `${to.value} does not come after ${from.value}` };
  }
  return { value: { universe, instrument, from: from.value, to: to.value } };
}

/** Why a universe cannot have dated members; null when it can. */
function unfitUniverse({ universes }: Market, name: string): string | null {
  const universe = universes.get(name);
  if (universe === undefined) return `${quoted(name)} is not declared as a universe`;
  return universe.members === null ? null : `the members of ${name} are declared as a list, not as dated`;
}

/** An edge of membership may lie outside the calendar: a company joined an index before 1980. */
function readEdge(text: string): Cell<string | null> {
  if (text === '') return { value: null };
  return isDate(text) ? { value: text } : { reason: `${quoted(text)} is no date such as 2026-01-31` };
}
