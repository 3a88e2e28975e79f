import type { Instant } from '../../shared/calendar/calendar.ts';
import { type Day, isDate } from '../../shared/calendar/date.ts';
import type { Days } from '../../shared/series/days.ts';
import type { Field } from '../../shared/series/market.ts';

/** What a cell says, or why it is refused. */
export type Cell<Value> = { readonly value: Value } | { readonly reason: string };

const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;
const INSTANT =
  /^(\d{4}-\d{2}-\d{2})[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.\d{1,9})?)?(?:Z|[+-](\d{2}):?(\d{2}))$/;
const LONGEST_QUOTE = 40;

/** A date within the calendar. */
export function readDate(text: string, days: Days): Cell<Day> {
  const day = days.day(text);
  if (!Number.isNaN(day)) return { value: day };
  if (!isDate(text)) return { reason: `${quoted(text)} is no date such as 2026-01-31` };
  return { reason: `${text} is outside the calendar, ${days.date(days.first)} to ${days.date(days.last)}` };
}

/** A number for a field on a date: finite, above zero where it is a price or a split, on a session where it is of kind price. */
export function readValue(
  text: string,
  field: Field,
  place: { name: string; day: Day; days: Days },
): Cell<number> {
  const value = NUMBER.test(text) ? Number(text) : Number.NaN;
  if (!Number.isFinite(value)) return { reason: `${quoted(text)} is no finite number` };
  if (field.unit === 'price' || place.name === 'split') {
    if (value <= 0) return { reason: `${text} is not above zero, as a ${place.name} must be` };
  } else if (place.name === 'volume' && value < 0)
    return { reason: `${text} is below zero, as no volume can be` };
  if (field.kind === 'price' && !place.days.isSession(place.day)) {
    return { reason: `${place.days.date(place.day)} is no session` };
  }
  return { value };
}

/** When a row became known: a date means the close of the first session on or after it; NaN where the cell is empty. */
export function readKnown(text: string, days: Days): Cell<Instant> {
  if (text === '') return { value: Number.NaN };
  if (isDate(text)) {
    const date = readDate(text, days);
    return 'reason' in date ? date : { value: days.known(date.value) };
  }
  const [whole, date, hour, minute, second = '0', zoneHour = '0', zoneMinute = '0'] =
    INSTANT.exec(text) ?? [];
  const valid =
    whole !== undefined &&
    isDate(date ?? '') &&
    [hour, zoneHour].every((part) => Number(part) < 24) &&
    [minute, second, zoneMinute].every((part) => Number(part) < 60);
  const instant = valid
    ? Date.parse(whole.replace(' ', 'T').replace(/([+-]\d{2})(\d{2})$/, '$1:$2'))
    : Number.NaN;
  if (Number.isFinite(instant)) return { value: instant };
  return { reason: `${quoted(text)} is no date and no instant such as 2026-01-31T21:00:00Z` };
}

/** A cell as a message shows it. */
export function quoted(text: string): string {
  return JSON.stringify(text.length > LONGEST_QUOTE ? `${text.slice(0, LONGEST_QUOTE)}…` : text);
}
