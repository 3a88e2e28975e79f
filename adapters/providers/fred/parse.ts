import * as z from 'zod/mini';
import { type AnswerContext, type ParseAnswer, type ProviderAnswer, refusedAnswer } from '../answer.ts';
import { classifyStatus, propertyOf, rateLimited, readJson, textOf, wordsOf } from '../body.ts';
import { acceptLevels, levelAnswer, readFigure } from '../levels.ts';
import { TARGET_RANGE, TARGET_SERIES, targetSeriesOf } from '../policy-rate.ts';

/** Only the plain level (`lin`) is a rate; every other unit FRED offers is computed from it. */
const ANSWER = z.looseObject({
  units: z.optional(z.literal('lin')),
  observations: z.array(z.unknown()),
});
const ROW = z.looseObject({ date: z.string(), value: z.unknown() });
const FAULT = 'FRED found fault with the request';

/** Reads observations of one series; the answer does not say which, so the symbol asked for does. */
export const parseFred: ParseAnswer = (body, context) => {
  const text = textOf(body);
  const xml = /^\s*<(?:\?xml|error)\b/.test(text);
  const reading = readJson(text, context);
  const failed = classifyMessage(text, 'json' in reading ? reading.json : undefined, context);
  // An error in XML is FRED's own word under this status, and no page of anybody who stands before it.
  const fault = xml && context.status === 400 ? refusedAnswer('schema', FAULT) : null;
  const refused = failed ?? fault ?? classifyStatus(text, context);
  if (refused !== null) return refused;
  if (xml) return refusedAnswer('schema', 'FRED answers in XML unless it is asked for JSON');
  if (!('json' in reading)) return reading.answer;
  const parsed = ANSWER.safeParse(reading.json);
  if (!parsed.success) return refusedAnswer('schema', 'these are no observations of FRED');
  const place = TARGET_SERIES.get(targetSeriesOf(context.symbols?.[0]) ?? '');
  if (place === undefined) return refusedAnswer('schema', 'this series is not one Tidemark takes from FRED');
  const rows = parsed.data.observations.map((row) => {
    const { data } = ROW.safeParse(row);
    return { ...place, date: data?.date ?? null, value: readFigure(data?.value) };
  });
  return levelAnswer(acceptLevels(rows, context, TARGET_RANGE));
};

function classifyMessage(text: string, json: unknown, context: AnswerContext): ProviderAnswer | null {
  const xml = /^\s*(?:<\?xml[^>]*>\s*)?<error code="\d+" message="([^"]*)"/.exec(text)?.[1];
  const words = xml ?? (propertyOf(json, 'error_code') === undefined ? '' : wordsOf(json, 'error_message'));
  if (/api_key/.test(words)) return refusedAnswer('auth', 'the key is missing, wrong or not registered');
  if (/too many requests|rate limit/i.test(words)) return rateLimited('rate_minute', context);
  if (/series does not exist/i.test(words)) return refusedAnswer('schema', 'FRED has no such series');
  if (/internal server error/i.test(words)) return refusedAnswer('transient', 'FRED failed');
  return words === '' || context.status >= 400 ? null : refusedAnswer('schema', FAULT);
}
