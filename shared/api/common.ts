import * as z from 'zod/mini';
import { isDate } from '../calendar/date.ts';
import { firstUnseen } from '../visible.ts';

/** A `YYYY-MM-DD` date or session. */
export const date = z.string().check(
  z.regex(/^\d{4}-\d{2}-\d{2}$/, { abort: true }),
  z.refine((written) => isDate(written), { error: 'is no date' }),
);
/** An instant, milliseconds since 1970. */
export const instant = z.number();
/** A figure rounded to 12 significant digits; null is no data. */
export const figure = z.nullable(z.number());
export const text = (most: number) => z.string().check(z.minLength(1), z.maxLength(most));
/** What somebody writes for others to read, on pages and in messages. */
export const words = (most: number) =>
  text(most).check(
    z.refine((written) => firstUnseen(written) === null, { error: 'holds a character that nobody can see' }),
  );

/** A stretch of sessions, both ends included; what is absent is open. */
export const period = z.object({ from: z.optional(date), to: z.optional(date) });

/** A series for a chart: one value per session, null where there is no data. */
export const line = z.object({ sessions: z.array(date), values: z.array(figure) });

/** RFC 9457: every error has this shape and the media type `application/problem+json`. */
export const problem = z.object({
  /** Stable: `https://tidemark.invalid/problems/<code>` is no page, `code` is what programs read. */
  type: z.string(),
  code: z.string(),
  title: z.string(),
  status: z.number(),
  /** What was wrong, where, and what to do. */
  detail: z.string(),
  /** What is wrong with single fields: `body.draft.when`. */
  errors: z.optional(z.array(z.object({ field: z.string(), message: z.string() }))),
  /** What stands now, where somebody else saved in between: both sides of a conflict. */
  current: z.optional(z.unknown()),
  yours: z.optional(z.unknown()),
});
export type ProblemDetails = z.infer<typeof problem>;
