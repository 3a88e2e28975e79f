import type { Instant } from '../calendar/calendar.ts';
import { type StoredSeries, valuesAt } from './stored-series.ts';

/** The sessions a column is laid out on, and what it may know. */
export interface Frame {
  /** Ordinal of index 0. */
  readonly origin: number;
  readonly length: number;
  readonly asOf: Instant;
}

/** A column of no data. */
export function emptyValues(length: number): Float64Array {
  return new Float64Array(length).fill(Number.NaN);
}

/**
 * Lays a series out on sessions as known at `asOf`: one value per session, NaN where there is none. Where several dates
 * belong to one session the latest counts; a level is carried for `staleAfter` sessions.
 */
export function layOut(series: StoredSeries, frame: Frame): Float64Array {
  const values = emptyValues(frame.length);
  const current = valuesAt(series, frame.asOf);
  // Dates ascend, so a later date of the same session overwrites an earlier one.
  for (let key = 0; key < current.length; key++) {
    const index = (series.ordinals[key] ?? 0) - frame.origin;
    if (index >= frame.length) break;
    values[index] = current[key] ?? Number.NaN;
  }
  if (series.definition.kind === 'level')
    carry(values, series.definition.staleAfter ?? Number.POSITIVE_INFINITY);
  return values;
}

function carry(values: Float64Array, staleAfter: number): void {
  let last = Number.NaN;
  let age = 0;
  for (let index = 0; index < values.length; index++) {
    const value = values[index] ?? Number.NaN;
    if (!Number.isNaN(value)) {
      last = value;
      age = 0;
    } else if (++age <= staleAfter) values[index] = last;
  }
}
