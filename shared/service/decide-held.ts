import { seriesOf } from '../acceptance/candidate.ts';
import { isBreak } from '../acceptance/jump.ts';
import type { Instant, Session } from '../calendar/calendar.ts';
import type { ObservationStore } from '../ports/observations.ts';
import type { RecordStore } from '../ports/records.ts';
import { batchesOf, type GateGround, keptAs } from './gate.ts';
import { changeHeld, heldKey, type HeldValue, listHeld } from './held.ts';
import { keepOrigins, rememberedSince } from './provenance.ts';

/** What deciding about held values stands on. */
export interface DecideGround extends Pick<GateGround, 'market' | 'calendar'> {
  readonly records: RecordStore;
  readonly observations: ObservationStore;
  readonly now: Instant;
}

/** Which held values, and why, in the words of who decides: ids, or patterns in which `*` stands for anything. */
export interface HeldDecision {
  readonly ids: readonly string[];
  readonly why: string;
}

/** How a decision ended. */
export type HeldOutcome =
  | { readonly kind: 'decided'; readonly values: readonly HeldValue[] }
  /** Nothing of that name waits; nothing was decided. */
  | { readonly kind: 'unknown'; readonly id: string };

/**
 * Accepts values that wait: each is stored as an observation (a first value, or a revision known from now), a jump becomes
 * an accepted break, and what contradicted it is rejected. Repeated after a failure it comes to the same.
 */
export async function acceptHeld(ground: DecideGround, { ids, why }: HeldDecision): Promise<HeldOutcome> {
  const { records, observations, now } = ground;
  const held = await listHeld(records);
  const unknown = unknownAmong(ids, held);
  if (unknown !== undefined) return { kind: 'unknown', id: unknown };
  const values = namedBy(ids, held);
  for (const { instrument, session } of breaksAmong(values)) {
    await observations.accept({ instrument, session, known: now });
  }
  const verdict = { kind: 'accept', standing: 'single' } as const;
  for (const batch of batchesOf(values.map(({ candidate }) => ({ candidate, verdict })))) {
    await observations.record({ ...batch, source: `${batch.source}, accepted by hand` }, now);
  }
  const authors = values.map(({ candidate: { date, source, ...of } }) => {
    const kept = keptAs(ground.market, of);
    return { series: seriesOf(of), date, source, standing: 'settled' as const, kept };
  });
  await keepOrigins(records, authors, rememberedSince(ground.calendar, now));
  const losers = opponents(values, held).map((one) => reject(one, now, `another value was accepted: ${why}`));
  await changeHeld(records, { put: losers, drop: new Set(values.map(({ id }) => id)) });
  return { kind: 'decided', values };
}

/** Rejects values that wait: they are remembered, so that the same value of the same date never comes back. */
export async function rejectHeld(ground: DecideGround, { ids, why }: HeldDecision): Promise<HeldOutcome> {
  const held = await listHeld(ground.records);
  const unknown = unknownAmong(ids, held);
  if (unknown !== undefined) return { kind: 'unknown', id: unknown };
  const values = namedBy(ids, held).map((one) => reject(one, ground.now, why));
  await changeHeld(ground.records, { put: values, drop: new Set() });
  return { kind: 'decided', values };
}

function unknownAmong(ids: readonly string[], held: readonly HeldValue[]): string | undefined {
  return ids.find((id) => namedBy([id], held).length === 0);
}

function namedBy(ids: readonly string[], held: readonly HeldValue[]): readonly HeldValue[] {
  return held.filter(({ id, state }) => state === 'held' && ids.some((pattern) => matches(pattern, id)));
}

/** Whether a text is what a pattern says, `*` standing for anything; linear in both. */
function matches(pattern: string, text: string): boolean {
  const [first = '', ...rest] = pattern.split('*');
  if (rest.length === 0) return pattern === text;
  const last = rest.pop() ?? '';
  if (!text.startsWith(first) || !text.endsWith(last) || text.length < first.length + last.length)
    return false;
  let at = first.length;
  for (const part of rest) {
    const found = text.indexOf(part, at);
    if (found < 0 || found + part.length > text.length - last.length) return false;
    at = found + part.length;
  }
  return true;
}

/** Sessions on which accepted closes jump, to what is stored or to one accepted with them. */
function breaksAmong(values: readonly HeldValue[]): readonly { instrument: string; session: Session }[] {
  const jumps = values.filter(({ reason }) => reason === 'jump' || reason === 'suspected split');
  const lines = Map.groupBy(jumps, ({ candidate }) => candidate.instrument);
  return [...lines].flatMap(([instrument, own]) => {
    const ordered = own.map(({ candidate }) => candidate).toSorted((a, b) => (a.date < b.date ? -1 : 1));
    const jumping = ordered.filter(({ value }, index) => {
      const before = ordered[index - 1];
      return before === undefined || isBreak(before.value, value);
    });
    return jumping.map(({ date }) => ({ instrument, session: date }));
  });
}

/** Waiting values that contradict accepted ones. */
function opponents(values: readonly HeldValue[], held: readonly HeldValue[]): readonly HeldValue[] {
  const accepted = new Set(values.map(({ id }) => id));
  const keys = new Set(values.map(({ candidate }) => heldKey(seriesOf(candidate), candidate.date)));
  return held.filter(
    ({ id, state, reason, candidate }) =>
      state === 'held' &&
      reason === 'disagreement' &&
      !accepted.has(id) &&
      keys.has(heldKey(seriesOf(candidate), candidate.date)),
  );
}

function reject(one: HeldValue, at: Instant, why: string): HeldValue {
  return { ...one, state: 'rejected', decided: { at, why } };
}
