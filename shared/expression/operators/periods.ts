import type { Calendar } from '../../calendar/calendar.ts';
import type { Snapshot } from '../../series/snapshot.ts';

/** Which year, quarter and month each session lies in, as indexes of a snapshot. */
export interface Periods {
  /** Index of the first session of the session's year (quarter, month); negative where that is before the snapshot. */
  readonly yearStart: Int32Array;
  readonly quarterStart: Int32Array;
  readonly monthStart: Int32Array;
  /** year × 12 + month − 1. */
  readonly monthKey: Int32Array;
  /** 1 on the last session of a calendar month. */
  readonly lastOfMonth: Uint8Array;
}

/** Lays out the periods of a snapshot's sessions. */
export function periodsOf(snapshot: Snapshot): Periods {
  const { calendar, origin, length } = snapshot;
  const periods: Periods = {
    yearStart: new Int32Array(length),
    quarterStart: new Int32Array(length),
    monthStart: new Int32Array(length),
    monthKey: new Int32Array(length),
    lastOfMonth: new Uint8Array(length),
  };
  const keys = monthKeysOf(calendar);
  for (let index = 0; index < length; index += 1) {
    const key = keys[origin + index] ?? -1;
    periods.monthKey[index] = key;
    periods.lastOfMonth[index] = keys[origin + index + 1] === key ? 0 : 1;
    const before = index === 0 ? -1 : (periods.monthKey[index - 1] ?? -1);
    fillStart(periods.monthStart, index, before === key, () => firstOf(snapshot, key));
    fillStart(periods.quarterStart, index, third(before) === third(key), () =>
      firstOf(snapshot, third(key) * 3),
    );
    fillStart(periods.yearStart, index, twelfth(before) === twelfth(key), () =>
      firstOf(snapshot, twelfth(key) * 12),
    );
  }
  return periods;
}

function third(key: number): number {
  return Math.floor(key / 3);
}

function twelfth(key: number): number {
  return Math.floor(key / 12);
}

function fillStart(starts: Int32Array, index: number, continues: boolean, first: () => number): void {
  starts[index] = continues ? (starts[index - 1] ?? 0) : first();
}

/** The index of the first session of a month, which may lie before the snapshot. */
function firstOf({ calendar, origin }: Snapshot, key: number): number {
  const year = Math.floor(key / 12);
  const month = String((key % 12) + 1).padStart(2, '0');
  return calendar.onOrAfter(`${year}-${month}-01`) - origin;
}

const knownKeys = new WeakMap<Calendar, Int32Array>();

/** year × 12 + month − 1 of every session of a calendar, read from the dates once. */
function monthKeysOf(calendar: Calendar): Int32Array {
  const known = knownKeys.get(calendar);
  if (known !== undefined) return known;
  const keys = Int32Array.from(
    calendar.sessions,
    (session) => Number(session.slice(0, 4)) * 12 + Number(session.slice(5, 7)) - 1,
  );
  knownKeys.set(calendar, keys);
  return keys;
}
