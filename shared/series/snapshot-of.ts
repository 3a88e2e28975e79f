import type { Instant } from '../calendar/calendar.ts';
import type { Archive } from './archive.ts';
import { breakIndexes } from './breaks.ts';
import { columnOf, columnRooms, coversFrame, emptyValues, type Frame, layOut } from './column.ts';
import { layOutMembership } from './membership.ts';
import type { Column, Membership, SeriesId, Snapshot } from './snapshot.ts';

const NO_BREAKS: readonly number[] = [];

/**
 * All data as it was known at an instant (`+Infinity`: everything), from the first loaded value to the last one known
 * then, and on to `least` sessions where that is fewer: a level or a streak has its value on a session on which nothing
 * was loaded. Columns are built on first use and kept.
 */
export function snapshotOf(archive: Archive, asOf: Instant, least = 0): Snapshot {
  const { calendar, market } = archive;
  const frame = frameOf(archive, asOf, least);
  const sessions = calendar.sessions.slice(frame.origin, frame.origin + frame.length);
  const factors = remember((instrument: string) => factorsOf(archive, frame, instrument));
  const raw = remember((id: SeriesId) => rawColumn(archive, frame, id));
  const canonical = remember((id: SeriesId) => canonicalColumn(archive, frame, { id, raw, factors }));
  const latest = remember((id: SeriesId) => {
    const instrument = closeOf(id);
    if (instrument === undefined || !hasSplits(archive, instrument)) return canonical(id);
    return columnOf(inLatestBasis(raw(id), factors(instrument)), canonical(id));
  });
  const index = (date: string): number | undefined => {
    const ordinal = calendar.covers(date) ? calendar.ordinal(date) : undefined;
    const at = ordinal === undefined ? -1 : ordinal - frame.origin;
    return at >= 0 && at < frame.length ? at : undefined;
  };
  return {
    calendar,
    market,
    asOf,
    origin: frame.origin,
    length: frame.length,
    sessions,
    index,
    canonical,
    latest,
    splitFactor: factors,
    membership: remember((universe: string) => membershipOf(archive, frame, universe)),
  };
}

function frameOf({ filled, calendar }: Archive, asOf: Instant, least: number): Frame {
  const origin = filled[0] ?? 0;
  let known = filled.length;
  // The first value of a session is known from its close, so what is known is a beginning of what is filled.
  let low = 0;
  while (low < known) {
    const middle = (low + known) >>> 1;
    const session = calendar.sessions[filled[middle] ?? 0];
    if (session !== undefined && calendar.close(session) <= asOf) low = middle + 1;
    else known = middle;
  }
  const last = filled[low - 1];
  const length = last === undefined ? 0 : Math.max(last - origin + 1, least);
  return { origin, length, asOf, room: columnRooms(length) };
}

function rawColumn({ series }: Archive, frame: Frame, id: SeriesId): Float64Array {
  const stored = series.get(id);
  return stored === undefined ? emptyValues(frame.length) : layOut(stored, frame);
}

/** The cumulative product of splits; a split on a session without a close still counts from that session. */
function factorsOf(archive: Archive, frame: Frame, instrument: string): Float64Array {
  const factors = new Float64Array(frame.length).fill(1);
  const stored = archive.series.get(`${instrument}.split`);
  if (stored === undefined) return factors;
  const splits = layOut(stored, frame);
  let factor = 1;
  for (let index = firstOf(archive, frame, `${instrument}.split`); index < factors.length; index++) {
    const split = splits[index] ?? Number.NaN;
    if (!Number.isNaN(split)) factor *= split;
    factors[index] = factor;
  }
  return factors;
}

interface CloseSource {
  readonly id: SeriesId;
  readonly raw: (id: SeriesId) => Float64Array;
  readonly factors: (instrument: string) => Float64Array;
}

function canonicalColumn(archive: Archive, frame: Frame, { id, raw, factors }: CloseSource): Column {
  const instrument = closeOf(id);
  const first = firstOf(archive, frame, id);
  const stored = archive.series.get(id);
  const whole = stored !== undefined && coversFrame(stored, frame);
  if (instrument === undefined || stored === undefined)
    return columnOf(raw(id), { first, breaks: NO_BREAKS, isWhole: whole });
  const values = hasSplits(archive, instrument) ? inFirstBasis(raw(id), factors(instrument)) : raw(id);
  // Hardly any series jumps at all, and only then it matters what is known of it.
  let explained: ReadonlySet<string> | null = null;
  const isExplained = (index: number): boolean => {
    explained ??= explanations(archive, frame.asOf, instrument);
    return explained.has(archive.calendar.sessions[frame.origin + index] ?? '');
  };
  return columnOf(values, { first, breaks: breakIndexes(values, first, isExplained), isWhole: whole });
}

/** Where the first date of a series lies on the frame: no value lies before it. */
function firstOf({ series }: Archive, { origin, length }: Frame, id: SeriesId): number {
  const ordinal = series.get(id)?.ordinals[0];
  return ordinal === undefined ? length : Math.min(Math.max(ordinal - origin, 0), length);
}

/** Most instruments never split: their closes are the same in every basis. */
function hasSplits({ series }: Archive, instrument: string): boolean {
  return series.has(`${instrument}.split`);
}

function inFirstBasis(closes: Float64Array, factors: Float64Array): Float64Array {
  return closes.map((close, index) => close * (factors[index] ?? 1));
}

/** Divides by the splits still to come, which leaves every bit of a close after the last split. */
function inLatestBasis(closes: Float64Array, factors: Float64Array): Float64Array {
  const last = factors.at(-1) ?? 1;
  return closes.map((close, index) => close / (last / (factors[index] ?? 1)));
}

/** Sessions of an instrument on which a jump is real: listed moves, and breaks accepted by then. */
function explanations(
  { market, acceptances }: Archive,
  asOf: Instant,
  instrument: string,
): ReadonlySet<string> {
  const listed = market.moves.filter((move) => move.instrument === instrument);
  const accepted = acceptances.filter((it) => it.instrument === instrument && it.known <= asOf);
  return new Set([...listed, ...accepted].map(({ session }) => session));
}

function membershipOf(archive: Archive, { origin, length }: Frame, universe: string): Membership {
  const { calendar, market, memberships } = archive;
  const from = (date: string): number => {
    if (date <= calendar.first) return 0;
    if (date > calendar.last) return length;
    return Math.min(Math.max(calendar.onOrAfter(date) - origin, 0), length);
  };
  return layOutMembership(market.universes.get(universe), memberships, { length, from });
}

/** The instrument whose close a series is; undefined for any other field. */
function closeOf(id: SeriesId): string | undefined {
  return id.endsWith('.close') ? id.slice(0, -'.close'.length) : undefined;
}

function remember<Key, Value>(make: (key: Key) => Value): (key: Key) => Value {
  const made = new Map<Key, Value>();
  return (key) => {
    const known = made.get(key);
    if (known !== undefined) return known;
    const value = make(key);
    made.set(key, value);
    return value;
  };
}
