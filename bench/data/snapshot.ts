import { createCalendar } from '../../shared/calendar/xnys.ts';
import type { Scope } from '../../shared/expression/scope.ts';
import { columnOf } from '../../shared/series/column.ts';
import type { Field, Instrument, Market } from '../../shared/series/market.ts';
import type { Column, Membership, Snapshot } from '../../shared/series/snapshot.ts';
import { SESSIONS, type Universe } from './universe.ts';

const CLOSE: Field = { kind: 'price', unit: 'price', staleAfter: null };
const MULTIPLE: Field = { kind: 'level', unit: 'multiple', staleAfter: null };
/** The first session, so that all 6,300 lie within the calendar. */
const FIRST = '2001-01-02';

const calendar = createCalendar([]);
const ORIGIN = calendar.onOrAfter(FIRST);

/** The year of each session. */
export function years(): Int32Array {
  return Int32Array.from({ length: SESSIONS }, (_, index) =>
    Number(calendar.sessions[ORIGIN + index]!.slice(0, 4)),
  );
}

function instrument(id: string, field: string, definition: Field): [string, Instrument] {
  return [id, { id, name: id, standsFor: null, fields: new Map([[field, definition]]) }];
}

function marketOf({ symbols, members }: Universe): Market {
  return {
    instruments: new Map([
      ...symbols.map((symbol) => instrument(symbol, 'close', CLOSE)),
      instrument('SP500', 'forward_pe', MULTIPLE),
      instrument('SP600', 'forward_pe', MULTIPLE),
    ]),
    universes: new Map([
      ['SP500_MEMBERS', { id: 'SP500_MEMBERS', name: 'members', members, coverage: 0.95 }],
    ]),
    portfolios: new Map(),
    moves: [],
    closures: [],
  };
}

/** Members belong from the session they are listed on. */
function membershipOf(universe: Universe): Membership {
  const members = [...universe.members].sort();
  const on = new Uint8Array(members.length * SESSIONS);
  const size = new Uint16Array(SESSIONS);
  members.forEach((member, position) => {
    const { listed } = universe.closes(member);
    on.fill(1, position * SESSIONS + listed, (position + 1) * SESSIONS);
    for (let index = listed; index < SESSIONS; index++) size[index] = size[index]! + 1;
  });
  return { members, on, size };
}

/** A column as a snapshot has it, which knows from a series' dates where it begins and whether it has holes. */
function laidOut(values: Float64Array): Column {
  const listed = values.findIndex((value) => !Number.isNaN(value));
  const first = listed < 0 ? values.length : listed;
  return columnOf(values, { first, breaks: [], isWhole: !values.subarray(first).includes(Number.NaN) });
}

/** The universe as the engine reads data: a snapshot already laid out on sessions. */
export function snapshotOf(universe: Universe): Snapshot {
  const { small, large } = universe.multiples();
  const columns = new Map<string, Column>([
    ['SP600.forward_pe', laidOut(small)],
    ['SP500.forward_pe', laidOut(large)],
  ]);
  const read = (id: string): Column => {
    const known = columns.get(id);
    if (known !== undefined) return known;
    const column = laidOut(universe.closes(id.split('.')[0]!).values);
    columns.set(id, column);
    return column;
  };
  let membership: Membership | null = null;
  const sessions = calendar.sessions.slice(ORIGIN, ORIGIN + SESSIONS);
  const places = new Map(sessions.map((session, index) => [session, index]));
  return {
    calendar,
    market: marketOf(universe),
    asOf: Number.POSITIVE_INFINITY,
    origin: ORIGIN,
    length: SESSIONS,
    sessions,
    index: (session) => places.get(session),
    canonical: read,
    latest: read,
    splitFactor: () => new Float64Array(SESSIONS).fill(1),
    membership: () => (membership ??= membershipOf(universe)),
  };
}

export function scopeOf(snapshot: Snapshot): Scope {
  return { market: snapshot.market, rules: new Set() };
}
