import * as z from 'zod/mini';
import { type AnswerContext, type ParseAnswer, type ProviderAnswer, refusedAnswer } from '../answer.ts';
import { classifyStatus, isMarkup, propertyOf, readJson, textOf, wordsOf } from '../body.ts';
import { newYorkDate } from '../new-york-date.ts';
import type { PriceReading, PriceRow } from '../price-row.ts';
import { acceptPrices } from '../prices.ts';
import { isSplit } from '../splits.ts';
import { canonicalSymbol } from '../symbols.ts';

/** Evening captures agree with the settled close from an hour after it. */
const YAHOO_READING: PriceReading = { settleMinutes: 45 };

const NUMBERS = z.array(z.unknown());
const SPLIT = z.looseObject({ date: z.number(), numerator: z.number(), denominator: z.number() });
const RESULT = z.looseObject({
  meta: z.looseObject({
    symbol: z.string(),
    exchangeTimezoneName: z.optional(z.literal('America/New_York')),
    dataGranularity: z.optional(z.literal('1d')),
    currency: z.optional(z.literal('USD')),
    priceHint: z.optional(z.int().check(z.minimum(0), z.maximum(8))),
  }),
  timestamp: z.nullish(NUMBERS),
  events: z.nullish(z.looseObject({ splits: z.nullish(z.record(z.string(), SPLIT)) })),
  indicators: z.looseObject({
    quote: z.tuple([z.looseObject({ close: z.nullish(NUMBERS), volume: z.nullish(NUMBERS) })], z.unknown()),
  }),
});
const CHART = z.looseObject({
  chart: z.looseObject({ result: z.tuple([RESULT]), error: z.optional(z.null()) }),
});

/** Reads a chart: closes brought back to what was traded, by the splits the same answer tells of. */
export const parseYahoo: ParseAnswer = (body, context) => {
  const text = textOf(body);
  const reading = readJson(text, context);
  const failed = classifyWall(text, context) ?? ('json' in reading ? classifyError(reading.json) : null);
  const status = failed ?? classifyStatus(text, context);
  if (status !== null) return status;
  if (!('json' in reading)) return reading.answer;
  const parsed = CHART.safeParse(reading.json);
  if (!parsed.success)
    return refusedAnswer('schema', 'this is no chart of Yahoo in dollars by New York dates');
  return readResult(parsed.data.chart.result[0], context);
};

/** Yahoo's quota is a wall: by address, by client, for hours. */
function classifyWall(text: string, { status }: AnswerContext): ProviderAnswer | null {
  const wall =
    status === 401 || status === 403 || status === 429 || /^\s*(?:Edge: )?Too Many Requests/i.test(text);
  const page = status < 500 && isMarkup(text);
  return wall || page ? refusedAnswer('blocked', 'Yahoo does not let this client in') : null;
}

function classifyError(json: unknown): ProviderAnswer | null {
  const chart = propertyOf(propertyOf(json, 'chart'), 'error');
  const error = chart ?? propertyOf(propertyOf(json, 'finance'), 'error');
  const code = wordsOf(error, 'code');
  if (code === 'Not Found') return refusedAnswer('unknown_symbol', 'Yahoo knows no data of the symbol');
  if (code === 'Unauthorized') return refusedAnswer('blocked', 'Yahoo does not let this client in');
  return code === '' ? null : refusedAnswer('schema', 'Yahoo found fault with the request');
}

type Result = z.infer<typeof RESULT>;

function readResult(result: Result, context: AnswerContext): ProviderAnswer {
  const instrument = canonicalSymbol(result.meta.symbol);
  if (context.symbols !== undefined && !context.symbols.includes(instrument)) {
    return refusedAnswer('schema', 'the chart is about a symbol that was not asked for');
  }
  const answer = acceptPrices(rowsOf(instrument, result), context, YAHOO_READING);
  if (result.timestamp !== undefined && result.timestamp !== null) return answer;
  // A chart without any date is what Yahoo sends where it has no day to tell of, and no other format.
  const { kind } = acceptPrices([], context, YAHOO_READING);
  return { ...answer, kind, detail: 'the chart has no dates' };
}

function rowsOf(instrument: string, { meta, timestamp, indicators, events }: Result): readonly PriceRow[] {
  const [quote] = indicators.quote;
  const closes = quote.close ?? [];
  const volumes = quote.volume ?? [];
  const splits = Object.values(events?.splits ?? {}).map(({ date, numerator, denominator }) => ({
    date: newYorkDate(date * 1000) ?? '',
    ratio: numerator / denominator,
  }));
  const length = Math.max(closes.length, timestamp?.length ?? 0);
  return Array.from({ length }, (_, index) => {
    const stamp = timestamp?.[index];
    const date = typeof stamp === 'number' ? (newYorkDate(stamp * 1000) ?? null) : null;
    const later = splits.filter((split) => date !== null && split.date > date);
    return {
      instrument,
      date,
      close: asTraded(closes[index], later, meta.priceHint ?? 2),
      volume: volumes[index],
      split: splits.find((split) => split.date === date)?.ratio,
    };
  });
}

/** Undoes the splits that came after a close, and the noise of single precision. */
function asTraded(close: unknown, later: readonly { readonly ratio: number }[], digits: number): unknown {
  if (typeof close !== 'number' || close <= 0) return close;
  if (!later.every(({ ratio }) => isSplit(ratio))) return Number.NaN;
  const raw = later.reduce((price, { ratio }) => price * ratio, close);
  const rounded = Number(raw.toFixed(Math.max(digits, 2)));
  return rounded > 0 ? rounded : raw;
}
