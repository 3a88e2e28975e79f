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
  for (let index = 0; index < length; index += 1) {
    const key = monthKeyOf(calendar.sessions[origin + index]);
    const following = calendar.sessions[origin + index + 1];
    periods.monthKey[index] = key;
    periods.lastOfMonth[index] = following === undefined || monthKeyOf(following) !== key ? 1 : 0;
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

function monthKeyOf(session: string | undefined): number {
  if (session === undefined) return -1;
  return Number(session.slice(0, 4)) * 12 + Number(session.slice(5, 7)) - 1;
}
