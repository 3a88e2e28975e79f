import type { MembershipSpan } from '../../../shared/series/archive.ts';
import type { Membership } from '../answer.ts';

const LEAST_KEPT = 0.9;

/** What a list of members makes of the membership known. */
export type Members =
  | { readonly kind: 'changed'; readonly spans: readonly MembershipSpan[] }
  /** The list says what is known, or is older than the last change. */
  | { readonly kind: 'unchanged' }
  /** No index changes so much in a day: the list is not believed. */
  | { readonly kind: 'implausible'; readonly gone: number };

/** Dated membership after a list of members: who is new belongs from its date on, who is gone did until then. */
export function applyMembers(
  known: readonly MembershipSpan[],
  { universe, asOf, instruments }: Membership,
): Members {
  const own = known.filter((span) => span.universe === universe);
  const latest = own.flatMap(({ from, to }) => [from ?? '', to ?? '']).reduce((a, b) => (a > b ? a : b), '');
  if (asOf < latest) return { kind: 'unchanged' };
  const open = own.filter(({ to }) => to === null);
  const listed = new Set(instruments);
  const members = new Set(open.map(({ instrument }) => instrument));
  const joined = instruments.filter((instrument) => !members.has(instrument));
  const gone = new Set(open.filter(({ instrument }) => !listed.has(instrument)));
  if (joined.length === 0 && gone.size === 0) return { kind: 'unchanged' };
  if (gone.size > (1 - LEAST_KEPT) * open.length) return { kind: 'implausible', gone: gone.size };
  const closed = own.map((span) => (gone.has(span) ? { ...span, to: asOf } : span));
  const opened = joined.map((instrument) => ({ universe, instrument, from: asOf, to: null }));
  return { kind: 'changed', spans: [...closed, ...opened] };
}
