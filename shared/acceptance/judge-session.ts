import type { Calendar } from '../calendar/calendar.ts';
import type { AcceptedBreak } from '../series/archive.ts';
import type { FieldUnit, Market } from '../series/market.ts';
import type { SeriesId } from '../series/snapshot.ts';
import { agreement } from './agreement.ts';
import { type Candidate, type Judged, keyOf, seriesOf, type Verdict } from './candidate.ts';
import { type Choice, choose, type StoredValue, supporters } from './choose.ts';
import { isBreak, jumpOf } from './jump.ts';
import type { GrowingValues } from './known-values.ts';
import type { Legs } from './legs.ts';

/** Where the values of one date are judged, dates in order. */
export interface SessionGround {
  readonly market: Market;
  readonly calendar: Calendar;
  readonly known: GrowingValues;
  readonly acceptances: readonly AcceptedBreak[];
  readonly legs: Legs;
  /** Who said what is stored; null where nobody remembers. */
  sourceOf(series: SeriesId, date: string): string | null;
  /**
   * In the evening a jump is held until it is explained, and a leftover of the day before is looked for in every close. In
   * history a jump after which closes stay on the new level is stored as the break it is (nothing is computed across one).
   */
  readonly course: 'evening' | 'history';
  /** Candidates of the same instrument and source after a date, for telling a new level from a spike. */
  following(candidate: Candidate): readonly Candidate[];
}

/** A value that stays overnight is no leftover of the day before. */
const OVERNIGHT_MS = 12 * 3_600_000;
const BATCH = 3;
const BATCH_SHARE = 0.5;
const VALUATION_JUMP = 0.15 * (1 + 1e-9);
/** Percentage points: twice the furthest that the target range moved at once since it is one (March 2020). */
const RATE_POINTS = 2;
const RATE_JUMP = RATE_POINTS * (1 + 1e-9);
/** A hundredth is a fraction; no rate fell to a twentieth of itself at once but to nought. */
const FRACTION = 0.05;
const NEW_LEVEL = 5;

/** Judges every value of one date, and puts those accepted among the known ones. */
export function judgeSession(candidates: readonly Candidate[], ground: SessionGround): readonly Judged[] {
  const stale = staleBatches(candidates, ground);
  const judged: Judged[] = [];
  const live: Candidate[] = [];
  for (const candidate of candidates) {
    if (stale.has(candidate.source) && isStaleable(candidate, ground)) {
      judged.push({ candidate, verdict: staleBatch(candidate) });
    } else live.push(candidate);
  }
  const choices = [...Map.groupBy(live, keyOf).values()].map((said) => weigh(said, ground));
  for (const { others } of choices) judged.push(...others);
  const chosen = choices.flatMap((choice) => (choice.chosen === null ? [] : [choice.chosen]));
  const passed = chosen.map((one) => ({ ...one, verdict: look(one, live, ground) }));
  for (const one of withLegs(passed, live, ground)) {
    judged.push(one);
    const { candidate, verdict } = one;
    if (verdict.kind === 'accept') ground.known.set(seriesOf(candidate), candidate.date, candidate.value);
  }
  return judged;
}

function weigh(said: readonly Candidate[], ground: SessionGround): Choice {
  const [first] = said;
  if (first === undefined) return { chosen: null, others: [] };
  return choose(said, storedOf(first, ground), unitOf(first, ground));
}

function storedOf(candidate: Candidate, ground: SessionGround): StoredValue | null {
  const series = seriesOf(candidate);
  const value = ground.known.at(series, candidate.date);
  return value === undefined ? null : { value, source: ground.sourceOf(series, candidate.date) };
}

function unitOf({ instrument, field }: Candidate, { market }: SessionGround): FieldUnit {
  return market.instruments.get(instrument)?.fields.get(field)?.unit ?? 'number';
}

/** Sources whose closes of the date are, for half of the instruments or more, those of the session before. */
function staleBatches(candidates: readonly Candidate[], ground: SessionGround): ReadonlySet<string> {
  const stale = new Set<string>();
  for (const [source, said] of Map.groupBy(candidates, (one) => one.source)) {
    const comparable = said.filter(
      (one) => isStaleable(one, ground) && previousOf(one, ground) !== undefined,
    );
    const repeats = comparable.filter((one) => previousOf(one, ground) === one.value);
    if (repeats.length >= BATCH && repeats.length >= BATCH_SHARE * comparable.length) stale.add(source);
  }
  return stale;
}

/** Only a close that says something new can be a leftover. */
function isStaleable(candidate: Candidate, { known }: SessionGround): boolean {
  return candidate.field === 'close' && known.at(seriesOf(candidate), candidate.date) !== candidate.value;
}

/** The close of the session before, if it is known. */
function previousOf(candidate: Candidate, { known, calendar }: SessionGround): number | undefined {
  const previous = calendar.previous(candidate.date);
  return previous === undefined ? undefined : known.at(seriesOf(candidate), previous);
}

function staleBatch({ source, date }: Candidate): Verdict {
  const detail = `half or more of what ${source} says of ${date} is what it said of the session before`;
  return { kind: 'hold', reason: 'stale batch', detail };
}

