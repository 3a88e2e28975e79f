import { isDate } from '../../shared/calendar/date.ts';
import type { AcceptedValue, AnswerContext, ProviderAnswer, RefusalReason, RefusedValue } from './answer.ts';
import { newYorkDate } from './new-york-date.ts';

/** One figure that holds from a date on, located but not yet believed. */
export interface LevelRow {
  readonly instrument: string;
  readonly field: string;
  /** The date it speaks for; null where what is written there is none. */
  readonly date: string | null;
  /** A number, or why there is none. */
  readonly value: number | { readonly reason: RefusalReason; readonly detail: string };
}

/** What a figure may be, both inclusive, in the unit it is written in. */
export interface Range {
  readonly lowest: number;
  readonly highest: number;
}

const DECIMAL = /^[+-]?\d{1,9}(?:\.\d{1,9})?$/;

/** A number written in a text; an empty text, or the dot some publishers put there, is no number and never zero. */
export function readFigure(text: unknown): LevelRow['value'] {
  if (typeof text !== 'string') return { reason: 'not_a_number', detail: 'the value is no text' };
  const trimmed = text.trim();
  if (trimmed === '' || trimmed === '.' || trimmed === '-') {
    return { reason: 'missing', detail: 'the publisher has no value for the date' };
  }
  if (DECIMAL.test(trimmed)) return Number(trimmed);
  return { reason: 'not_a_number', detail: 'the value is no number' };
}

/** Judges figures one by one; two that speak for one date and differ cancel each other. */
export function acceptLevels(
  rows: readonly LevelRow[],
  context: AnswerContext,
  range: Range,
): Pick<ProviderAnswer, 'accepted' | 'refused'> {
  const accepted = new Map<string, AcceptedValue>();
  const disputed = new Set<string>();
  const refused: RefusedValue[] = [];
  for (const row of rows) {
    const { instrument, field, date, value } = row;
    const refuse = (reason: RefusalReason, detail: string): void => {
      refused.push({ reason, detail, instrument, field, ...(date === null ? {} : { session: date }) });
    };
    const fault = faultOf(row, context, range);
    if (fault !== null || date === null || typeof value !== 'number') {
      refuse(...(fault ?? (['bad_date', 'the date is unreadable'] as const)));
      continue;
    }
    const key = `${instrument} ${field} ${date}`;
    const known = accepted.get(key);
    if (known === undefined && !disputed.has(key))
      accepted.set(key, { instrument, field, session: date, value });
    else if (known?.value === value) refuse('duplicate', 'the value is there twice');
    else {
      accepted.delete(key);
      disputed.add(key);
      refuse('duplicate', 'values of one date contradict each other');
    }
  }
  const ascending = [...accepted.values()].toSorted((a, b) => (a.session < b.session ? -1 : 1));
  return { accepted: ascending, refused };
}

function faultOf(
  { date, value }: LevelRow,
  { calendar, now }: AnswerContext,
  { lowest, highest }: Range,
): readonly [RefusalReason, string] | null {
  if (date === null || !isDate(date)) return ['bad_date', 'the row has no readable date'];
  if (!calendar.covers(date)) return ['bad_date', `${date} is outside the calendar`];
  if (date > (newYorkDate(now) ?? '')) return ['future', `${date} has not come yet`];
  if (typeof value !== 'number') return [value.reason, value.detail];
  if (!Number.isFinite(value)) return ['not_a_number', 'the value is no finite number'];
  if (value < lowest || value > highest) {
    return ['out_of_range', `${value} is not between ${lowest} and ${highest}`];
  }
  return null;
}

/** An answer made of figures: fine with at least one, else what kept them away. */
export function levelAnswer(taken: Pick<ProviderAnswer, 'accepted' | 'refused'>): ProviderAnswer {
  if (taken.accepted.length > 0) return { kind: 'ok', detail: '', ...taken };
  const readable: readonly RefusalReason[] = ['missing', 'future'];
  const odd = taken.refused.some(({ reason }) => !readable.includes(reason));
  if (odd) return { kind: 'schema', detail: 'no value can be read', ...taken };
  const early = taken.refused.length > 0 && taken.refused.every(({ reason }) => reason === 'future');
  return { kind: early ? 'not_yet' : 'missing_day', detail: 'there is no value', ...taken };
}
