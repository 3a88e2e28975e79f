import { type Candidate, keyOf } from '../acceptance/candidate.ts';
import { changeMembers } from '../acceptance/members.ts';
import type { Legs } from '../acceptance/legs.ts';
import type { Calendar, Instant, Session } from '../calendar/calendar.ts';
import type { ObservationBatch, ObservationStore } from '../ports/observations.ts';
import type {
  MemberList,
  ObservationSource,
  SessionNeed,
  SourceRequest,
  SourceTerms,
} from '../ports/source.ts';
import { type Days, layOutDays } from '../series/days.ts';
import type { MembershipSpan } from '../series/archive.ts';
import type { SeriesId } from '../series/snapshot.ts';
import type { StoredMarket } from './open-archive.ts';
import { type Protocol, textOf } from './report.ts';

/** A source whose values pass the gate. */
export interface Provider extends ObservationSource {
  readonly terms: SourceTerms;
}

/** Sources whose values pass the gate, the most believed first. */
export function providersOf(sources: readonly ObservationSource[]): readonly Provider[] {
  return sources
    .filter((source): source is Provider => source.terms !== undefined)
    .toSorted((a, b) => a.terms.rank - b.terms.rank || (a.name < b.name ? -1 : 1));
}

/** What providers are asked. */
export interface Wanted {
  readonly needs: readonly SessionNeed[];
  /** What recent sessions have already. */
  readonly again: readonly SessionNeed[];
  readonly levels: readonly SeriesId[];
  readonly last: Session;
  readonly now: Instant;
  readonly calendar: Calendar;
  readonly legs: Legs;
  /** Whether a value may come to be stored: what another one need not be asked for. Absent: every value may. */
  readonly promising?: (candidate: Candidate) => boolean;
}

/** What providers said, all of them. */
export interface Said {
  readonly candidates: readonly Candidate[];
  readonly members: readonly MemberList[];
  /** Dated membership that a source has compared with what is stored itself. */
  readonly memberships: readonly MembershipSpan[];
  /** Those who answered; to be told once everything is stored. */
  readonly answered: readonly Provider[];
  /** Names of those who could not answer for now. */
  readonly failed: readonly string[];
}

/**
 * Asks providers one after the other: the next one for what those before did not say, with the other legs of it, and for
 * the rest as a second opinion. One that fails stops no other.
 */
export async function askProviders(
  providers: readonly Provider[],
  wanted: Wanted,
  protocol: Protocol,
): Promise<Said> {
  const days = layOutDays(wanted.calendar);
  const candidates: Candidate[] = [];
  const members: MemberList[] = [];
  const memberships: MembershipSpan[] = [];
  const answered: Provider[] = [];
  const failed: string[] = [];
  for (const provider of providers) {
    const request = requestAfter(candidates, wanted);
    try {
      const answer = await provider.fetch(request);
      for (const finding of answer.findings) protocol.find('source', provider.name, finding);
      candidates.push(...answer.batches.flatMap((batch) => candidatesOf(batch, provider, wanted.now, days)));
      members.push(...(answer.members ?? []));
      memberships.push(...answer.batches.flatMap((batch) => batch.memberships));
      answered.push(provider);
      if (answer.failed === undefined) continue;
      protocol.find('source failed', provider.name, answer.failed);
    } catch (error) {
      protocol.find('source failed', provider.name, textOf(error));
    }
    protocol.count('failedSources');
    failed.push(provider.name);
  }
  return { candidates, members, memberships, answered, failed };
}

/** What is still lacking after what was said, with its legs, and everything else to be said again. */
function requestAfter(candidates: readonly Candidate[], wanted: Wanted): SourceRequest {
  const { needs, again, levels, last, now, legs, promising = () => true } = wanted;
  const said = new Set(candidates.filter(promising).map(keyOf));
  const all = new Map<Session, Set<SeriesId>>();
  for (const { session, series } of [...needs, ...again]) {
    all.set(session, new Set([...(all.get(session) ?? []), ...series]));
  }
  const open = needs.flatMap(({ session, series }): SessionNeed[] => {
    const lacking = series.filter((one) => !said.has(`${one} ${session}`));
    const known = all.get(session) ?? new Set();
    const others = lacking.flatMap((one) => [...(legs.get(one) ?? [])].filter((leg) => known.has(leg)));
    const both = [...new Set([...lacking, ...others])].toSorted();
    return both.length === 0 ? [] : [{ session, series: both }];
  });
  const asked = new Set(open.flatMap(({ session, series }) => series.map((one) => `${one} ${session}`)));
  const rest = [...all].flatMap(([session, series]): SessionNeed[] => {
    const own = [...series].filter((one) => !asked.has(`${one} ${session}`)).toSorted();
    return own.length === 0 ? [] : [{ session, series: own }];
  });
  const ordered = rest.toSorted((a, b) => (a.session < b.session ? -1 : 1));
  return { needs: open, again: ordered, levels, last, now };
}

/** The rows of a batch as candidates of who said it. */
export function candidatesOf(
  { series, source }: ObservationBatch,
  { terms }: Provider,
  now: Instant,
  days: Days,
): readonly Candidate[] {
  return series.flatMap(({ instrument, field, rows }) =>
    Array.from({ length: rows.length }, (_, index) => ({
      instrument,
      field,
      date: days.date(rows.day(index)) ?? '',
      value: rows.value(index),
      source,
      rank: terms.rank,
      settleMinutes: terms.settleMinutes,
      firstSeen: now,
      seen: now,
    })),
  );
}

/** Stores what lists of members change. */
export async function refreshMembers(
  observations: ObservationStore,
  { market }: StoredMarket,
  { members: lists, memberships: spans }: Pick<Said, 'members' | 'memberships'>,
  { now, protocol }: { readonly now: Instant; readonly protocol: Protocol },
): Promise<void> {
  if (spans.length > 0) await observations.record({ series: [], memberships: spans, source: 'members' }, now);
  for (const list of lists.toSorted((a, b) => (a.asOf < b.asOf ? -1 : 1))) {
    const { memberships } = await observations.load({ series: [] });
    const change = changeMembers(list, memberships, market);
    if (change.kind === 'unchanged') continue;
    if (change.kind === 'refused') {
      protocol.find('members held', list.universe, `${change.reason}: import universes.csv if it is right`);
      continue;
    }
    await observations.record({ series: [], memberships: change.spans, source: 'members' }, now);
    const told = `${change.joined.length} joined (${change.joined.slice(0, 5).join(', ')}), ${change.left.length} left (${change.left.slice(0, 5).join(', ')})`;
    protocol.decide('members', `${list.universe} as of ${list.asOf}`, told);
    protocol.count('membersChanged', change.joined.length + change.left.length);
  }
}
