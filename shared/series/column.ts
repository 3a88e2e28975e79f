import type { Instant } from '../calendar/calendar.ts';
import type { Column } from './snapshot.ts';
import { type StoredSeries, valuesAt } from './stored-series.ts';

/** The sessions a column is laid out on, and what it may know. */
export interface Frame {
  /** Ordinal of index 0. */
  readonly origin: number;
  readonly length: number;
  readonly asOf: Instant;
  /** Makes the room for one column, of zeros. */
  readonly room: () => Float64Array;
}

const FIRST_COLUMNS = 16;
const MOST_COLUMNS = 64;

/**
 * Makes rooms for columns of one length, many at once: the system clears memory of that size when it is first touched,
 * and a single column's at once, which takes longer than to lay out what most members of a universe have.
 */
export function columnRooms(length: number): () => Float64Array {
  let columns = FIRST_COLUMNS / 2;
  let free = new Float64Array(0);
  return () => {
    if (free.length < length || length === 0) {
      columns = Math.min(2 * columns, MOST_COLUMNS);
      free = new Float64Array(columns * length);
    }
    const room = free.subarray(0, length);
    free = free.subarray(length);
    return room;
  };
}

/** A column of values that mean something from `first` on; what lies before is made no data once somebody asks for it. */
export function columnOf(
  listed: Float64Array,
  { first, breaks, isWhole }: Pick<Column, 'first' | 'breaks' | 'isWhole'>,
): Column {
  let isFilled = first === 0;
  return {
    get values() {
      if (!isFilled) listed.fill(Number.NaN, 0, first);
      isFilled = true;
      return listed;
    },
    breaks,
    first,
    isWhole,
    listed,
  };
}

/** A column of no data. */
export function emptyValues(length: number): Float64Array {
  return new Float64Array(length).fill(Number.NaN);
}

/** Whether a series has a value on every session of a frame from its first one on, which its dates tell. */
export function coversFrame({ definition, ordinals }: StoredSeries, { origin, length }: Frame): boolean {
  const [first = origin + length, last = -1] = [ordinals[0], ordinals.at(-1)];
  return definition.kind === 'price' && last >= origin + length - 1 && last === first + ordinals.length - 1;
}

/**
 * Lays a series out on sessions as known at `asOf`: one value per session, NaN where there is none. Where several dates
 * belong to one session the latest counts; a level is carried for `staleAfter` sessions. What lies before the session of
 * the first date is left as it is.
 */
export function layOut(series: StoredSeries, frame: Frame): Float64Array {
  const current = valuesAt(series, frame.asOf);
  const run = unbroken(series, current, frame);
  if (run !== null) return run;
  const values = frame.room().fill(Number.NaN);
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

/**
 * The column of a price that has a value on every session from its first on, which nearly all have: copied at once. Null
 * for any other. A price's dates are sessions and ascend, so as many as lie between the first and the last leave none out.
 */
function unbroken(
  { definition, ordinals }: StoredSeries,
  current: Float64Array,
  frame: Frame,
): Float64Array | null {
  const start = (ordinals[0] ?? -1) - frame.origin;
  const count = ordinals.length;
  if (definition.kind !== 'price' || start < 0 || start >= frame.length) return null;
  if (ordinals[count - 1] !== (ordinals[0] ?? 0) + count - 1) return null;
  const values = frame.room();
  const end = Math.min(frame.length, start + count);
  values.set(current.subarray(0, end - start), start);
  values.fill(Number.NaN, end);
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
