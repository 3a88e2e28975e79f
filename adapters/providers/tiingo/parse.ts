import * as z from 'zod/mini';
import { newYorkClock } from '../../../shared/calendar/new-york-time.ts';
import { dayOf } from '../../../shared/calendar/date.ts';
import { type AnswerContext, type ParseAnswer, type ProviderAnswer, refusedAnswer } from '../answer.ts';
import { classifyStatus, propertyOf, rateLimited, readJson, sampleOf, textOf, wordsOf } from '../body.ts';
import { newYorkDate } from '../new-york-date.ts';
import type { PriceReading, PriceRow } from '../price-row.ts';
import { acceptPrices } from '../prices.ts';
import { canonicalSymbol } from '../symbols.ts';
import { readTable } from '../table.ts';

/** Tiingo has most closes from 17:30 New York on, an hour and a half after the close. */
const TIINGO_READING: PriceReading = { settleMinutes: 90 };

/** What tells a row of Tiingo from anybody else's: raw and adjusted closes side by side, with what lies between them. */
const ROW = z.looseObject({
  date: z.string(),
  adjClose: z.unknown(),
  divCash: z.unknown(),
  splitFactor: z.unknown(),
  close: z.unknown(),
});
const COLUMNS = ['date', 'close', 'adjClose', 'divCash', 'splitFactor'];
const MIDNIGHT = /^(\d{4}-\d{2}-\d{2})(?:T00:00:00(?:\.0+)?(?:Z|\+00:?00))?$/;
const HOUR_MS = 3_600_000;
const DAY_MINUTES = 1440;

/** Reads daily prices, JSON or CSV: the close as traded, and the split that begins on the row's session. */
export const parseTiingo: ParseAnswer = (body, context) => {
  const text = textOf(body);
  const csv = /^\s*(?:date,|Error:|You have)/.test(text);
  const reading = csv ? { answer: refusedAnswer('schema', 'this is no JSON') } : readJson(text, context);
  const words = 'json' in reading ? saidIn(reading.json) : text.slice(0, 500);
  const failed = classifyWords(words, context) ?? classifyStatus(text, context);
  if (failed !== null) return failed;
  if (csv) return readLines(text, context);
  if (!('json' in reading)) return reading.answer;
  if (!Array.isArray(reading.json)) return refusedAnswer('schema', 'these are no prices of Tiingo');
  return readRows(reading.json, context);
};

/** The words of an answer that is JSON: its message, or all of it. */
function saidIn(json: unknown): string {
  return typeof json === 'string' ? json.slice(0, 500) : wordsOf(json, 'detail', 'message');
}

/** Tiingo tells its limits in words, sometimes as plain text under status 200. */
function classifyWords(words: string, context: AnswerContext): ProviderAnswer | null {
  const worded = /run over your/i.test(words);
  if (worded || context.status === 429) {
    if (/hourly/i.test(words)) return rateLimited('rate_minute', context, nextHour(context));
    if (/daily/i.test(words)) return rateLimited('rate_day', context, nextMidnight(context));
    const monthly = worded || /bandwidth|month/i.test(words);
    return rateLimited(monthly ? 'rate_month' : 'rate_minute', context);
  }
  if (/Ticker '?[^']{0,20}'? not found/i.test(words)) {
    return refusedAnswer('unknown_symbol', 'Tiingo does not know the symbol');
  }
  if (/invalid token|authentication credentials|not have permission/i.test(words)) {
    return refusedAnswer('auth', 'the token is missing, wrong or no longer valid');
  }
  if (/^\s*Error:/.test(words)) return refusedAnswer('schema', sampleOf(words, context));
  if (context.status === 404) return refusedAnswer('unknown_symbol', 'Tiingo does not know the symbol');
  return null;
}

function nextHour({ now }: AnswerContext): number {
  return (Math.floor(now / HOUR_MS) + 1) * HOUR_MS;
}

function nextMidnight({ now }: AnswerContext): number {
  const date = newYorkDate(now);
  return date === undefined ? now : newYorkClock(Number(date.slice(0, 4)))(dayOf(date), DAY_MINUTES);
}

function readLines(text: string, context: AnswerContext): ProviderAnswer {
  const [header = [], ...lines] = readTable(text);
  if (COLUMNS.some((column) => !header.includes(column)) || new Set(header).size < header.length) {
    return refusedAnswer('schema', 'this is no table of Tiingo');
  }
  // A line of another length has lost its end, or something in between.
  const whole = lines.filter((cells) => cells.length === header.length);
  const rows = whole.map((cells) =>
    Object.fromEntries(
      header.map((name, index) => [name, name === 'date' ? cells[index] : numberIn(cells[index])]),
    ),
  );
  return readRows(rows, context);
}

function numberIn(cell: unknown): number | null {
  return typeof cell === 'string' && /^-?\d{1,15}(?:\.\d{1,15})?$/.test(cell.trim()) ? Number(cell) : null;
}

function readRows(rows: readonly unknown[], context: AnswerContext): ProviderAnswer {
  if (rows.length > 0 && !rows.some((row) => ROW.safeParse(row).success)) {
    return refusedAnswer('schema', 'no row is one of Tiingo');
  }
  const [symbol = ''] = context.symbols ?? [];
  const read = rows.map((row) => rowOf(row, symbol));
  if (read.some(({ instrument }) => instrument === '')) {
    return refusedAnswer('schema', 'the rows name no symbol, and none was given');
  }
  return acceptPrices(read, context, TIINGO_READING);
}

/** A row as it is, also where it lacks something: what it lacks is then said of it. */
function rowOf(row: unknown, symbol: string): PriceRow {
  const ticker = wordsOf(row, 'ticker');
  return {
    instrument: ticker === '' ? symbol : canonicalSymbol(ticker.toUpperCase()),
    date: MIDNIGHT.exec(wordsOf(row, 'date'))?.[1] ?? null,
    close: propertyOf(row, 'close'),
    volume: propertyOf(row, 'volume'),
    split: propertyOf(row, 'splitFactor') ?? null,
  };
}
