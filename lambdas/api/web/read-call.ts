import * as z from 'zod/mini';
import type { Route } from '../../../shared/api/route.ts';
import { failure, type Result, success } from '../../../shared/result.ts';
import type { Problem } from '../problem.ts';

/** What of a request is read. */
export interface Sent {
  /** What stands in braces in the path, decoded. */
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, readonly string[]>>;
  readonly mediaType: string | undefined;
  readonly body: string;
}

/** The checked parts of a call; what the route does not take is undefined. */
export interface Read {
  readonly query: unknown;
  readonly body: unknown;
}

interface FieldError {
  readonly field: string;
  readonly message: string;
}

/** Reads query and body of a call by its route's schemas, all faults of all fields at once. */
export function readCall({ query, body, method }: Route, sent: Sent): Result<Read, Problem> {
  const wrongType = method === 'GET' ? null : mediaTypeProblem(sent);
  if (wrongType !== null) return failure(wrongType);
  const json = body === undefined ? success(undefined) : jsonOf(sent.body);
  if (!json.ok) return json;
  const readQuery = readPart(query, 'query', singles(sent.query));
  const readBody = readPart(body, 'body', json.value);
  const errors = [
    ...paramErrors(sent.params),
    ...doubled(sent.query),
    ...unknownIn(query, sent.query),
    ...readQuery.errors,
    ...readBody.errors,
    ...(readBody.errors.length === 0 ? lostKeys('body', json.value) : []),
  ];
  if (errors.length > 0) return failure(invalid(errors));
  return success({ query: readQuery.value, body: readBody.value });
}

function mediaTypeProblem({ mediaType, body }: Sent): Problem | null {
  const type = mediaType?.split(';')[0]?.trim().toLowerCase();
  // A page of somebody else's can send a form or plain text without being asked, and JSON only after asking.
  if (type === 'application/json' || (type === undefined && body === '')) return null;
  const detail = 'send application/json';
  return { status: 415, code: 'media-type', title: 'Not a media type that is read here', detail };
}

function jsonOf(text: string): Result<unknown, Problem> {
  try {
    return success(JSON.parse(text));
  } catch {
    const detail = text === '' ? 'expected a JSON body' : 'the body is no JSON';
    return failure({ status: 400, code: 'malformed', title: 'The body cannot be read', detail });
  }
}

/** The longest id there is is that of an alert. */
const PARAM = /^[^\p{Cc}]{1,300}$/u;

function paramErrors(params: Sent['params']): readonly FieldError[] {
  return Object.entries(params).flatMap(([name, value]) =>
    PARAM.test(value) ? [] : [{ field: `path.${name}`, message: 'must have 1 to 300 printable characters' }],
  );
}

function singles(query: Sent['query']): Record<string, string> {
  return Object.fromEntries(Object.entries(query).map(([name, values]) => [name, values[0] ?? '']));
}

function doubled(query: Sent['query']): readonly FieldError[] {
  return Object.entries(query).flatMap(([name, { length }]) =>
    length > 1 ? [{ field: `query.${name}`, message: 'is given more than once' }] : [],
  );
}

/** A misspelled filter would otherwise be no filter. */
function unknownIn(schema: Route['query'], query: Sent['query']): readonly FieldError[] {
  const known = schema instanceof z.ZodMiniObject ? Object.keys(schema.shape) : [];
  return Object.keys(query).flatMap((name) =>
    known.includes(name) ? [] : [{ field: `query.${name}`, message: 'is not known here' }],
  );
}

function readPart(
  schema: z.ZodMiniType | undefined,
  part: string,
  value: unknown,
): { readonly value: unknown; readonly errors: readonly FieldError[] } {
  if (schema === undefined) return { value: undefined, errors: [] };
  const { success: fine, data, error } = schema.safeParse(value);
  return fine
    ? { value: data, errors: [] }
    : { value: undefined, errors: error.issues.flatMap((one) => fieldErrors(part, one)) };
}

/** The one key that the schema library leaves out of a map without a word, since no plain object can hold it safely. */
function lostKeys(field: string, value: unknown): readonly FieldError[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    const own = `${field}.${key}`;
    return key === '__proto__' ? [{ field: own, message: 'is not known here' }] : lostKeys(own, inner);
  });
}

function fieldErrors(part: string, issue: z.core.$ZodIssue): readonly FieldError[] {
  const field = [part, ...issue.path.map(String)].join('.');
  if (issue.code !== 'unrecognized_keys') return [{ field, message: messageOf(issue) }];
  return issue.keys.map((key) => ({ field: `${field}.${key.slice(0, 100)}`, message: 'is not known here' }));
}

/** In our own words: the library's are left out of the bundle, and say nothing of what was sent. */
function messageOf(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return `expected ${issue.expected}`;
    case 'too_big':
      return `must be at most ${issue.maximum}${countedAs(issue.origin)}`;
    case 'too_small':
      return `must be at least ${issue.minimum}${countedAs(issue.origin)}`;
    case 'invalid_value':
      return `expected one of ${issue.values.map(String).join(', ')}`;
    case 'invalid_format':
      return 'is not of the form that is expected';
    case 'custom':
      return issue.message;
    case 'invalid_union':
      return 'is of no kind that is expected';
    default:
      return 'is not what is expected';
  }
}

function countedAs(origin: string): string {
  return origin === 'string' ? ' characters' : origin === 'array' ? ' entries' : '';
}

function invalid(errors: readonly FieldError[]): Problem {
  const [first] = errors;
  const more = errors.length > 1 ? `, and ${errors.length - 1} more` : '';
  const detail = first === undefined ? '' : `${first.field} ${first.message}${more}`;
  return { status: 400, code: 'invalid', title: 'Some of what was sent is not valid', detail, errors };
}
