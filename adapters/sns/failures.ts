/** Why a call to SNS failed, in words of our own: SNS's may quote an address or the message. */
export interface SnsFailure {
  readonly kind: 'retryable' | 'permanent';
  readonly error: SnsFailureText;
}

const RETRYABLE = {
  'too many calls at once': ['Throttled', 'Throttling', 'TooManyRequests', 'RequestLimitExceeded'],
  'too many calls to the key service': ['KMSThrottling'],
  'an error inside the service': ['InternalError', 'InternalFailure', 'ServiceUnavailable'],
  'changed by somebody else at once': ['ConcurrentAccess'],
  'no answer in time': ['TimeoutError', 'RequestTimeout', 'AbortError'],
  'no connection': ['ECONNREFUSED', 'ECONNRESET', 'ENOTFOUND', 'EAI_AGAIN', 'EPIPE', 'ETIMEDOUT'],
  'no valid credentials for now': ['ExpiredToken', 'CredentialsProviderError', 'TokenProviderError'],
} as const;

const PERMANENT = {
  'a parameter was refused': [
    'InvalidParameter',
    'InvalidParameterValue',
    'ParameterValueInvalid',
    'Validation',
  ],
  'no such topic or subscription': ['NotFound', 'ResourceNotFound'],
  'not allowed': ['AuthorizationError', 'AccessDenied', 'InvalidSecurity', 'InvalidClientTokenId'],
  'the signature was refused': ['SignatureDoesNotMatch', 'UnrecognizedClient'],
  'the key of the topic may not be used': [
    'KMSAccessDenied',
    'KMSDisabled',
    'KMSInvalidState',
    'KMSNotFound',
    'KMSOptInRequired',
  ],
  'the recipient has opted out': ['OptedOut'],
  'no more filter policies fit': ['FilterPolicyLimitExceeded'],
  'no more subscriptions fit': ['SubscriptionLimitExceeded'],
} as const;

const UNKNOWN = { retryable: 'an unknown failure', permanent: 'an unknown refusal' } as const;

export type SnsFailureText =
  | keyof typeof RETRYABLE
  | keyof typeof PERMANENT
  | (typeof UNKNOWN)[keyof typeof UNKNOWN];

const BY_NAME: ReadonlyMap<string, SnsFailure> = new Map([
  ...named('retryable', RETRYABLE),
  ...named('permanent', PERMANENT),
]);

function named<Text extends SnsFailureText>(
  kind: SnsFailure['kind'],
  table: Readonly<Record<Text, readonly string[]>>,
): readonly (readonly [string, SnsFailure])[] {
  const texts = Object.keys(table) as Text[];
  return texts.flatMap((error) => table[error].map((name) => [name, { kind, error }] as const));
}

/**
 * The class of a failed call: what may pass by itself is retryable, a refusal permanent. An error without a name we know
 * goes by its status; without an answer at all it is retryable, because the effect is unknown.
 */
function classifyFailure(error: unknown): SnsFailure {
  const names = [textOf(error, 'name').replace(/Exception$/, ''), textOf(error, 'code')];
  const known = names.map((name) => BY_NAME.get(name)).find((failure) => failure !== undefined);
  if (known !== undefined) return known;
  const status = statusOf(error);
  if (status === 429) return { kind: 'retryable', error: 'too many calls at once' };
  const kind = status >= 400 && status < 500 && status !== 408 ? 'permanent' : 'retryable';
  return { kind, error: UNKNOWN[kind] };
}

/** What came of a call: its answer, or why there is none. */
export type Attempt<Answer> =
  | { readonly ok: true; readonly answer: Answer }
  | { readonly ok: false; readonly failure: SnsFailure };

/** Waits for a call; it never throws, and forgets all that SNS said about a failure but its class. */
export function attempt<Answer>(call: Promise<Answer>): Promise<Attempt<Answer>> {
  return call.then(
    (answer) => ({ ok: true, answer }),
    (error: unknown) => ({ ok: false, failure: classifyFailure(error) }),
  );
}

/** Waits for a call whose failure nobody here can do anything about: it is thrown in our own words. */
export async function answered<Answer>(call: Promise<Answer>): Promise<Answer> {
  const made = await attempt(call);
  if (!made.ok) throw thrown(made.failure);
  return made.answer;
}

/** A failure as an error that names no recipient. */
export function thrown({ error }: SnsFailure): Error {
  return new Error(`SNS: ${error}`);
}

function textOf(error: unknown, property: 'name' | 'code'): string {
  if (typeof error !== 'object' || error === null) return '';
  const value: unknown = Reflect.get(error, property);
  return typeof value === 'string' ? value : '';
}

function statusOf(error: unknown): number {
  if (typeof error !== 'object' || error === null) return 0;
  const metadata: unknown = Reflect.get(error, '$metadata');
  if (typeof metadata !== 'object' || metadata === null) return 0;
  const status: unknown = Reflect.get(metadata, 'httpStatusCode');
  return typeof status === 'number' ? status : 0;
}
