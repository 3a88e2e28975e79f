import { isSame } from '../acceptance/agreement.ts';
import { type Candidate, type Judged, keyOf, type RefuseReason, seriesOf } from '../acceptance/candidate.ts';
import { judge } from '../acceptance/judge.ts';
import { type GrowingValues, type KnownValues, knownValues } from '../acceptance/known-values.ts';
import type { Legs } from '../acceptance/legs.ts';
import type { Calendar, Instant } from '../calendar/calendar.ts';
import { dayOf, isDate } from '../calendar/date.ts';
import type { ObservationBatch, ObservationNeed, ObservationStore } from '../ports/observations.ts';
import type { RecordStore } from '../ports/records.ts';
import type { AcceptedBreak } from '../series/archive.ts';
import { layOutDays } from '../series/days.ts';
import type { Market } from '../series/market.ts';
import { growRows } from '../series/rows.ts';
import type { SeriesId } from '../series/snapshot.ts';
import { changeHeld, heldId, type HeldValue, listHeld, rejectedAmong } from './held.ts';
import { keepOrigins, type Origins, readOrigins, rememberedSince, type Said } from './provenance.ts';
import type { Protocol } from './report.ts';

/** What the gate stands on. */
export interface GateGround {
  readonly records: RecordStore;
  readonly observations: ObservationStore;
  /** The market with its dated members. */
  readonly market: Market;
  readonly calendar: Calendar;
  readonly now: Instant;
  readonly legs: Legs;
  /** `evening`: recent sessions, whose authors are remembered; `history`: what is filled long afterwards. */
  readonly course: 'evening' | 'history';
}

/** Days before a value's date that are looked at for the value before it. */
const PRICE_DAYS = 60;
const LEVEL_DAYS = 400;
const SHOWN = 5;
/** What comes in every run and asks nothing of anybody: bars not final yet, and what a publisher gives beside what is declared. */
const ROUTINE: ReadonlySet<RefuseReason> = new Set(['running session', 'undeclared']);

/**
 * Lets what providers say pass to the store, together with what waits from earlier runs: accepted values are stored, one
 * batch for each provider; what is held stays visible with its reason, and goes by itself once it is explained. May be
 * interrupted anywhere and repeated: nothing that waits is lost before it is stored.
 */
export async function passGate(
  ground: GateGround,
  said: readonly Candidate[],
  protocol: Protocol,
): Promise<readonly Judged[]> {
  const { records, observations, now } = ground;
  const held = await listHeld(records);
  const waiting = held.filter(({ state }) => state === 'held');
  const pool = poolOf(said, waiting, ground.course);
  const origins = await readOrigins(records);
  const stored = await loadKnown(ground, pool);
  const judged = judge(pool, {
    ...ground,
    ...stored,
    sourceOf: (series, date) => origins.sourceOf(series, date),
    rejected: rejectedAmong(held),
  });
  const put = judged.flatMap(heldOf);
  const standing = new Set(put.map(({ id }) => id));
  const drop = new Set(droppable(waiting, pool, ground.course).filter((id) => !standing.has(id)));
  await changeHeld(records, { put, drop: new Set() });
  for (const name of ['accepted', 'revised', 'unchanged']) protocol.count(name, 0);
  for (const batch of batchesOf(judged)) {
    const counts = await observations.record(batch, now);
    for (const [name, count] of Object.entries(counts)) protocol.count(name, count);
    const { accepted, revised, unchanged } = counts;
    protocol.decide(
      'stored',
      batch.source,
      `${accepted} accepted, ${revised} revised, ${unchanged} unchanged`,
    );
  }
  await changeHeld(records, { put: [], drop });
  if (ground.course === 'evening') {
    const authors = saidOf(judged, { origins, known: stored.known, market: ground.market });
    await keepOrigins(records, authors, rememberedSince(ground.calendar, now));
  }
  tell(judged, { waiting, drop, now }, protocol);
  return judged;
}

/** What is said now, and what waits and is not said again; a waiting value said again has stood since it was first said. */
function poolOf(
  said: readonly Candidate[],
  waiting: readonly HeldValue[],
  course: GateGround['course'],
): readonly Candidate[] {
  const before = new Map(waiting.map((one) => [one.id, one.candidate]));
  const pool = said.map((candidate) => {
    const known = before.get(heldId(candidate));
    return known !== undefined && isSame(known.value, candidate.value)
      ? { ...candidate, firstSeen: known.firstSeen }
      : candidate;
  });
  if (course === 'history') return pool;
  const ids = new Set(said.map(heldId));
  return [...pool, ...waiting.filter(({ id }) => !ids.has(id)).map(({ candidate }) => candidate)];
}

/** Waiting values that this run has judged. */
function droppable(
  waiting: readonly HeldValue[],
  pool: readonly Candidate[],
  course: GateGround['course'],
): readonly string[] {
  const ids = new Set(pool.map(heldId));
  return waiting.map(({ id }) => id).filter((id) => course === 'evening' || ids.has(id));
}

function heldOf({ candidate, verdict }: Judged): readonly HeldValue[] {
  if (verdict.kind !== 'hold') return [];
  const { reason, detail } = verdict;
  return [{ id: heldId(candidate), candidate, reason, detail, state: 'held', decided: null }];
}

