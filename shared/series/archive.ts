import type { Calendar, Instant, Session } from '../calendar/calendar.ts';
import { dayOf, isDate } from '../calendar/date.ts';
import { type Days, layOutDays } from './days.ts';
import type { Field, Market } from './market.ts';
import { type GrowingRows, growRows, type Rows } from './rows.ts';
import type { SeriesId } from './snapshot.ts';
import { type StoredSeries, storeRows } from './stored-series.ts';

/** A stretch of dated membership: `from` inclusive, `to` exclusive, null where it is open. */
export interface MembershipSpan {
  readonly universe: string;
  readonly instrument: string;
  readonly from: string | null;
  readonly to: string | null;
}

/** A break an operator looked at and found real, from an instant on. */
export interface AcceptedBreak {
  readonly instrument: string;
  readonly session: Session;
  readonly known: Instant;
}

/** Everything known of a market: first values, revisions, dated membership, accepted breaks. Not to be written to. */
export interface Archive {
  readonly calendar: Calendar;
  readonly market: Market;
  readonly days: Days;
  readonly series: ReadonlyMap<SeriesId, StoredSeries>;
  readonly memberships: readonly MembershipSpan[];
  readonly acceptances: readonly AcceptedBreak[];
  /** Who the values came from, in words that an alert repeats: `CSV files`; empty where nobody said. */
  readonly sources: readonly string[];
  /** Dates on which a value waits to be accepted, by series, ascending; empty for what is read from files. */
  readonly held: ReadonlyMap<SeriesId, readonly string[]>;
  /** Ordinals of the sessions that have a value of any series, ascending. */
  readonly filled: Int32Array;
}

/** One value for instrument, field and date, in the unit the field is written in (a percentage is not yet divided). */
export interface Observation {
  readonly instrument: string;
  readonly field: string;
  /** `YYYY-MM-DD` within the calendar; for a price a session. */
  readonly date: string;
  readonly value: number;
  /** When it became known; absent: not said. */
  readonly known?: Instant;
}

/** Gathers what is known. Takes it in any order and any portions, and comes to the same archive. */
export interface ArchiveBuilder {
  /** Throws a `RangeError` for what no import lets through: an undeclared field, a date that does not fit, no finite value. */
  add(observation: Observation): void;
  /** Many rows of one series, already checked: for imports. They are read when the archive is built. */
  addRows(instrument: string, field: string, rows: Rows): void;
  addMembership(span: MembershipSpan): void;
  accept(acceptance: AcceptedBreak): void;
  build(): Archive;
}

/** What an archive is built on; rows beyond the first of a key that do not say when they became known count from `now`. */
export interface ArchiveGround {
  readonly market: Market;
  readonly calendar: Calendar;
  readonly now: Instant;
  /** Who the values came from, in words that an alert repeats. */
  readonly sources?: readonly string[];
  /** Dates on which a value waits to be accepted, by series, ascending. */
  readonly held?: ReadonlyMap<SeriesId, readonly string[]>;
}

/** What was said of one series so far. */
interface Gathered {
  readonly instrument: string;
  readonly field: string;
  readonly rows: Rows;
  /** The same rows, where they are the archive's own; the first ones given are taken as they are until more come. */
  readonly growing?: GrowingRows;
}

/** Starts an empty archive. */
export function createArchiveBuilder(ground: ArchiveGround): ArchiveBuilder {
  const { market, calendar, now, sources = [], held = new Map() } = ground;
  const days = layOutDays(calendar);
  const gathered = new Map<SeriesId, Gathered>();
  const memberships: MembershipSpan[] = [];
  const acceptances: AcceptedBreak[] = [];
  const rowsOf = (instrument: string, field: string): GrowingRows => {
    const id = `${instrument}.${field}`;
    const there = gathered.get(id);
    if (there?.growing !== undefined) return there.growing;
    definitionOf(market, instrument, field);
    const growing = growRows();
    if (there !== undefined) growing.appendFrom(there.rows, days.first);
    gathered.set(id, { instrument, field, rows: growing, growing });
    return growing;
  };
  return {
    add(observation) {
      const { instrument, field, date, value, known } = observation;
      checkObservation(observation, definitionOf(market, instrument, field), days);
      rowsOf(instrument, field).append(dayOf(date), value, known ?? Number.NaN);
    },
    addRows(instrument, field, rows) {
      const id = `${instrument}.${field}`;
      if (gathered.has(id)) {
        rowsOf(instrument, field).appendFrom(rows, days.first);
        return;
      }
      definitionOf(market, instrument, field);
      gathered.set(id, { instrument, field, rows });
    },
    addMembership: (span) => void memberships.push(span),
    accept: (acceptance) => void acceptances.push(acceptance),
    build() {
      const series = new Map<SeriesId, StoredSeries>();
      for (const [id, { instrument, field, rows }] of [...gathered].toSorted(([a], [b]) =>
        a < b ? -1 : 1,
      )) {
        const definition = definitionOf(market, instrument, field);
        series.set(id, storeRows({ instrument, field, definition }, rows, days, now));
      }
      const filled = filledSessions(series.values(), calendar.sessions.length);
      const said = { memberships: [...memberships], acceptances: [...acceptances], sources: [...sources] };
      return { calendar, market, days, series, ...said, held, filled };
    },
  };
}

function definitionOf(market: Market, instrument: string, field: string): Field {
  const definition = market.instruments.get(instrument)?.fields.get(field);
  if (definition === undefined) throw new RangeError(`${instrument}.${field} is not declared`);
  return definition;
}

function checkObservation({ date, value }: Observation, definition: Field, days: Days): void {
  if (!Number.isFinite(value)) throw new RangeError(`${value} is no finite number`);
  const day = isDate(date) ? dayOf(date) : Number.NaN;
  if (!(day >= days.first && day <= days.last)) throw new RangeError(`${date} is no date of the calendar`);
  if (definition.kind === 'price' && !days.isSession(day)) throw new RangeError(`${date} is no session`);
}

function filledSessions(series: Iterable<StoredSeries>, sessions: number): Int32Array {
  const filled = new Uint8Array(sessions);
  for (const { ordinals } of series) {
    // By index: this runs before anything is compiled, when an iterator costs ten times as much.
    for (let key = 0; key < ordinals.length; key++) filled[ordinals[key]!] = 1;
  }
  const result = new Int32Array(sessions);
  let count = 0;
  for (let ordinal = 0; ordinal < sessions; ordinal++) if (filled[ordinal] === 1) result[count++] = ordinal;
  return result.slice(0, count);
}
