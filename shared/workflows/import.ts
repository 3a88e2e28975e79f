import type { Instant } from '../calendar/calendar.ts';
import type { ObservationStore } from '../ports.ts';
import type { MembershipSpan } from '../series/archive.ts';
import { type MergeCounts, mergeRows } from '../series/merge-rows.ts';
import { growRows, type SeriesRows } from '../series/rows.ts';

/** What a source says, checked cell by cell already. */
export interface ImportBatch {
  readonly series: readonly SeriesRows[];
  /** Dated membership; for every universe named here it replaces what is stored. */
  readonly memberships: readonly MembershipSpan[];
}

/** Stores what is new in a batch; importing the same batch twice stores nothing more. Counts are in observations. */
export async function importObservations(
  { series, memberships }: ImportBatch,
  store: ObservationStore,
  now: Instant,
): Promise<MergeCounts> {
  const total = { accepted: 0, revised: 0, unchanged: 0 };
  for (const [instrument, incoming] of byInstrument(series)) {
    const counts = await importInstrument(instrument, incoming, { store, now });
    total.accepted += counts.accepted;
    total.revised += counts.revised;
    total.unchanged += counts.unchanged;
  }
  if (memberships.length > 0) await importMemberships(memberships, store);
  return total;
}

async function importInstrument(
  instrument: string,
  incoming: readonly SeriesRows[],
  { store, now }: { store: ObservationStore; now: Instant },
): Promise<MergeCounts> {
  const stored = new Map(await store.read(instrument));
  const counts = { accepted: 0, revised: 0, unchanged: 0 };
  let changed = false;
  for (const { field, rows } of incoming) {
    const merge = mergeRows(stored.get(field) ?? growRows(), rows, now);
    stored.set(field, merge.rows);
    counts.accepted += merge.counts.accepted;
    counts.revised += merge.counts.revised;
    counts.unchanged += merge.counts.unchanged;
    changed ||= merge.changed;
  }
  if (changed)
    await store.write(
      instrument,
      [...stored].map(([field, rows]) => ({ instrument, field, rows })),
    );
  return counts;
}

async function importMemberships(
  memberships: readonly MembershipSpan[],
  store: ObservationStore,
): Promise<void> {
  const stored = await store.readMemberships();
  const replaced = new Set(memberships.map(({ universe }) => universe));
  const merged = [...stored.filter(({ universe }) => !replaced.has(universe)), ...memberships].toSorted(
    compareSpans,
  );
  const same = merged.length === stored.length && merged.every((span, index) => isSame(span, stored[index]));
  if (!same) await store.writeMemberships(merged);
}

function isSame(span: MembershipSpan, other: MembershipSpan | undefined): boolean {
  return other !== undefined && compareSpans(span, other) === 0;
}

function compareSpans(a: MembershipSpan, b: MembershipSpan): number {
  const others = keysOf(b);
  for (const [index, key] of keysOf(a).entries()) {
    const other = others[index] ?? '';
    if (key !== other) return key < other ? -1 : 1;
  }
  return 0;
}

function keysOf({ universe, instrument, from, to }: MembershipSpan): readonly string[] {
  return [universe, instrument, from ?? '', to ?? ''];
}

function byInstrument(series: readonly SeriesRows[]): ReadonlyMap<string, readonly SeriesRows[]> {
  const found = new Map<string, SeriesRows[]>();
  for (const rows of series) {
    const there = found.get(rows.instrument);
    if (there === undefined) found.set(rows.instrument, [rows]);
    else there.push(rows);
  }
  return found;
}
