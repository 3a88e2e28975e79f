/** What one caller may do, in one place: the API keeps to these and `/api/me` tells them. */
export const LIMITS = {
  /** Rules saved by command or console that stand at once. */
  rules: 200,
  /** Addresses subscribed by one user. */
  recipients: 50,
  /** The largest body, in bytes. */
  bodyBytes: 64 * 1024,
  /** Calls that change something, of one user: all at once at most, and so many more each minute. */
  writes: { burst: 60, perSecond: 1 },
  /** Previews and comparisons of drafts, which come with every pause in typing. */
  previews: { burst: 30, perSecond: 10 },
  /** Calls that compute all of history. */
  long: { burst: 40, perSecond: 1 },
  /** Everything else; a page asks for a dozen things. */
  reads: { burst: 300, perSecond: 30 },
  /** How long an answer is kept for its idempotency key, in milliseconds. */
  keptFor: 24 * 3_600_000,
  /** The longest idempotency key, in characters. */
  keyCharacters: 100,
} as const;
