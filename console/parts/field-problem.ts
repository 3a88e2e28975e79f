import type { ProblemDetails } from '../../shared/api/common.ts';

/** What the service found wrong with one key of what was sent; null where that was fine. */
export function problemOf(problem: ProblemDetails | null, key: string): string | null {
  const field = `body.${key}`;
  const found = problem?.errors?.find(
    (error) => error.field === field || error.field.startsWith(`${field}.`),
  );
  return found?.message ?? null;
}
