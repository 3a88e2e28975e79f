import { isSame } from '../acceptance/agreement.ts';
import { type Candidate, type HoldReason, seriesOf } from '../acceptance/candidate.ts';
import type { Instant } from '../calendar/calendar.ts';
import type { RecordStore } from '../ports/records.ts';
import type { SeriesId } from '../series/snapshot.ts';
import { changeJson, listJson } from './json-record.ts';
import { HELD, heldName } from './names.ts';

/** A value that waits, visible to everybody, or one that somebody rejected and that therefore never comes back. */
export interface HeldValue {
  /** `IWM.close@2026-01-12@alpaca`. */
  readonly id: string;
  readonly candidate: Candidate;
  readonly reason: HoldReason;
  readonly detail: string;
  readonly state: 'held' | 'rejected';
  /** When it was rejected and why, in somebody's words; null while it is held. */
  readonly decided: { readonly at: Instant; readonly why: string } | null;
}

/** The name of a held value: what, of when, by whom. */
export function heldId(candidate: Candidate): string {
  return `${seriesOf(candidate)}@${candidate.date}@${candidate.source}`;
}

/** Every value that waits or was rejected, by date, series and source. */
export async function listHeld(records: RecordStore): Promise<readonly HeldValue[]> {
  const found = await listJson<readonly HeldValue[]>(records, HELD);
  return found.flatMap(({ value }) => value);
}

/** Values that wait, by series and date. */
export function heldByKey(held: readonly HeldValue[]): ReadonlyMap<string, HeldValue> {
  const waiting = held.filter(({ state }) => state === 'held');
  return new Map(waiting.map((one) => [heldKey(seriesOf(one.candidate), one.candidate.date), one]));
}

/** The key of `heldByKey`. */
export function heldKey(series: SeriesId, date: string): string {
  return `${series} ${date}`;
}

/** Tells whether somebody rejected a value of an observation, whoever said it. */
export function rejectedAmong(held: readonly HeldValue[]): (candidate: Candidate) => boolean {
  const rejected = Map.groupBy(
    held.filter(({ state }) => state === 'rejected'),
    ({ candidate }) => heldKey(seriesOf(candidate), candidate.date),
  );
  return (candidate) =>
    (rejected.get(heldKey(seriesOf(candidate), candidate.date)) ?? []).some((one) =>
      isSame(one.candidate.value, candidate.value),
    );
}

/** What is to become of held values: those to keep or put, and ids of those that wait no longer. */
export interface HeldChange {
  readonly put: readonly HeldValue[];
  readonly drop: ReadonlySet<string>;
}

/** Changes held values, whatever others change meanwhile; what somebody rejected stays rejected. */
export async function changeHeld(records: RecordStore, { put, drop }: HeldChange): Promise<void> {
  const names = new Map<string, HeldValue[]>();
  for (const one of put) names.set(nameOf(one.id), [...(names.get(nameOf(one.id)) ?? []), one]);
  for (const id of drop) names.set(nameOf(id), names.get(nameOf(id)) ?? []);
  for (const [name, own] of names) {
    await changeJson<readonly HeldValue[]>(records, name, (before) => {
      const after = merged(before ?? [], own, drop);
      return JSON.stringify(after) === JSON.stringify(before ?? []) ? null : after;
    });
  }
}

function merged(
  before: readonly HeldValue[],
  put: readonly HeldValue[],
  drop: ReadonlySet<string>,
): readonly HeldValue[] {
  const kept = new Map<string, HeldValue>();
  for (const one of before) if (one.state === 'rejected' || !drop.has(one.id)) kept.set(memoryOf(one), one);
  for (const one of put) {
    const other = kept.get(one.id);
    if (one.state === 'held' && other?.state === 'held') kept.delete(one.id);
    if (one.state === 'rejected') kept.delete(one.id);
    kept.set(memoryOf(one), one);
  }
  return [...kept.values()].toSorted((a, b) => (memoryOf(a) < memoryOf(b) ? -1 : 1));
}

/** Rejected values are remembered one by one, a waiting one is the last word of its source. */
function memoryOf({ id, state, candidate }: HeldValue): string {
  return state === 'held' ? id : `${id} ${candidate.value}`;
}

/**
 * The record of a held value: one for each date, source and initial, so that a whole evening is few writes and no record
 * outgrows what a store takes.
 */
function nameOf(id: string): string {
  const [source = '', date = ''] = id.split('@').toReversed();
  const [initial = ''] = id;
  return heldName(date, source, initial);
}
