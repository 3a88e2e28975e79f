import * as z from 'zod/mini';
import {
  type AnswerContext,
  type ParseAnswer,
  type ProviderAnswer,
  refusedAnswer,
  type RefusedValue,
} from '../answer.ts';
import { classifyStatus, rateLimited, readJson, textOf, wordsOf } from '../body.ts';
import { newYorkMoment } from '../new-york-date.ts';
import type { PriceReading, PriceRow } from '../price-row.ts';
import { acceptPrices } from '../prices.ts';

/** A capture on record treats a bar as final from 45 minutes after the close. */
const ALPACA_READING: PriceReading = { settleMinutes: 45 };

const TOKEN = z.nullish(z.string().check(z.maxLength(500)));
const BARS = z.array(z.unknown());
const BATCH = z.looseObject({
  bars: z.nullable(z.record(z.string(), z.nullable(BARS))),
  next_page_token: TOKEN,
});
const SINGLE = z.looseObject({ symbol: z.string(), bars: z.nullable(BARS), next_page_token: TOKEN });
const BAR = z.looseObject({ t: z.string() });

const STAMP = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?(?:Z|[+-]\d{2}:\d{2})$/;
/** Trading before the open begins at four: a bar that starts later is no bar of a day. */
const LATEST_START = 240;

/** Reads daily bars: `{bars: {SYMBOL: [{t, c, v, …}]}, next_page_token}`, or those of one symbol. */
export const parseAlpaca: ParseAnswer = (body, context) => {
  const text = textOf(body);
  const reading = readJson(text, context);
  const said = 'json' in reading ? classifyMessage(reading.json, context) : null;
  const failed = said ?? classifyStatus(text, context);
  if (failed !== null) return failed;
  if (!('json' in reading)) return reading.answer;
  const { json } = reading;
  const single = SINGLE.safeParse(json);
  if (single.success) {
    const { symbol, bars, next_page_token: next } = single.data;
    return read([[symbol, bars]], next, context);
  }
  const batch = BATCH.safeParse(json);
  if (!batch.success) return refusedAnswer('schema', 'these are no bars of Alpaca');
  return read(Object.entries(batch.data.bars ?? {}), batch.data.next_page_token, context);
};

/** Errors are told by their message: the status alone says too little. */
function classifyMessage(json: unknown, context: AnswerContext): ProviderAnswer | null {
  const message = wordsOf(json, 'message');
  if (message === '') return null;
  const [, symbol] = /invalid symbol:?\s*"?([\w.^/-]{1,12})(?![\w.^/-])/i.exec(message) ?? [];
  if (symbol !== undefined) return unknownSymbol(symbol);
  if (/recent SIP data/i.test(message)) {
    return refusedAnswer('not_yet', 'the plan gives prices only fifteen minutes later');
  }
  if (/subscription does not permit|not entitled/i.test(message)) {
    return refusedAnswer('entitlement', 'the plan does not include this');
  }
  if (/too many requests|rate limit/i.test(message)) return rateLimited('rate_minute', context);
  if (/forbidden|unauthorized|not authorized|access key/i.test(message)) {
    return refusedAnswer('auth', 'the key pair is missing, wrong or no longer valid');
  }
  return null;
}

function unknownSymbol(symbol: string): ProviderAnswer {
  const refused: RefusedValue = {
    reason: 'unknown_symbol',
    detail: `${symbol} is unknown, and spoils the whole batch`,
    instrument: symbol,
  };
  return { ...refusedAnswer('unknown_symbol', refused.detail), refused: [refused] };
}

function read(
  entries: readonly (readonly [string, readonly unknown[] | null])[],
  next: string | null | undefined,
  context: AnswerContext,
): ProviderAnswer {
  const rows = entries.flatMap(([symbol, bars]) => (bars ?? []).map((bar) => rowOf(symbol, bar)));
  const answer = acceptPrices(rows, context, ALPACA_READING);
  return typeof next === 'string' && next !== '' ? { ...answer, next } : answer;
}

function rowOf(instrument: string, bar: unknown): PriceRow {
  const parsed = BAR.safeParse(bar);
  if (!parsed.success) return { instrument, date: null, close: null };
  const { t, c, v } = parsed.data;
  return { instrument, date: dateOf(t), close: c, volume: v };
}

/** A bar's stamp is midnight in New York as an instant: its date there, never the date it is written with. */
function dateOf(stamp: string): string | null {
  const moment = STAMP.test(stamp) ? newYorkMoment(Date.parse(stamp)) : undefined;
  return moment !== undefined && moment.minute < LATEST_START ? moment.date : null;
}