/** Loads what is stored around the dates of candidates: their series, the splits and closes of their instruments, legs. */
async function loadKnown(
  { observations, market, calendar, now, legs }: GateGround,
  pool: readonly Candidate[],
): Promise<{ readonly known: GrowingValues; readonly acceptances: readonly AcceptedBreak[] }> {
  const from = new Map<SeriesId, string>();
  const days = layOutDays(calendar);
  const need = (series: SeriesId, date: string, back: number): void => {
    const since = days.date(Math.max(dayOf(date) - back, days.first));
    if (since < (from.get(series) ?? '9')) from.set(series, since);
  };
  for (const candidate of pool) {
    const { instrument, field, date } = candidate;
    const kind = market.instruments.get(instrument)?.fields.get(field)?.kind;
    if (kind === undefined || !isDate(date) || !calendar.covers(date)) continue;
    need(seriesOf(candidate), date, kind === 'price' ? PRICE_DAYS : LEVEL_DAYS);
    if (kind !== 'price') continue;
    for (const other of ['close', 'split']) need(`${instrument}.${other}`, date, PRICE_DAYS);
    for (const leg of legs.get(seriesOf(candidate)) ?? []) need(leg, date, 0);
  }
  const wanted: ObservationNeed = { series: [...from].map(([id, since]) => ({ id, from: since })) };
  const stored = await observations.load(wanted);
  return { known: knownValues(stored.series, days, now), acceptances: stored.acceptances };
}

/** Accepted values, one batch for each provider, in the order of their rank. */
export function batchesOf(judged: readonly Judged[]): readonly ObservationBatch[] {
  const accepted = judged
    .filter(({ verdict }) => verdict.kind === 'accept')
    .map(({ candidate }) => candidate);
  const ranked = accepted.toSorted((a, b) => a.rank - b.rank);
  return [...Map.groupBy(ranked, ({ source }) => source)].map(([source, own]) => {
    const series = [...Map.groupBy(own, seriesOf).values()].flatMap((values) => {
      const [first] = values;
      if (first === undefined) return [];
      const rows = growRows();
      for (const { date, value } of values.toSorted((a, b) => (a.date < b.date ? -1 : 1))) {
        rows.append(dayOf(date), value, Number.NaN);
      }
      return [{ instrument: first.instrument, field: first.field, rows }];
    });
    return { series, memberships: [], source };
  });
}

interface Authors {
  readonly origins: Origins;
  readonly known: KnownValues;
  readonly market: Market;
}

/** How long it is remembered who said a value. */
export function keptAs(
  market: Market,
  { instrument, field }: Pick<Candidate, 'instrument' | 'field'>,
): Said['kept'] {
  const kind = market.instruments.get(instrument)?.fields.get(field)?.kind ?? 'price';
  return kind === 'price' ? 'by date' : 'by series';
}

/** Who said what is stored now; a value without an author is adopted by whoever says the very same. */
function saidOf(judged: readonly Judged[], { origins, known, market }: Authors): readonly Said[] {
  const said = new Map<string, Said>();
  const provisional = new Set<string>();
  for (const { candidate, verdict } of judged) {
    const { date, source } = candidate;
    const series = seriesOf(candidate);
    if (verdict.kind !== 'accept' && verdict.kind !== 'known') continue;
    if (verdict.standing === 'provisional') provisional.add(keyOf(candidate));
    const inForce = known.at(series, date);
    const orphan = !said.has(keyOf(candidate)) && origins.sourceOf(series, date) === null;
    const adopted = orphan && inForce !== undefined && isSame(inForce, candidate.value);
    if (verdict.kind !== 'accept' && !adopted) continue;
    const kept = keptAs(market, candidate);
    said.set(keyOf(candidate), { series, date, source, standing: 'settled', kept });
  }
  for (const { candidate } of judged) {
    const key = keyOf(candidate);
    const series = seriesOf(candidate);
    const source = said.get(key)?.source ?? origins.sourceOf(series, candidate.date);
    if (source === null) continue;
    const standing = provisional.has(key) ? 'provisional' : 'settled';
    const before = origins.isProvisional(series, candidate.date) ? 'provisional' : 'settled';
    if (said.has(key) || standing !== before) {
      said.set(key, { series, date: candidate.date, source, standing, kept: keptAs(market, candidate) });
    }
  }
  return [...said.values()];
}

interface Told {
  readonly waiting: readonly HeldValue[];
  readonly drop: ReadonlySet<string>;
  readonly now: Instant;
}

function tell(judged: readonly Judged[], { waiting, drop }: Told, protocol: Protocol): void {
  const known = new Map(waiting.map((one) => [one.id, one]));
  const held = judged.flatMap(heldOf);
  const fresh = held.filter(({ id, reason }) => known.get(id)?.reason !== reason);
  for (const [key, own] of Map.groupBy(fresh, ({ reason, candidate }) => `${reason} ${candidate.source}`)) {
    const shown = own.slice(0, SHOWN).map(({ id, detail }) => `${id}: ${detail}`);
    const more = own.length > SHOWN ? [`and ${own.length - SHOWN} more`] : [];
    protocol.find('held', key, [...shown, ...more].join('; '));
  }
  for (const id of drop) protocol.decide('released', id, 'what was held is explained, replaced or stored');
  const refused = judged.flatMap(({ candidate, verdict }) =>
    verdict.kind === 'refuse' && !ROUTINE.has(verdict.reason) ? [{ candidate, verdict }] : [],
  );
  for (const [key, own] of Map.groupBy(
    refused,
    ({ candidate, verdict }) => `${verdict.reason} ${candidate.source}`,
  )) {
    const names = own.slice(0, SHOWN).map(({ candidate }) => heldId(candidate));
    protocol.decide('refused', key, `${own.length}: ${names.join(', ')}`);
  }
  protocol.count('held', held.length);
  protocol.count('refused', refused.length);
}
