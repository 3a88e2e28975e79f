import type { Archive } from '../series/archive.ts';
import type { Column, Snapshot } from '../series/snapshot.ts';
import { type Expression } from '../expression/ast.ts';
import { reads } from '../expression/reads.ts';
import type { Market } from '../series/market.ts';
import type { InputFreshness } from './alert.ts';
import { countUpTo } from './precedent.ts';

/** What a rule's figures read on a session: series ids, and universes with the fields of their members. */
export interface Inputs {
  readonly series: readonly string[];
  readonly universes: readonly { readonly universe: string; readonly fields: readonly string[] }[];
}

/** Gathers the inputs of several expressions, sorted and unique. */
export function inputsOf(expressions: readonly Expression[], market: Market): Inputs {
  const series = new Set<string>();
  const universes = new Map<string, Set<string>>();
  for (const expression of expressions) {
    const found = reads(expression, market);
    for (const id of found.series) series.add(id);
    for (const { universe, fields } of found.universes) {
      const known = universes.get(universe) ?? new Set();
      for (const field of fields) known.add(field);
      universes.set(universe, known);
    }
  }
  return {
    series: [...series].toSorted(),
    universes: [...universes]
      .filter(([, fields]) => fields.size > 0)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([universe, fields]) => ({ universe, fields: [...fields].toSorted() })),
  };
}

/** How fresh each input is on the session at an index of the snapshot, and how much of a universe has its prices. */
export function freshness(
  inputs: Inputs,
  archive: Archive,
  snapshot: Snapshot,
  index: number,
): readonly InputFreshness[] {
  return [
    ...inputs.series.map((id) => seriesFreshness(id, archive, snapshot.origin + index)),
    ...inputs.universes.map((one) => universeFreshness(one, snapshot, index)),
  ];
}

function seriesFreshness(id: string, archive: Archive, ordinal: number): InputFreshness {
  const stored = archive.series.get(id);
  const last = stored === undefined ? -1 : countUpTo(stored.ordinals, ordinal) - 1;
  const day = stored?.days[last];
  if (stored === undefined || day === undefined) {
    return {
      input: id,
      asOf: null,
      status: isHeld(id, '', archive, ordinal) ? 'held' : 'missing',
      coverage: null,
    };
  }
  const age = ordinal - (stored.ordinals[last] ?? ordinal);
  return {
    input: id,
    asOf: archive.days.date(day),
    status: isHeld(id, archive.days.date(day), archive, ordinal) ? 'held' : statusOf(stored.definition, age),
    coverage: null,
  };
}

/** Whether a value newer than the one in force waits, up to a session. */
function isHeld(id: string, inForce: string, { held, calendar }: Archive, ordinal: number): boolean {
  const session = calendar.sessions[ordinal] ?? '';
  return (held.get(id) ?? []).some((date) => date > inForce && date <= session);
}

function statusOf(
  field: { readonly kind: string; readonly staleAfter: number | null },
  age: number,
): InputFreshness['status'] {
  if (age === 0) return 'fresh';
  if (field.kind === 'price') return 'missing';
  return field.kind === 'level' && field.staleAfter !== null && age > field.staleAfter ? 'stale' : 'carried';
}

function hasValue({ first, listed }: Column, index: number): boolean {
  return index >= first && !Number.isNaN(listed[index] ?? Number.NaN);
}

function universeFreshness(
  { universe, fields }: Inputs['universes'][number],
  snapshot: Snapshot,
  index: number,
): InputFreshness {
  const { members, on, size } = snapshot.membership(universe);
  let have = 0;
  for (const [row, member] of members.entries()) {
    if (on[row * snapshot.length + index] !== 1) continue;
    const present = fields.every((field) => hasValue(snapshot.canonical(`${member}.${field}`), index));
    if (present) have += 1;
  }
  const of = size[index] ?? 0;
  const needed = snapshot.market.universes.get(universe)?.coverage ?? 0.95;
  const covered = of > 0 && have / of >= needed;
  return {
    input: universe,
    asOf: have > 0 ? (snapshot.sessions[index] ?? null) : null,
    status: covered ? 'fresh' : 'missing',
    coverage: { have, of },
  };
}
