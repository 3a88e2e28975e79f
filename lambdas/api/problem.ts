/** What went wrong with a call, before it becomes problem details (RFC 9457). */
export interface Problem {
  readonly status: 400 | 401 | 403 | 404 | 405 | 408 | 409 | 413 | 415 | 422 | 429 | 431 | 500;
  /** Stable, in lower case with hyphens: what programs read. */
  readonly code: string;
  /** The same for every problem of the code. */
  readonly title: string;
  /** What was wrong, where, and what to do; never with a recipient or a token. */
  readonly detail: string;
  /** What is wrong with single fields: `body.draft.when`. */
  readonly errors?: readonly { readonly field: string; readonly message: string }[];
  /** Both sides of a conflict: what stands now, and what was sent. */
  readonly current?: unknown;
  readonly yours?: unknown;
}

/** Nothing of that name is there. */
export function notFound(detail: string): Problem {
  return { status: 404, code: 'not-found', title: 'There is no such thing', detail };
}

/** The caller is known and may not do this. */
export function forbidden(detail: string): Problem {
  return { status: 403, code: 'forbidden', title: 'Not allowed', detail };
}

/** Well-formed, and refused for a reason that the detail says. */
export function refused(detail: string, errors?: Problem['errors']): Problem {
  const fields = errors === undefined ? {} : { errors };
  return { status: 422, code: 'refused', title: 'The service refuses this', detail, ...fields };
}

/** Somebody else saved in between: both sides are shown. */
export function conflict(
  detail: string,
  sides: { readonly current: unknown; readonly yours: unknown },
): Problem {
  return { status: 409, code: 'conflict', title: 'Somebody saved in between', detail, ...sides };
}

/** A limit in number is reached: `limits.ts` has them. */
export function tooMany(detail: string): Problem {
  return { status: 422, code: 'too-many', title: 'A limit is reached', detail };
}

/** What nobody thought of. */
export const UNEXPECTED: Problem = {
  ...{ status: 500, code: 'unexpected', title: 'Something went wrong here' },
  detail:
    'the call could not be answered; what it was about is as it was, or its change was made: look before trying again',
};
