import type { AnswerKind, ProviderName } from '../../adapters/providers/answer.ts';
import { bytes } from './bodies.ts';

/** An error as a provider was recorded to send it, and what it means. */
export interface RecordedError {
  readonly provider: ProviderName;
  readonly name: string;
  readonly status: number;
  readonly body: Uint8Array;
  readonly kind: AnswerKind;
}

const rows: readonly (readonly [ProviderName, string, number, unknown, AnswerKind])[] = [
  ['alpaca', 'a symbol that spoils the batch', 400, { message: 'invalid symbol: BRK-B' }, 'unknown_symbol'],
  [
    'alpaca',
    'an end within the last minutes',
    403,
    { code: 42210000, message: 'subscription does not permit querying recent SIP data' },
    'not_yet',
  ],
  ['alpaca', 'a wrong key', 403, { message: 'forbidden.' }, 'auth'],
  ['alpaca', 'a missing key', 401, { message: 'authorization required' }, 'auth'],
  ['alpaca', 'too many requests', 429, { message: 'too many requests.' }, 'rate_minute'],
  ['alpaca', 'a gateway that gives up', 504, 'upstream request timeout', 'transient'],
  ['tiingo', 'an unknown ticker', 404, { detail: "Error: Ticker 'GONE' not found" }, 'unknown_symbol'],
  ['tiingo', 'an unknown ticker in the table form', 200, "Error: Ticker 'GONE' not found", 'unknown_symbol'],
  [
    'tiingo',
    'the quota of the hour',
    429,
    { detail: 'Error: You have run over your hourly request allocation.' },
    'rate_minute',
  ],
  [
    'tiingo',
    'the quota of the day',
    429,
    { detail: 'Error: You have run over your daily request allocation.' },
    'rate_day',
  ],
  [
    'tiingo',
    'the quota of symbols, as text of status 200',
    200,
    'You have run over your 500 symbol look up for this month. Please upgrade at https://api.tiingo.com/pricing to have your limits increased.',
    'rate_month',
  ],
  ['tiingo', 'a wrong token', 401, { detail: 'Invalid token.' }, 'auth'],
  ['tiingo', 'no rows', 200, [], 'missing_day'],
  [
    'massive',
    'a session before midnight',
    403,
    {
      status: 'NOT_AUTHORIZED',
      request_id: 'r',
      message:
        "Attempted to request today's data before end of day. Please upgrade your plan at https://polygon.io/pricing",
    },
    'not_yet',
  ],
  [
    'massive',
    'a session older than the plan',
    403,
    {
      status: 'NOT_AUTHORIZED',
      request_id: 'r',
      message: 'You are not entitled to this data. Please upgrade your plan at https://massive.com/pricing',
    },
    'entitlement',
  ],
  ['massive', 'an unknown key', 401, { status: 'ERROR', request_id: 'r', error: 'Unknown API Key' }, 'auth'],
  [
    'massive',
    'too many requests',
    429,
    {
      status: 'ERROR',
      request_id: 'r',
      error:
        "You've exceeded the maximum requests per minute, please wait or upgrade your subscription to continue.",
    },
    'rate_minute',
  ],
  [
    'massive',
    'an open session without rows',
    200,
    { adjusted: false, queryCount: 0, resultsCount: 0, status: 'OK', request_id: 'r' },
    'missing_day',
  ],
  [
    'fred',
    'a key that is not registered',
    400,
    { error_code: 400, error_message: 'Bad Request.  The value for variable api_key is not registered.' },
    'auth',
  ],
  [
    'fred',
    'a key that is not set, in XML',
    400,
    '<?xml version="1.0" encoding="utf-8" ?>\n<error code="400" message="Bad Request.  Variable api_key is not set."/>',
    'auth',
  ],
  [
    'fred',
    'an unknown series',
    400,
    { error_code: 400, error_message: 'Bad Request.  The series does not exist.' },
    'schema',
  ],
  [
    'fred',
    'too many requests',
    429,
    { error_code: 429, error_message: 'Too Many Requests.  Exceeded Rate Limit' },
    'rate_minute',
  ],
  [
    'fred',
    'a failure behind its wall',
    520,
    '<html><body>Web server returned an unknown error</body></html>',
    'transient',
  ],
  ['fredgraph', 'a failure behind its wall', 520, '<html><body>error code: 520</body></html>', 'transient'],
  ['nyfed', 'no rates', 200, { refRates: [] }, 'missing_day'],
  ['ssga', 'a page that is not there', 404, '<!doctype html><html><body>Not found</body></html>', 'blocked'],
  [
    'yahoo',
    'an unknown symbol',
    404,
    {
      chart: {
        result: null,
        error: { code: 'Not Found', description: 'No data found, symbol may be delisted' },
      },
    },
    'unknown_symbol',
  ],
  [
    'yahoo',
    'a crumb it wants',
    401,
    { finance: { result: null, error: { code: 'Unauthorized', description: 'Invalid Crumb' } } },
    'blocked',
  ],
  ['yahoo', 'too many requests', 429, 'Too Many Requests', 'blocked'],
  ['yahoo', 'too many requests at its edge', 429, 'Edge: Too Many Requests', 'blocked'],
  [
    'yahoo',
    'a page instead',
    200,
    '<!DOCTYPE html><html><body>Will be right back...</body></html>',
    'blocked',
  ],
];

/** Every error on record. */
export const ERRORS: readonly RecordedError[] = rows.map(([provider, name, status, body, kind]) => ({
  provider,
  name,
  status,
  body: bytes(typeof body === 'string' ? body : JSON.stringify(body)),
  kind,
}));
