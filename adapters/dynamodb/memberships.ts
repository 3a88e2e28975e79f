import type { Instant } from '../../shared/calendar/calendar.ts';
import type { AcceptedBreak, MembershipSpan } from '../../shared/series/archive.ts';
import { orderedSpans } from '../../shared/series/spans.ts';
import { MOST_CONFLICTS, tooManyConflicts } from './catalog.ts';
import { type Item, longText, longTextOf, number, numberOf, text } from './items.ts';
import { ACCEPTED_KEY, type Key, membersKey } from './keys.ts';
import { asRead, type Connection, getItem, putItem } from './table.ts';

/** What one text replaces another by; null leaves it as it is. */
type Replace = (before: string) => string | null;

/** Replaces the membership of a universe; tells when it last changed. */
export async function writeMemberships(
  connection: Connection,
  { universe, spans, item, now }: MembershipWrite,
): Promise<Instant> {
  const packed = packSpans(spans);
  const replace: Replace = (before) => (before === packed ? null : packed);
  return writeText(connection, membersKey(universe), { item, now, replace });
}

export interface MembershipWrite {
  readonly universe: string;
  readonly spans: readonly MembershipSpan[];
  /** As last read. */
  readonly item: Item | undefined;
  readonly now: Instant;
}

/** Adds an accepted break, the same one never twice; tells when an acceptance was last stored. */
export async function writeAcceptance(connection: Connection, acceptance: AcceptedBreak): Promise<Instant> {
  const replace: Replace = (before) => {
    const accepted = parseAcceptances(before);
    const known = accepted.some(
      ({ instrument, session }) => instrument === acceptance.instrument && session === acceptance.session,
    );
    return known ? null : JSON.stringify([...accepted, acceptance]);
  };
  const item = await getItem(connection, ACCEPTED_KEY);
  return writeText(connection, ACCEPTED_KEY, { item, now: acceptance.known, replace });
}

export function membershipsOf(universe: string, item: Item): readonly MembershipSpan[] {
  const rows = JSON.parse(longTextOf(item, 'content')) as [string, string | null, string | null][];
  return rows.map(([instrument, from, to]) => ({ universe, instrument, from, to }));
}

export function acceptancesOf(item: Item): readonly AcceptedBreak[] {
  return parseAcceptances(longTextOf(item, 'content'));
}

function parseAcceptances(content: string): readonly AcceptedBreak[] {
  return content === '' ? [] : (JSON.parse(content) as AcceptedBreak[]);
}

function packSpans(spans: readonly MembershipSpan[]): string {
  return JSON.stringify(orderedSpans(spans).map(({ instrument, from, to }) => [instrument, from, to]));
}

async function writeText(
  connection: Connection,
  key: Key,
  { item, now, replace }: { item: Item | undefined; now: Instant; replace: Replace },
): Promise<Instant> {
  let current = item;
  for (let attempt = 0; attempt < MOST_CONFLICTS; attempt++) {
    const before = numberOf(current, 'changedAt');
    const content = replace(current === undefined ? '' : longTextOf(current, 'content'));
    if (content === null) return before;
    const changedAt = Math.max(before, now);
    const revision = numberOf(current, 'revision');
    const next = {
      pk: text(key.pk),
      sk: text(key.sk),
      revision: number(revision + 1),
      changedAt: number(changedAt),
      content: longText(content),
    };
    if ((await putItem(connection, next, asRead(revision))) === 'written') return changedAt;
    current = await getItem(connection, key);
  }
  throw tooManyConflicts(`${key.pk} ${key.sk}`);
}
