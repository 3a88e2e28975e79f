import * as z from 'zod/mini';
import { type ParseAnswer, refusedAnswer } from '../answer.ts';
import { classifyStatus, readJson, textOf } from '../body.ts';
import { acceptLevels, type LevelRow, levelAnswer } from '../levels.ts';
import { refuseCrossed, TARGET_RANGE } from '../policy-rate.ts';

const ANSWER = z.looseObject({ refRates: z.array(z.unknown()) });
const RATE = z.looseObject({
  effectiveDate: z.string(),
  type: z.literal('EFFR'),
  targetRateFrom: z.optional(z.unknown()),
  targetRateTo: z.optional(z.unknown()),
});

/** Reads the target range that stood beside the effective rate on each business day. */
export const parseNyFed: ParseAnswer = (body, context) => {
  const text = textOf(body);
  const failed = classifyStatus(text, context);
  if (failed !== null) return failed;
  const reading = readJson(text, context);
  if (!('json' in reading)) return reading.answer;
  const parsed = ANSWER.safeParse(reading.json);
  if (!parsed.success) return refusedAnswer('schema', 'these are no reference rates of the New York Fed');
  const rows = parsed.data.refRates.flatMap(rowsOf);
  return levelAnswer(refuseCrossed(acceptLevels(rows, context, TARGET_RANGE)));
};

function rowsOf(rate: unknown): readonly LevelRow[] {
  const { data } = RATE.safeParse(rate);
  if (data === undefined) {
    const value = { reason: 'schema', detail: 'this is no effective rate' } as const;
    return [{ instrument: 'FED', field: 'target_upper', date: null, value }];
  }
  const { effectiveDate: date, targetRateFrom: lower, targetRateTo: upper } = data;
  const bounds = boundsOf(lower, upper);
  return [
    { instrument: 'FED', field: 'target_upper', date, value: bounds.upper },
    { instrument: 'FED', field: 'target_lower', date, value: bounds.lower },
  ];
}

/** Without an upper bound the one figure is a point target and no bound. */
function boundsOf(lower: unknown, upper: unknown): Record<'lower' | 'upper', LevelRow['value']> {
  if (typeof upper !== 'number') return { lower: figureOf(undefined), upper: figureOf(upper) };
  return { lower: figureOf(lower), upper: figureOf(upper) };
}

function figureOf(value: unknown): LevelRow['value'] {
  if (typeof value === 'number') return value;
  if (value === undefined || value === null)
    return { reason: 'missing', detail: 'the row has no such bound' };
  return { reason: 'not_a_number', detail: 'the bound is no number' };
}
