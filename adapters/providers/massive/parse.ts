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
import { acceptPrices, isSettled } from '../prices.ts';

/** Paid plans answer on the evening; the free one refuses until midnight by itself. Of two rows the busier one counts. */
const MASSIVE_READING: PriceReading = { settleMinutes: 45, prefer: 'higher volume' };

const ANSWER = z.looseObject({
  status: z.enum(['OK', 'DELAYED']),
  adjusted: z.optional(z.boolean()),
  results: z.nullish(z.array(z.unknown())),
  resultsCount: z.optional(z.number()),
  ticker: z.optional(z.string()),
  next_url: z.optional(z.string().check(z.maxLength(2000))),
});
const ROW = z.looseObject({ t: z.number() });
/** A day's bar is stamped with midnight (range) or the close (grouped), which early closes may bring to 13:00. */
const EARLIEST_CLOSE = 13 * 60;
const LATEST_CLOSE = 16 * 60 + 15;
const MINUTE_MS = 60_000;

/** Reads the bars of all symbols on one session (grouped), or those of one symbol over a range. */
export const parseMassive: ParseAnswer = (body, context) => {
  const text = textOf(body);
  const reading = readJson(text, context);
  const said = 'json' in reading ? classifyMessage(reading.json, context) : null;
  const failed = said ?? classifyStatus(text, context);
  if (failed !== null) return failed;
  if (!('json' in reading)) return reading.answer;
  const parsed = ANSWER.safeParse(reading.json);
  if (!parsed.success) return refusedAnswer('schema', 'this is no answer of Massive');
  return readAnswer(parsed.data, context);
};

/** Status 403 means four different things here: the words tell which. */
function classifyMessage(json: unknown, context: AnswerContext): ProviderAnswer | null {
  const words = wordsOf(json, 'message', 'error');
  if (/maximum requests per minute/i.test(words)) {
    return rateLimited('rate_minute', context, (Math.floor(context.now / MINUTE_MS) + 1) * MINUTE_MS);
  }
  if (/before end of day/i.test(words)) {
    return refusedAnswer('not_yet', 'the plan gives a session only after midnight in New York');
  }
  if (/not entitled|upgrade your plan/i.test(words)) {
    return refusedAnswer('entitlement', 'the plan does not include this');
  }
  if (/api key/i.test(words)) return refusedAnswer('auth', 'the key is missing, wrong or no longer valid');
  return null;
}

function readAnswer(answer: z.infer<typeof ANSWER>, context: AnswerContext): ProviderAnswer {
  const { results, resultsCount, ticker, next_url: next, adjusted } = answer;
  if (resultsCount === 0 || results?.length === 0) return emptyAnswer(context);
  if (!Array.isArray(results)) return refusedAnswer('schema', 'the results are missing');
  const { symbols } = context;
  if (ticker !== undefined && symbols !== undefined && !symbols.includes(ticker)) {
    return refusedAnswer('schema', 'the answer is about a symbol that was not asked for');
  }
  const rows = ticker === undefined ? groupedRows(results, context) : rangeRows(results, ticker);
  if (rows.length === 0 && symbols === undefined) return refusedAnswer('schema', 'no row is one of Massive');
  const accepted = sameSession(rows, acceptPrices(rows, context, MASSIVE_READING), ticker, context);
  return {
    ...accepted,
    ...(adjusted === false ? {} : { basis: 'split_adjusted' as const }),
    ...(next === undefined ? {} : { next }),
  };
}

/** No rows: a closed market, a session not out yet, or a gap; only the calendar can tell. */
function emptyAnswer(context: AnswerContext): ProviderAnswer {
  const { session, calendar } = context;
  const open = session !== undefined && calendar.covers(session) && calendar.ordinal(session) !== undefined;
  if (!open) return refusedAnswer('no_session', 'the market was closed');
  if (!isSettled(session, context, MASSIVE_READING))
    return refusedAnswer('not_yet', `${session} is not out yet`);
  return refusedAnswer('missing_day', `${session} was a session, and Massive has no rows of it`);
}

/** Rows of the symbols asked for; thousands of others are none of our business. */
function groupedRows(results: readonly unknown[], { symbols }: AnswerContext): readonly PriceRow[] {
  const wanted = symbols === undefined ? undefined : new Set(symbols);
  const dateAt = rememberedDates();
  return results.flatMap((row): PriceRow[] => {
    const symbol = wordsOf(row, 'T');
    if (symbol === '' || (wanted !== undefined && !wanted.has(symbol))) return [];
    return [rowOf(symbol, row, dateAt)];
  });
}

function rangeRows(results: readonly unknown[], ticker: string): readonly PriceRow[] {
  const dateAt = rememberedDates();
  return results.map((row) => rowOf(ticker, row, dateAt));
}

function rowOf(instrument: string, row: unknown, dateAt: (stamp: number) => string | null): PriceRow {
  const parsed = ROW.safeParse(row);
  if (!parsed.success) return { instrument, date: null, close: null };
  const { t, c, v } = parsed.data;
  return { instrument, date: dateAt(t), close: c, volume: v };
}

/** The date of a stamp; thousands of rows share one. */
function rememberedDates(): (stamp: number) => string | null {
  const known = new Map<number, string | null>();
  return (stamp) => {
    const found = known.get(stamp);
    if (found !== undefined) return found;
    const date = dateOf(stamp);
    known.set(stamp, date);
    return date;
  };
}

function dateOf(stamp: number): string | null {
  const moment = newYorkMoment(stamp);
  if (moment === undefined) return null;
  const { date, minute } = moment;
  return minute === 0 || (minute >= EARLIEST_CLOSE && minute <= LATEST_CLOSE) ? date : null;
}

/** A grouped answer is about one session: values of any other are refused. */
function sameSession(
  rows: readonly PriceRow[],
  answer: ProviderAnswer,
  ticker: string | undefined,
  { session }: AnswerContext,
): ProviderAnswer {
  if (ticker !== undefined || session === undefined || rows.every(({ date }) => date === session))
    return answer;
  const others = answer.accepted.filter((value) => value.session !== session);
  const refused = others.map(
    ({ instrument, field, session: date }): RefusedValue => ({
      reason: 'wrong_session',
      detail: `${session} was asked for`,
      instrument,
      field,
      session: date,
    }),
  );
  return {
    ...answer,
    accepted: answer.accepted.filter((value) => value.session === session),
    refused: [...answer.refused, ...refused],
  };
}
