import type { MembershipSpan } from './archive.ts';
import type { Universe } from './market.ts';
import type { Membership } from './snapshot.ts';

/** The sessions of a snapshot that a universe is laid out on, by date. */
interface Sessions {
  readonly length: number;
  /** Index of the first session on or after a date: 0 before the first, `length` past the last. */
  from(date: string): number;
}

/** Lays a universe out on sessions; one that is not declared has no members. */
export function layOutMembership(
  universe: Universe | undefined,
  spans: readonly MembershipSpan[],
  sessions: Sessions,
): Membership {
  const stretches = universe === undefined ? [] : stretchesOf(universe, spans, sessions);
  const members = [...new Set(stretches.map(({ instrument }) => instrument))].toSorted();
  const position = new Map(members.map((instrument, index) => [instrument, index]));
  const on = new Uint8Array(members.length * sessions.length);
  // Who joins less who leaves on each session.
  const change = new Int32Array(sessions.length + 1);
  const seen = new Set<string>();
  for (const { instrument, start, end } of stretches) {
    const row = (position.get(instrument) ?? 0) * sessions.length;
    const isNew = !seen.has(instrument);
    seen.add(instrument);
    const added = isNew ? [[start, end] as const] : gaps(on.subarray(row, row + sessions.length), start, end);
    for (const [joins, leaves] of added) {
      change[joins]! += 1;
      change[leaves]! -= 1;
    }
    on.fill(1, row + start, row + end);
  }
  const size = new Uint16Array(sessions.length);
  let there = 0;
  for (let index = 0; index < sessions.length; index++) size[index] = there += change[index] ?? 0;
  return { members, on, size };
}

/** The stretches of [start, end) on which a member does not belong by an earlier span. */
function gaps(on: Uint8Array, start: number, end: number): readonly (readonly [number, number])[] {
  const found: [number, number][] = [];
  for (let joins = start; joins < end; ) {
    const until = on.subarray(0, end).indexOf(1, joins);
    const leaves = until < 0 ? end : until;
    if (joins < leaves) found.push([joins, leaves]);
    const next = on.subarray(0, end).indexOf(0, leaves);
    joins = next < 0 ? end : next;
  }
  return found;
}

interface Stretch {
  readonly instrument: string;
  readonly start: number;
  readonly end: number;
}

function stretchesOf(universe: Universe, spans: readonly MembershipSpan[], sessions: Sessions): Stretch[] {
  const whole = { start: 0, end: sessions.length };
  if (universe.members !== null) {
    return sessions.length === 0 ? [] : universe.members.map((instrument) => ({ instrument, ...whole }));
  }
  return spans
    .filter((span) => span.universe === universe.id)
    .map(({ instrument, from, to }) => ({
      instrument,
      start: from === null ? whole.start : sessions.from(from),
      end: to === null ? whole.end : sessions.from(to),
    }))
    .filter(({ start, end }) => start < end);
}
