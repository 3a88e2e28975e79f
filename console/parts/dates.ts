const DAY = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  timeZone: 'UTC',
});
const WEEKDAY = new Intl.DateTimeFormat('en-GB', { weekday: 'long', timeZone: 'UTC' });
const MOMENT = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  timeZone: 'America/New_York',
});

/** `2026-01-12` as "12 Jan 2026"; what is no date comes back as it is. */
export function dayText(date: string): string {
  const at = Date.parse(`${date}T00:00:00Z`);
  return Number.isNaN(at) ? date : DAY.format(at);
}

/** `2026-01-12` as "Monday". */
export function weekdayText(date: string): string {
  const at = Date.parse(`${date}T00:00:00Z`);
  return Number.isNaN(at) ? '' : WEEKDAY.format(at);
}

/** An instant as "12 Jan 2026, 22:00 New York": the time of the exchange, wherever the reader is. */
export function momentText(instant: number): string {
  return `${MOMENT.format(instant)} New York`;
}

/** A text with every `2026-01-12` in it as "12 Jan 2026". */
export function withDays(text: string): string {
  return text.replaceAll(/\b\d{4}-\d{2}-\d{2}\b/g, dayText);
}
