import type { Access } from './access.ts';
import type { ProviderRequest } from './answer.ts';
import { LONGEST_BODY } from './body.ts';

/** What came back, or why nothing did; never a secret, never an address. */
export type Sent =
  | {
      readonly kind: 'answered';
      readonly status: number;
      readonly headers: Readonly<Record<string, string>>;
      readonly body: Uint8Array;
    }
  /** On the way: another try may help. */
  | { readonly kind: 'failed'; readonly why: string }
  /** An answer nobody should take: too long, or from a host that is not the provider's. */
  | { readonly kind: 'rejected'; readonly what: 'too long' | 'redirect'; readonly why: string };

/** Milliseconds an exchange may take. */
export interface Patience {
  /** Until the answer begins. */
  readonly headers: number;
  /** Until it has ended, redirects included. */
  readonly whole: number;
}

export const PATIENCE: Patience = { headers: 10_000, whole: 30_000 };

const MOST_REDIRECTS = 3;
/** Some publishers answer nothing to a client without a name; this one is ours. */
const USER_AGENT = 'Mozilla/5.0 (compatible; Tidemark/0.1)';

/** Sends one request, once, over the runtime's fetch; follows redirects only between the provider's own hosts. */
export async function send(
  request: ProviderRequest,
  access: Access,
  patience: Patience = PATIENCE,
): Promise<Sent> {
  const whole = AbortSignal.timeout(patience.whole);
  let url = new URL(request.url);
  for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects += 1) {
    const sent = await exchange(url, request.headers, { whole, headers: patience.headers });
    if (sent.kind !== 'answered' || sent.status < 300 || sent.status >= 400) return sent;
    const target = targetOf(sent.headers['location'], url, access);
    if (target === null) {
      return { kind: 'rejected', what: 'redirect', why: 'a redirect leads away from the provider' };
    }
    url = target;
  }
  return { kind: 'rejected', what: 'redirect', why: 'redirects lead nowhere' };
}

/** Where a redirect leads, if a key may be taken there. */
function targetOf(location: string | undefined, from: URL, { hosts }: Access): URL | null {
  if (location === undefined || !URL.canParse(location, from.href)) return null;
  const target = new URL(location, from.href);
  const safe = target.protocol === from.protocol || target.protocol === 'https:';
  return safe && hosts.includes(target.host) ? target : null;
}

async function exchange(
  url: URL,
  headers: Readonly<Record<string, string>>,
  patience: { readonly whole: AbortSignal; readonly headers: number },
): Promise<Sent> {
  const begun = new AbortController();
  const timer = setTimeout(() => begun.abort(), patience.headers);
  try {
    const response = await fetch(url, {
      headers: { accept: '*/*', 'user-agent': USER_AGENT, ...headers },
      redirect: 'manual',
      signal: AbortSignal.any([patience.whole, begun.signal]),
    });
    clearTimeout(timer);
    const body = await readBody(response);
    if (body === null) {
      return { kind: 'rejected', what: 'too long', why: `more than ${LONGEST_BODY} bytes came` };
    }
    return { kind: 'answered', status: response.status, headers: Object.fromEntries(response.headers), body };
  } catch (error) {
    return { kind: 'failed', why: reasonOf(error) };
  } finally {
    clearTimeout(timer);
  }
}

/** Reads a body up to the longest there may be, decompressed; null beyond it. */
async function readBody(response: Response): Promise<Uint8Array | null> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of response.body ?? []) {
    length += part.length;
    // Leaving the loop ends the transfer.
    if (length > LONGEST_BODY) return null;
    parts.push(part);
  }
  const body = new Uint8Array(length);
  let offset = 0;
  for (const part of parts) {
    body.set(part, offset);
    offset += part.length;
  }
  return body;
}

/** Why nothing came, by the code of the failure alone: its message may hold the address, and the address a key. */
function reasonOf(error: unknown): string {
  if (error instanceof Error && (error.name === 'TimeoutError' || error.name === 'AbortError')) {
    return 'the answer took too long';
  }
  const cause: unknown = error instanceof Error ? error.cause : undefined;
  const code: unknown =
    typeof cause === 'object' && cause !== null && 'code' in cause ? cause.code : undefined;
  return typeof code === 'string' && /^[A-Z_]{3,40}$/.test(code) ? `no answer: ${code}` : 'no answer';
}
