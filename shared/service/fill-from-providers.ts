import { type Candidate, keyOf } from '../acceptance/candidate.ts';
import { faultOf } from '../acceptance/fault.ts';
import type { Legs } from '../acceptance/legs.ts';
import type { Calendar, Instant, Session } from '../calendar/calendar.ts';
import type { ObservationStore } from '../ports/observations.ts';
import type { RecordStore } from '../ports/records.ts';
import type { ObservationSource, SessionNeed } from '../ports/source.ts';
import type { Market } from '../series/market.ts';
import type { SeriesId } from '../series/snapshot.ts';
import { askProviders, providersOf, refreshMembers } from './ask-providers.ts';
import { passGate } from './gate.ts';
import { heldByKey, heldKey, listHeld } from './held.ts';
import { readMarket, type StoredMarket } from './open-archive.ts';
import { forgetOrigins, rememberedSince } from './provenance.ts';
import type { Protocol } from './report.ts';
import type { Missing } from './required.ts';

/** What was found of sessions, by what is stored at a moment. */
export interface Found {
  readonly missing: ReadonlyMap<Session, Missing>;
  /** All that a session should have. */
  readonly wanted: ReadonlyMap<Session, readonly SeriesId[]>;
  readonly levels: readonly SeriesId[];
  readonly legs: Legs;
  readonly stored: StoredMarket;
}

/** A run of ingest, as far as providers are concerned. */
export interface ProviderRun {
  readonly ground: {
    readonly records: RecordStore;
    readonly observations: ObservationStore;
    readonly sources: readonly ObservationSource[];
    readonly market: Market;
    readonly calendar: Calendar;
  };
  readonly protocol: Protocol;
  readonly now: Instant;
  readonly last: Session;
}

/** So many sessions are asked for again: for corrections and second opinions, and released ones that lack something. */
export const LOOK_BACK = 5;

/** What sessions lack, the oldest first. */
export function needsOf({ missing }: Pick<Found, 'missing'>): readonly SessionNeed[] {
  return [...missing].flatMap(([session, { series }]) => (series.length === 0 ? [] : [{ session, series }]));
}

/**
 * Asks providers, and lets what they say pass the gate. One that fails stops no other; throws where a store fails. Told
 * that all is stored is only who answered.
 */
export async function fillFromProviders(
  { ground, protocol, now, last }: ProviderRun,
  sessions: readonly Session[],
  found: Found,
): Promise<void> {
  const { calendar, records, observations } = ground;
  const providers = providersOf(ground.sources);
  if (providers.length === 0) return;
  const { legs, levels, stored } = found;
  const wanted = {
    needs: needsOf(found),
    again: thereAlready(found, sessions),
    levels,
    last,
    now,
    calendar,
    legs,
  };
  const waiting = heldByKey(await listHeld(records));
  const faults = { market: stored.market, calendar, now };
  const promising = (candidate: Candidate): boolean =>
    faultOf(candidate, faults) === null && !waiting.has(keyOf(candidate));
  const said = await askProviders(providers, { ...wanted, promising }, protocol);
  await refreshMembers(observations, stored, said, { now, protocol });
  const changed = said.members.length + said.memberships.length > 0;
  const { market } = changed ? await readMarket(observations, ground.market) : stored;
  const gate = { records, observations, market, calendar, now, legs, course: 'evening' } as const;
  await passGate(gate, said.candidates, protocol);
  for (const provider of said.answered) await provider.stored();
  await forgetOrigins(records, rememberedSince(calendar, now));
}

/** What the last sessions have already. */
function thereAlready({ missing, wanted }: Found, sessions: readonly Session[]): readonly SessionNeed[] {
  return sessions.slice(-LOOK_BACK).flatMap((session): SessionNeed[] => {
    const lacking = new Set(missing.get(session)?.series);
    const series = (wanted.get(session) ?? []).filter((one) => !lacking.has(one));
    return series.length === 0 ? [] : [{ session, series }];
  });
}

/** What sessions lack, saying of a value that is held that it is. */
export async function withHeld(
  records: RecordStore,
  missing: ReadonlyMap<Session, Missing>,
): Promise<ReadonlyMap<Session, Missing>> {
  const held = heldByKey(await listHeld(records));
  if (held.size === 0) return missing;
  const told = ([session, { series, reasons }]: [Session, Missing]): [Session, Missing] => {
    const waits = new Map<string, string>(
      series.flatMap((id) => {
        const one = held.get(heldKey(id, session));
        return one === undefined ? [] : [[`${id} is missing`, `${id} is held: ${one.reason}`] as const];
      }),
    );
    return [session, { series, reasons: reasons.map((reason) => waits.get(reason) ?? reason) }];
  };
  return new Map([...missing].map(told));
}