/** Looks at a chosen value beside those of other dates. */
function look({ candidate, verdict }: Judged, live: readonly Candidate[], ground: SessionGround): Verdict {
  const unit = unitOf(candidate, ground);
  if (unit === 'multiple') return valuationJump(candidate, ground) ?? verdict;
  if (unit === 'percent' && candidate.field !== 'close') return rateJump(candidate, ground) ?? verdict;
  if (candidate.field !== 'close') return verdict;
  const jump = jumpOf(candidate, ground);
  if (jump !== null) {
    const stays = ground.course === 'history' && staysThere(candidate, ground);
    return stays ? { kind: 'accept', standing: 'break' } : { kind: 'hold', ...jump };
  }
  return staleRepeat(candidate, live, ground) ?? verdict;
}

function staleRepeat(
  candidate: Candidate,
  live: readonly Candidate[],
  ground: SessionGround,
): Verdict | null {
  const { value, seen, firstSeen, date, source } = candidate;
  if (ground.course === 'history' || !isStaleable(candidate, ground)) return null;
  if (previousOf(candidate, ground) !== value || seen - firstSeen >= OVERNIGHT_MS) return null;
  const [next] = ground.following(candidate);
  if (next !== undefined && next.value !== value) return null;
  const sameKey = live.filter((one) => keyOf(one) === keyOf(candidate));
  if (supporters(candidate, sameKey, unitOf(candidate, ground)) > 0) return null;
  const detail = `${source} says of ${date} the very close of the session before, ${value}`;
  return { kind: 'hold', reason: 'stale repeat', detail };
}

function staysThere(candidate: Candidate, ground: SessionGround): boolean {
  const next = ground.following(candidate).slice(0, NEW_LEVEL);
  return next.length === NEW_LEVEL && next.every(({ value }) => !isBreak(candidate.value, value));
}

function valuationJump(candidate: Candidate, { known }: SessionGround): Verdict | null {
  const before = known.before(seriesOf(candidate), candidate.date);
  if (before === undefined || Math.abs(candidate.value / before.value - 1) <= VALUATION_JUMP) return null;
  const detail = `${candidate.value} on ${candidate.date} after ${before.value} on ${before.date} is more than 15% away`;
  return { kind: 'hold', reason: 'valuation jump', detail };
}

/**
 * A figure in percent that moves further at once than the policy rate ever did as a range (one point), or that reads as the
 * fraction it was: 0.0025 where 0.25 stood. Nought itself is a rate.
 */
function rateJump(candidate: Candidate, { known }: SessionGround): Verdict | null {
  const { value, date } = candidate;
  const before = known.before(seriesOf(candidate), date);
  if (before === undefined) return null;
  const isFraction = value !== 0 && Math.abs(value) < Math.abs(before.value) * FRACTION;
  if (Math.abs(value - before.value) <= RATE_JUMP && !isFraction) return null;
  const why = isFraction ? 'reads as a fraction' : `is more than ${RATE_POINTS} points away`;
  return {
    kind: 'hold',
    reason: 'rate jump',
    detail: `${value} on ${date} after ${before.value} on ${before.date} ${why}`,
  };
}

/**
 * Takes both legs of what is computed from two series from one provider: where a leg is from another one, its own value of
 * it must agree to the cent with what is taken, or the worse ranked waits.
 */
function withLegs(
  chosen: readonly Judged[],
  live: readonly Candidate[],
  ground: SessionGround,
): readonly Judged[] {
  const taken = new Map(chosen.map((one) => [seriesOf(one.candidate), one]));
  const said = new Map(live.map((one) => [`${one.source} ${seriesOf(one)}`, one]));
  const worstFirst = chosen.toSorted((a, b) => b.candidate.rank - a.candidate.rank || compare(a, b));
  for (const { candidate } of worstFirst) {
    if (taken.get(seriesOf(candidate))?.verdict.kind !== 'accept') continue;
    const fault = mixedWith(candidate, { taken, said, ground });
    if (fault === null) continue;
    const verdict: Verdict = { kind: 'hold', reason: 'mixed legs', detail: fault };
    taken.set(seriesOf(candidate), { candidate, verdict });
  }
  return [...taken.values()];
}

interface Table {
  readonly taken: ReadonlyMap<SeriesId, Judged>;
  readonly said: ReadonlyMap<string, Candidate>;
  readonly ground: SessionGround;
}

/** Which leg of a value is from another provider and not confirmed by its own; null where none is. */
function mixedWith(candidate: Candidate, { taken, said, ground }: Table): string | null {
  for (const leg of [...(ground.legs.get(seriesOf(candidate)) ?? [])].toSorted()) {
    const other = takenLeg(leg, candidate.date, { taken, ground });
    if (other === null || other.source === null || other.source === candidate.source) continue;
    const own = said.get(`${candidate.source} ${leg}`);
    if (own !== undefined && agreement(own.value, other.value, unitOf(own, ground)) === 'agree') continue;
    const theirs = said.get(`${other.source} ${seriesOf(candidate)}`);
    if (
      theirs !== undefined &&
      agreement(theirs.value, candidate.value, unitOf(candidate, ground)) === 'agree'
    )
      continue;
    return `${leg} is from ${other.source}, and both legs must be from one provider`;
  }
  return null;
}

function takenLeg(
  leg: SeriesId,
  date: string,
  { taken, ground }: Pick<Table, 'taken' | 'ground'>,
): StoredValue | null {
  const now = taken.get(leg);
  if (now?.verdict.kind === 'accept') return { value: now.candidate.value, source: now.candidate.source };
  const value = ground.known.at(leg, date);
  return value === undefined ? null : { value, source: ground.sourceOf(leg, date) };
}

function compare(a: Judged, b: Judged): number {
  return keyOf(a.candidate) < keyOf(b.candidate) ? -1 : 1;
}
