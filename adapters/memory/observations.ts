import type { Instant } from '../../shared/calendar/calendar.ts';
import { type Day, dayOf } from '../../shared/calendar/date.ts';
import type { ObservationBatch, ObservationStore } from '../../shared/ports/observations.ts';
import type { AcceptedBreak, MembershipSpan } from '../../shared/series/archive.ts';
import { type MergeCounts, mergeRows } from '../../shared/series/merge-rows.ts';
import { growRows, type Rows } from '../../shared/series/rows.ts';
import type { SeriesId } from '../../shared/series/snapshot.ts';
import { orderedSpans } from '../../shared/series/spans.ts';

const MILLISECONDS_PER_DAY = 86_400_000;

/** What is kept; lists and rows are replaced, never written to. */
interface Kept {
  readonly series: Map<SeriesId, Rows>;
  readonly memberships: Map<string, readonly MembershipSpan[]>;
  acceptances: readonly AcceptedBreak[];
  changedAt: Instant;
}

/** Keeps observations in memory, as long as the process lives. */
export function createMemoryObservations(): ObservationStore {
  const kept: Kept = { series: new Map(), memberships: new Map(), acceptances: [], changedAt: 0 };
  return {
    async record(batch, now) {
      const counts = recordSeries(kept, batch, now);
      const replaced = recordMemberships(kept, batch.memberships);
      if (counts.revised > 0 || replaced) kept.changedAt = Math.max(kept.changedAt, now);
      return counts;
    },
    async load({ series }) {
      const from = new Map<SeriesId, Day>();
      for (const one of series) from.set(one.id, Math.min(dayOf(one.from), from.get(one.id) ?? Infinity));
      return {
        series: [...from].flatMap(([id, day]) => {
          const rows = kept.series.get(id);
          const dot = id.lastIndexOf('.');
          const names = { instrument: id.slice(0, dot), field: id.slice(dot + 1) };
          return rows === undefined ? [] : [{ ...names, rows: rowsFrom(rows, day) }];
        }),
        memberships: orderedSpans([...kept.memberships.values()].flat()),
        acceptances: kept.acceptances,
      };
    },
    catalog: async () => {
      const ordered = [...kept.series].toSorted(([a], [b]) => (a < b ? -1 : 1));
      return ordered.map(([id, rows]) => ({ id, ...datesOf(rows) }));
    },
    changedAt: async () => kept.changedAt,
    async accept(acceptance) {
      const { instrument, session, known } = acceptance;
      const there = kept.acceptances.some((one) => one.instrument === instrument && one.session === session);
      if (there) return;
      kept.acceptances = [...kept.acceptances, acceptance];
      kept.changedAt = Math.max(kept.changedAt, known);
    },
  };
}

function recordSeries(kept: Kept, { series }: ObservationBatch, now: Instant): MergeCounts {
  const incoming = new Map<SeriesId, ReturnType<typeof growRows>>();
  for (const { instrument, field, rows } of series) {
    const id = `${instrument}.${field}`;
    const all = incoming.get(id) ?? growRows();
    if (rows.length > 0) incoming.set(id, all);
    append(all, rows, Number.NEGATIVE_INFINITY);
  }
  const total = { accepted: 0, revised: 0, unchanged: 0 };
  for (const [id, rows] of incoming) {
    const merge = mergeRows(kept.series.get(id) ?? growRows(), rows, now);
    kept.series.set(id, merge.rows);
    total.accepted += merge.counts.accepted;
    total.revised += merge.counts.revised;
    total.unchanged += merge.counts.unchanged;
  }
  return total;
}

/** Replaces the universes named; tells whether any of them changed. */
function recordMemberships(kept: Kept, spans: readonly MembershipSpan[]): boolean {
  let changed = false;
  for (const universe of new Set(spans.map((span) => span.universe))) {
    const members = orderedSpans(spans.filter((span) => span.universe === universe));
    if (JSON.stringify(members) === JSON.stringify(kept.memberships.get(universe))) continue;
    kept.memberships.set(universe, members);
    changed = true;
  }
  return changed;
}

function rowsFrom(rows: Rows, from: Day): Rows {
  const found = growRows();
  append(found, rows, from);
  return found;
}

function append(target: ReturnType<typeof growRows>, rows: Rows, from: Day): void {
  for (let index = 0; index < rows.length; index++) {
    if (rows.day(index) >= from) target.append(rows.day(index), rows.value(index), rows.known(index));
  }
}

function datesOf(rows: Rows): { readonly first: string; readonly last: string } {
  const days = Array.from({ length: rows.length }, (_, index) => rows.day(index));
  const first = days.reduce((a, b) => Math.min(a, b), Infinity);
  return { first: dateOf(first), last: dateOf(days.reduce((a, b) => Math.max(a, b), -Infinity)) };
}

function dateOf(day: Day): string {
  return new Date(day * MILLISECONDS_PER_DAY).toISOString().slice(0, 10);
}
