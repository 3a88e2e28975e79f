import type { ProblemDetails } from '../../shared/api/common.ts';
import { type Answer, type Body, type Query, type RouteId, ROUTES } from '../../shared/api/routes.ts';

/** What came of a call: the answer, or what was wrong. */
export type Outcome<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly problem: ProblemDetails };

type Names<Path extends string> = Path extends `${string}{${infer Name}}${infer Rest}`
  ? Name | Names<Rest>
  : never;
type PathNames<Id extends RouteId> = Names<(typeof ROUTES)[Id]['path']>;
type Given<Name extends string, Value> = [Value] extends [never]
  ? unknown
  : object extends Value
    ? { readonly [Key in Name]?: Value }
    : { readonly [Key in Name]: Value };

/** What a call is given: what stands in the braces of its path, its query and its body, where it has them. */
export type CallOptions<Id extends RouteId> = Given<
  'params',
  [PathNames<Id>] extends [never] ? never : { readonly [Name in PathNames<Id>]: string }
> &
  Given<'query', Query<Id>> &
  Given<'body', Body<Id>> & {
    readonly signal?: AbortSignal;
    /** The name under which the service does a write only once; a new one where absent. */
    readonly key?: string;
  };
export type CallArguments<Id extends RouteId> =
  object extends CallOptions<Id> ? [options?: CallOptions<Id>] : [options: CallOptions<Id>];

/** What the client stands on; the composition root gives it once. */
export interface Connection {
  readonly fetch: typeof globalThis.fetch;
  /** Names a write, never twice the same. */
  readonly newKey: () => string;
  /** The bearer token; null where nobody signs in. */
  readonly token: () => Promise<string | null>;
  /** Told where a token is no longer taken. */
  readonly refused: () => void;
}

let connection: Connection | null = null;

/** Says once how the service is reached. */
export function connect(to: Connection): void {
  connection = to;
}

interface Loose {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string | undefined>>;
  readonly body?: unknown;
  readonly signal?: AbortSignal;
  readonly key?: string;
}

/**
 * Calls a route of the API. Never throws: what was wrong comes back as problem details, also where nothing answered
 * (`unreachable`), the answer was none of ours (`unreadable`) or the call was given up (`aborted`).
 */
export async function call<Id extends RouteId>(
  id: Id,
  ...[options]: CallArguments<Id>
): Promise<Outcome<Answer<Id>>> {
  if (connection === null) return failed('unreachable', 'Not connected', 'The console has not started yet.');
  const loose = (options ?? {}) as Loose;
  const { method } = ROUTES[id];
  try {
    const response = await connection.fetch(addressOf(id, loose), {
      method,
      headers: await headersOf(connection, method, loose),
      ...(loose.body === undefined ? {} : { body: JSON.stringify(loose.body) }),
      ...(loose.signal === undefined ? {} : { signal: loose.signal }),
    });
    if (response.status === 401) connection.refused();
    return await outcomeOf<Answer<Id>>(response);
  } catch {
    return loose.signal?.aborted
      ? failed('aborted', 'Given up', 'The call was given up.')
      : failed(
          'unreachable',
          'The service does not answer',
          'Nothing came back. It may have been ended, or the network is away; what you see is as it was.',
        );
  }
}

/** The address of a call: every name in braces percent-encoded, and the query without what is absent. */
export function addressOf(id: RouteId, { params = {}, query = {} }: Loose): string {
  const path = ROUTES[id].path.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(params[name] ?? ''),
  );
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value !== undefined) search.set(name, value);
  return search.size === 0 ? path : `${path}?${search}`;
}

async function headersOf(at: Connection, method: string, { body, key }: Loose): Promise<Headers> {
  const headers = new Headers({ accept: 'application/json' });
  const token = await at.token();
  if (token !== null) headers.set('authorization', `Bearer ${token}`);
  if (body !== undefined) headers.set('content-type', 'application/json');
  if (method !== 'GET') headers.set('idempotency-key', key ?? at.newKey());
  return headers;
}

async function outcomeOf<Value>(response: Response): Promise<Outcome<Value>> {
  const read: unknown = await response.json().catch(() => null);
  if (response.ok && read !== null) return { ok: true, value: read as Value };
  if (isProblem(read)) return { ok: false, problem: read };
  const about = `It answered ${response.status} and nothing that can be read.`;
  return failed('unreadable', 'The service gave no answer of its own', about, response.status);
}

function isProblem(read: unknown): read is ProblemDetails {
  return typeof read === 'object' && read !== null && 'code' in read && 'detail' in read;
}

function failed(code: string, title: string, detail: string, status = 0): Outcome<never> {
  return {
    ok: false,
    problem: { type: `https://tidemark.invalid/problems/${code}`, code, title, status, detail },
  };
}
