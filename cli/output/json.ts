import type { Instant } from '../../shared/calendar/calendar.ts';

/** Rounds to 12 significant digits, the last step before a figure is printed; null where it is not finite. */
export function round12(value: number): number | null {
  if (!Number.isFinite(value)) return null;
  return Number(value.toPrecision(12));
}

/** One JSON line: numbers rounded to 12 significant digits, null for what is not finite, keys in the order given. */
export function jsonLine(value: unknown): string {
  return `${JSON.stringify(value, (_key, part: unknown) => (typeof part === 'number' ? round12(part) : part))}\n`;
}

/** An instant as `2026-01-02T21:00:00Z`. */
export function isoInstant(instant: Instant): string {
  return `${new Date(instant).toISOString().slice(0, 19)}Z`;
}
