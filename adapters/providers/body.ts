import type { Instant } from '../../shared/calendar/calendar.ts';
import { type AnswerContext, type ProviderAnswer, refusedAnswer } from './answer.ts';
import { redact } from './redact.ts';

/** No answer of any provider is longer. */
export const LONGEST_BODY = 8 * 1024 * 1024;
/** The one form of a date that HTTP has now; a parser of dates would make one of `-5` as well. */
const HTTP_DATE = /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/;
/** A provider that is mistaken by days should cost one. */
const LONGEST_WAIT_SECONDS = 86_400;
const SAMPLE = 120;
const LONGEST_SEARCHED = 100_000;

/** A body's text without its byte order mark; bytes that are no UTF-8 become replacement characters. */
export function textOf(body: Uint8Array): string {
  return new TextDecoder().decode(body);
}

/** Whether a text is a page or another document in angle brackets, where data was expected. */
export function isMarkup(text: string): boolean {
  return /^\s*</.test(text);
}

/** The beginning of a body for a reader, on one line. */
export function sampleOf(text: string, { secrets = [] }: Pick<AnswerContext, 'secrets'>): string {
  // Secrets go first: half of one would be left where the sample ends. Control characters go too, which would let a
  // body write over the terminal that shows it.
  const plain = redact(text.slice(0, LONGEST_SEARCHED), secrets)
    .slice(0, 4 * SAMPLE)
    .replaceAll(/[\p{Cc}\p{Cf}\s]+/gu, ' ')
    .trim();
  return JSON.stringify(plain.length > SAMPLE ? `${plain.slice(0, SAMPLE)}…` : plain);
}

/**
 * What the status alone says, once the body has said nothing: null where it is a success and the body is to be read.
 * `forbidden` is what this provider means by 401 and 403.
 */
export function classifyStatus(text: string, context: AnswerContext): ProviderAnswer | null {
  const { status } = context;
  if (status >= 200 && status < 300) return null;
  if (status >= 500 || status === 408 || status === 425) {
    const retryAt = retryAfter(context);
    const answer = refusedAnswer('transient', `the provider answered with status ${status}`);
    return retryAt === undefined ? answer : { ...answer, retryAt };
  }
  if (status === 429) return rateLimited('rate_minute', context);
  if (isMarkup(text)) return refusedAnswer('blocked', `a page came with status ${status}`);
  if (status === 401 || status === 403) {
    return refusedAnswer('auth', `the provider refused the key with status ${status}`);
  }
  if (status >= 300 && status < 400) return refusedAnswer('blocked', `a redirect came with status ${status}`);
  return refusedAnswer('schema', `status ${status} with ${sampleOf(text, context)}`);
}

/** A quota is used up; waits as long as `Retry-After` says, else until `until`. */
export function rateLimited(
  kind: 'rate_minute' | 'rate_day' | 'rate_month',
  context: AnswerContext,
  until?: Instant,
): ProviderAnswer {
  const retryAt = retryAfter(context) ?? until;
  const answer = refusedAnswer(kind, 'the quota is used up');
  return retryAt === undefined ? answer : { ...answer, retryAt };
}

/** When `Retry-After` allows another try, in seconds or as a date; undefined where it says nothing sensible. */
function retryAfter({ headers, now }: AnswerContext): Instant | undefined {
  const said = headers['retry-after']?.trim();
  if (said === undefined || said === '') return undefined;
  if (!/^\d{1,9}$/.test(said) && !HTTP_DATE.test(said)) return undefined;
  const seconds = HTTP_DATE.test(said) ? (Date.parse(said) - now) / 1000 : Number(said);
  if (!Number.isFinite(seconds)) return undefined;
  return now + Math.min(Math.max(seconds, 0), LONGEST_WAIT_SECONDS) * 1000;
}

/** The JSON of a body, or what it is instead. */
export type JsonReading = { readonly json: unknown } | { readonly answer: ProviderAnswer };

/** Reads JSON; what is cut short may be tried again, what is something else is not. */
export function readJson(text: string, context: Pick<AnswerContext, 'secrets'>): JsonReading {
  try {
    return { json: JSON.parse(text) as unknown };
  } catch {
    if (isMarkup(text)) return { answer: refusedAnswer('blocked', `a page where data was expected`) };
    if (isCut(text)) return { answer: refusedAnswer('transient', 'the answer is cut short') };
    return { answer: refusedAnswer('schema', `no JSON: ${sampleOf(text, context)}`) };
  }
}

/** Every answer is an object, or an array of objects. */
const BEGINNING = /^\s*(?:$|\{\s*(?:$|")|\[\s*(?:$|\{))/;
/** What stands between the texts of a JSON document. */
const BETWEEN = /[\s\d+\-.,:eEtrufalsn]/;

/** Whether a text that is no JSON is the beginning of one: everything in it belongs there, and its end has not come. */
function isCut(text: string): boolean {
  if (!BEGINNING.test(text)) return false;
  let depth = 0;
  let inText = false;
  for (let at = 0; at < text.length; at += 1) {
    const character = text.charAt(at);
    if (inText) {
      if (character === '\\') at += 1;
      else if (character === '"') inText = false;
    } else if (character === '"') inText = true;
    else if (character === '[' || character === '{') depth += 1;
    else if (character === ']' || character === '}') {
      depth -= 1;
      if (depth === 0) return false;
    } else if (!BETWEEN.test(character)) return false;
  }
  return true;
}

/** A property of something that came as JSON; undefined where there is none of its own. */
export function propertyOf(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
  return (value as Record<string, unknown>)[name];
}

/** A text among the properties of something that came as JSON; empty where it is none. */
export function wordsOf(value: unknown, ...names: readonly string[]): string {
  return names
    .map((name) => propertyOf(value, name))
    .filter((said) => typeof said === 'string')
    .join(' ');
}
