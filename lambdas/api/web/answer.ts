import type { ProblemDetails } from '../../../shared/api/common.ts';
import type { Problem } from '../problem.ts';

/** A finished answer: what is sent, and what is kept for an idempotency key. */
export interface Finished {
  readonly status: number;
  /** JSON text. */
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A value as the answer of a route. */
export function finishedOf(value: unknown): Finished {
  return { status: 200, body: JSON.stringify(value) };
}

/** A problem as RFC 9457 wants it. */
export function problemOf(problem: Problem, headers: Readonly<Record<string, string>> = {}): Finished {
  const { status, code, title, detail, errors, current, yours } = problem;
  const details: ProblemDetails = {
    ...{ type: `https://tidemark.invalid/problems/${code}`, code, title, status, detail },
    ...(errors === undefined ? {} : { errors: errors.map((one) => ({ ...one })) }),
    ...(current === undefined ? {} : { current }),
    ...(yours === undefined ? {} : { yours }),
  };
  return { status, body: JSON.stringify(details), headers };
}

/** What was wrong, with the media type of its kind. */
export function responseOf({ status, body, headers = {} }: Finished): Response {
  const type = status < 400 ? 'application/json' : 'application/problem+json';
  return new Response(body, { status, headers: { ...headers, 'Content-Type': type } });
}
