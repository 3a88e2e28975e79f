import type { AnswerContext } from '../../../adapters/providers/answer.ts';
import { createCalendar } from '../../../shared/calendar/xnys.ts';

const calendar = createCalendar([]);

/** Long after everything recorded. */
const LATER = Date.UTC(2026, 10, 24, 23);

/** What came along with a body: status 200, no headers, long after, unless said otherwise. */
export function asked(parts: Partial<AnswerContext> = {}): AnswerContext {
  return { status: 200, headers: {}, now: LATER, calendar, ...parts };
}

/** Accepted values in one line each. */
export function told(answer: {
  readonly accepted: readonly { instrument: string; field: string; session: string; value: number }[];
}): string[] {
  return answer.accepted.map(
    ({ instrument, field, session, value }) => `${instrument}.${field} ${session} ${value}`,
  );
}

/** Reasons of what was refused, in order. */
export function reasons(answer: { readonly refused: readonly { readonly reason: string }[] }): string[] {
  return answer.refused.map(({ reason }) => reason);
}
