import { isDate } from '../../../shared/calendar/date.ts';
import { type AnswerContext, type ProviderAnswer, refusedAnswer } from '../answer.ts';
import { acceptLevels, levelAnswer, readFigure } from '../levels.ts';
import { canonicalSymbol } from '../symbols.ts';
import { type Fund, fundOf, readAsOf } from './funds.ts';
import { readSpreadsheet, type SheetRow } from './spreadsheet.ts';

const TICKER = /^[A-Z][A-Z0-9]{0,6}(?:[./-][A-Z])?$/;
const TOP = 10;
const ENOUGH_LINES = 0.9;
/** Percent that the weights of all shares come to, 99.9 as published: without the largest line it is 92 or less. */
const FULL_WEIGHT = { lowest: 97, highest: 102 };
/** Percent that the ten largest of a broad index can hold. */
const TOP_RANGE = { lowest: 10, highest: 60 };

/** Reads a fund's holdings: the weight of its ten largest lines (two lines of one company count twice), and its members. */
export function parseHoldings(body: Uint8Array, context: AnswerContext): ProviderAnswer {
  const reading = readSpreadsheet(body);
  if ('fault' in reading) {
    return reading.fault === 'cut'
      ? refusedAnswer('transient', 'the spreadsheet is cut short')
      : refusedAnswer('schema', 'this is no spreadsheet of holdings');
  }
  const { rows } = reading;
  const header = rows.findIndex((row) => {
    const titles = [...row.values()];
    return titles.includes('Name') && titles.includes('Ticker');
  });
  const titles = rows[header];
  if (titles === undefined) return refusedAnswer('schema', 'the header of the holdings is missing');
  const columnOf = (title: string): string | undefined =>
    [...titles].find(([, text]) => text.toLowerCase() === title.toLowerCase())?.[0];
  const columns = {
    ticker: columnOf('Ticker'),
    weight: columnOf('Weight'),
    currency: columnOf('Local Currency'),
  };
  const { fund, asOf } = readPreamble(rows.slice(0, header));
  const [symbol] = context.symbols ?? [];
  if (fund === undefined || (symbol !== undefined && fundOf(symbol) !== fund)) {
    return refusedAnswer('schema', 'the file is about another fund');
  }
  if (asOf === null || !isDate(asOf))
    return refusedAnswer('schema', 'the file does not say which day it is of');
  return readLines(rows.slice(header + 1), columns, { fund, asOf }, context);
}

function readPreamble(rows: readonly SheetRow[]): { fund: Fund | undefined; asOf: string | null } {
  const cells = rows.map((row) => [...row.values()]);
  const valueOf = (label: string): string => {
    const found = cells.find(([first]) => first?.toLowerCase().startsWith(label));
    return found?.slice(1).join(' ') ?? '';
  };
  const ticker = valueOf('ticker').trim();
  const fund = fundOf(ticker);
  return { fund: fund?.ticker === ticker ? fund : undefined, asOf: readAsOf(valueOf('holdings')) };
}

interface Columns {
  readonly ticker: string | undefined;
  readonly weight: string | undefined;
  readonly currency: string | undefined;
}

function readLines(
  rows: readonly SheetRow[],
  columns: Columns,
  { fund, asOf }: { readonly fund: Fund; readonly asOf: string },
  context: AnswerContext,
): ProviderAnswer {
  if (columns.ticker === undefined || columns.weight === undefined) {
    return refusedAnswer('schema', 'the holdings have no column of tickers or of weights');
  }
  const { ticker, weight, currency } = columns;
  const shares = rows.filter(
    (row) => TICKER.test(row.get(ticker) ?? '') && (currency === undefined || row.get(currency) === 'USD'),
  );
  const members = [...new Set(shares.map((row) => canonicalSymbol(row.get(ticker) ?? '')))].toSorted();
  if (members.length < ENOUGH_LINES * fund.lines) {
    return refusedAnswer('schema', `${members.length} lines, where about ${fund.lines} were expected`);
  }
  const weights = shares.map((row) => weightIn(row.get(weight)));
  const total = weights.reduce((sum, share) => sum + share, 0);
  if (!(total >= FULL_WEIGHT.lowest && total <= FULL_WEIGHT.highest)) {
    return refusedAnswer('schema', 'the weights do not come to a whole, in percent');
  }
  const membership = { universe: fund.universe, asOf, instruments: members };
  if (fund.index !== 'SP500') return { ...refusedAnswer('ok', ''), members: membership };
  // No share of a broad index weighs nothing: a nought stands for a weight that is missing, and it may be of the ten largest.
  if (weights.includes(0)) return refusedAnswer('schema', 'a share has no weight');
  const largest = weights.toSorted((a, b) => b - a).slice(0, TOP);
  // Adding ten decimals leaves dust behind the fourth place that the file has.
  const value = Number(largest.reduce((sum, share) => sum + share, 0).toFixed(6));
  const row = { instrument: fund.index, field: 'top10_weight', date: asOf, value };
  const answer = levelAnswer(acceptLevels([row], context, TOP_RANGE));
  return answer.kind === 'ok' ? { ...answer, members: membership } : answer;
}

/** A weight in percent; NaN, which spoils the total, where a cell has none: the largest might be missing. */
function weightIn(cell: string | undefined): number {
  const plain = cell?.replace(/%$/, '') ?? '';
  const exponent = /^\d(?:\.\d{1,17})?[eE]-?\d{1,2}$/.test(plain) ? Number(plain) : null;
  const figure = exponent ?? readFigure(plain.replace(/^(\d+\.\d{9})\d+$/, '$1'));
  return typeof figure === 'number' && figure >= 0 ? figure : Number.NaN;
}
