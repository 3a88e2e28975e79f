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
  for (const { instrument, start, end } of stretches) {
    const row = (position.get(instrument) ?? 0) * sessions.length;
    on.fill(1, row + start, row + end);
  }
  const size = new Uint16Array(sessions.length);
  for (let row = 0; row < on.length; row += sessions.length) {
    // Most members belong for a part of the history only: the search for it costs a fraction of the loop.
    const first = on.indexOf(1, row) - row;
    if (first < 0) continue;
    for (let index = first; index < sessions.length; index++)
      size[index] = (size[index] ?? 0) + (on[row + index] ?? 0);
  }
  return { members, on, size };
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
