import { figureExpressions } from '../alerts/figures.ts';
import type { Calendar, Instant } from '../calendar/calendar.ts';
import type { Expression } from '../expression/ast.ts';
import { reads } from '../expression/reads.ts';
import type { ObservationStore } from '../ports/observations.ts';
import type { Rule } from '../rules/rule.ts';
import { nodesOf } from '../rules/walk.ts';
import { type Archive, createArchiveBuilder, type MembershipSpan } from '../series/archive.ts';
import { withMembersPriced } from '../series/declare.ts';
import type { Market } from '../series/market.ts';
import type { SeriesId } from '../series/snapshot.ts';

/** A market with the dated members that are stored, and who they are. */
export interface StoredMarket {
  readonly market: Market;
  readonly memberships: readonly MembershipSpan[];
}

/** Reads the stored membership: every dated member is a priced instrument. */
export async function readMarket(observations: ObservationStore, market: Market): Promise<StoredMarket> {
  const { memberships } = await observations.load({ series: [] });
  return {
    market: withMembersPriced(
      market,
      memberships.map(({ instrument }) => instrument),
    ),
    memberships,
  };
}

/**
 * Every series that verdicts and figures of rules rest on, splits of the closes included, sorted. All of them are read
 * over all that is stored: the course of a rule, its precedent and its base rates run over all history, so that a
 * shorter stretch would change what an alert says.
 */
export function seriesRead(
  rules: readonly Rule[],
  { market, memberships }: StoredMarket,
): readonly SeriesId[] {
  const found = new Set<SeriesId>();
  for (const rule of rules) {
    for (const expression of [
      rule.when.expression,
      rule.resolveWhen.expression,
      ...figureExpressions(rule),
    ]) {
      addReads(found, expression, { market, memberships });
    }
  }
  for (const id of [...found]) {
    if (id.endsWith('.close')) found.add(`${id.slice(0, -'.close'.length)}.split`);
  }
  return [...found].filter((id) => isDeclared(market, id)).toSorted();
}

function addReads(found: Set<SeriesId>, expression: Expression, stored: StoredMarket): void {
  const read = reads(expression, stored.market);
  for (const id of read.series) found.add(id);
  if (read.universes.length === 0) return;
  // Which field of a member is read where is more than `reads` tells: all of them for all universes named.
  const fields = new Set<string>();
  for (const node of nodesOf(expression)) {
    if (node.kind === 'name' && node.name === 'member') fields.add(node.field ?? 'close');
  }
  for (const { universe } of read.universes) {
    for (const member of membersEver(universe, stored))
      for (const field of fields) found.add(`${member}.${field}`);
  }
}

/** Everybody who ever belonged to a universe, sorted. */
export function membersEver(universe: string, { market, memberships }: StoredMarket): readonly string[] {
  const declared = market.universes.get(universe)?.members;
  if (declared !== null && declared !== undefined) return declared;
  const dated = memberships.filter((span) => span.universe === universe).map(({ instrument }) => instrument);
  return [...new Set(dated)].toSorted();
}

function isDeclared(market: Market, id: SeriesId): boolean {
  const dot = id.lastIndexOf('.');
  return market.instruments.get(id.slice(0, dot))?.fields.has(id.slice(dot + 1)) ?? false;
}

/** Loads series from a date on and builds the archive they are evaluated from. */
export async function openArchive(
  observations: ObservationStore,
  stored: StoredMarket,
  want: {
    readonly series: readonly SeriesId[];
    readonly from: string;
    readonly calendar: Calendar;
    readonly now: Instant;
    /** Who the values came from, in words that alerts repeat. */
    readonly sources?: readonly string[];
    /** Dates on which a value waits to be accepted, by series. */
    readonly held?: ReadonlyMap<SeriesId, readonly string[]>;
  },
): Promise<Archive> {
  const { series, from, calendar, now, sources = [], held = new Map() } = want;
  const known = await observations.load({ series: series.map((id) => ({ id, from })) });
  const builder = createArchiveBuilder({ market: stored.market, calendar, now, sources, held });
  for (const { instrument, field, rows } of known.series) {
    if (isDeclared(stored.market, `${instrument}.${field}`)) builder.addRows(instrument, field, rows);
  }
  for (const span of known.memberships) builder.addMembership(span);
  for (const acceptance of known.acceptances) builder.accept(acceptance);
  return builder.build();
}
