import { figureExpressions } from '../alerts/figures.ts';
import type { Session } from '../calendar/calendar.ts';
import { reads } from '../expression/reads.ts';
import type { Rule } from '../rules/rule.ts';
import type { Archive } from '../series/archive.ts';
import { membersEver, type StoredMarket } from './open-archive.ts';
import type { SeriesId } from '../series/snapshot.ts';

/** What a session must have before it is complete enough to evaluate. */
export interface Required {
  /** Prices that an enabled rule reads by name on the session. */
  readonly prices: readonly SeriesId[];
  /** Universes aggregated over, with the price fields of their members. */
  readonly universes: readonly { readonly universe: string; readonly field: string }[];
}

/** What a session lacks. */
export interface Missing {
  /** Every price that is wanted and not there. */
  readonly series: readonly SeriesId[];
  /** Why the session is not complete, one line each; none where it is complete enough. */
  readonly reasons: readonly string[];
}

/** What these rules ask of a session. */
export function requiredBy(rules: readonly Rule[], { market }: StoredMarket): Required {
  const prices = new Set<SeriesId>();
  const universes = new Map<string, { universe: string; field: string }>();
  for (const rule of rules) {
    const read = reads(rule.when.expression, market);
    for (const id of read.prices) prices.add(id);
    for (const { universe, fields } of read.universes) {
      for (const field of fields) universes.set(`${universe} ${field}`, { universe, field });
    }
  }
  return { prices: [...prices].toSorted(), universes: [...universes.values()] };
}

/** Every series that tells whether a session is complete. */
export function seriesRequired(required: Required, stored: StoredMarket): readonly SeriesId[] {
  const members = required.universes.flatMap(({ universe, field }) =>
    membersEver(universe, stored)
      .filter((member) => isPrice(stored, member, field))
      .map((member) => `${member}.${field}`),
  );
  return [...new Set([...required.prices, ...members])].toSorted();
}

/** Levels and events that rules read, whatever for, sorted. */
export function levelsRequired(rules: readonly Rule[], { market }: StoredMarket): readonly SeriesId[] {
  const found = new Set<SeriesId>();
  for (const rule of rules) {
    for (const expression of [
      rule.when.expression,
      rule.resolveWhen.expression,
      ...figureExpressions(rule),
    ]) {
      const read = reads(expression, market);
      for (const id of [...read.levels, ...read.events]) found.add(id);
    }
  }
  return [...found].toSorted();
}

/** Every price series that a session should have: those named, and those of the session's members, sorted. */
export function wantedOn(session: Session, required: Required, stored: StoredMarket): readonly SeriesId[] {
  const members = required.universes.flatMap(({ universe, field }) =>
    membersOn(universe, session, stored)
      .filter((member) => isPrice(stored, member, field))
      .map((member) => `${member}.${field}`),
  );
  return [...new Set([...required.prices, ...members])].toSorted();
}

/**
 * What a session lacks by what is stored: complete enough is every price named, and of every universe the declared
 * coverage of that session's members.
 */
export function missingOn(
  session: Session,
  required: Required,
  stored: StoredMarket,
  archive: Archive,
): Missing {
  const has = presenceOn(archive, session);
  const lacking = required.prices.filter((id) => !has(id));
  const series = new Set(lacking);
  const reasons = lacking.map((id) => `${id} is missing`);
  for (const { universe, field } of required.universes) {
    const members = membersOn(universe, session, stored);
    const without = members.filter((member) => isPrice(stored, member, field) && !has(`${member}.${field}`));
    for (const member of without) series.add(`${member}.${field}`);
    const coverage = stored.market.universes.get(universe)?.coverage ?? 1;
    const have = members.length - without.length;
    if (members.length === 0 || have / members.length >= coverage) continue;
    reasons.push(`${universe} has ${have} of ${members.length} members, fewer than ${coverage * 100}%`);
  }
  return { series: [...series].toSorted(), reasons };
}

function isPrice({ market }: StoredMarket, member: string, field: string): boolean {
  return (market.instruments.get(member)?.fields.get(field)?.kind ?? 'price') === 'price';
}

function membersOn(universe: string, session: Session, stored: StoredMarket): readonly string[] {
  if (stored.market.universes.get(universe)?.members !== null) return membersEver(universe, stored);
  const spans = stored.memberships.filter(
    ({ universe: of, from, to }) =>
      of === universe && (from === null || from <= session) && (to === null || session < to),
  );
  return [...new Set(spans.map(({ instrument }) => instrument))];
}

function presenceOn(archive: Archive, session: Session): (id: SeriesId) => boolean {
  const ordinal = archive.calendar.ordinal(session) ?? -1;
  return (id) => archive.series.get(id)?.ordinals.includes(ordinal) ?? false;
}
