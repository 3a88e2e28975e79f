import type { MemberList } from '../ports/source.ts';
import type { MembershipSpan } from '../series/archive.ts';
import { isInstrumentName } from '../series/declare.ts';
import type { Market } from '../series/market.ts';
import { orderedSpans } from '../series/spans.ts';

/** What a list of members changes. */
export type MembersChange =
  | {
      readonly kind: 'changed';
      /** All spans of the universe from now on. */
      readonly spans: readonly MembershipSpan[];
      readonly joined: readonly string[];
      readonly left: readonly string[];
    }
  | { readonly kind: 'unchanged' }
  | { readonly kind: 'refused'; readonly reason: string };

/** An index changes a few members at a time; a list that differs in more is cut short, or of something else. */
const LARGEST_CHANGE = 0.05;
const SMALLEST_LIST = 10;

/**
 * Compares a list of members with the spans stored of its universe: who is new belongs from the list's date on, who is
 * missing until then. The first list begins the membership: who belonged before nobody has said. Older lists, and those
 * that exchange more than a twentieth of the members, change nothing; nor does the list of a universe nobody declared,
 * which nothing asks for.
 */
export function changeMembers(
  { universe, asOf, instruments }: MemberList,
  stored: readonly MembershipSpan[],
  market: Market,
): MembersChange {
  const declared = market.universes.get(universe);
  if (declared === undefined) return { kind: 'unchanged' };
  if (declared.members !== null) {
    return { kind: 'refused', reason: `${universe} is no universe with dated members` };
  }
  const listed = new Set(instruments);
  const odd = instruments.find((name) => !isInstrumentName(name));
  if (odd !== undefined)
    return { kind: 'refused', reason: `a member has no possible name: ${odd.slice(0, 20)}` };
  if (listed.size < SMALLEST_LIST)
    return { kind: 'refused', reason: `${listed.size} members are too few to be true` };
  const own = stored.filter((span) => span.universe === universe);
  const current = new Set(
    own.filter(({ to }) => to === null || to > asOf).map(({ instrument }) => instrument),
  );
  const newest =
    own
      .flatMap(({ from, to }) => [from ?? '', to ?? ''])
      .toSorted()
      .at(-1) ?? '';
  const joined = [...listed].filter((one) => !current.has(one)).toSorted();
  const left = [...current].filter((one) => !listed.has(one)).toSorted();
  if (joined.length + left.length === 0) return { kind: 'unchanged' };
  if (asOf < newest) return { kind: 'unchanged' };
  const largest = Math.max(2, 2 * LARGEST_CHANGE * current.size);
  if (own.length > 0 && joined.length + left.length > largest) {
    const reason = `the list of ${asOf} would add ${joined.length} and remove ${left.length} of ${current.size} members`;
    return { kind: 'refused', reason };
  }
  const gone = new Set(left);
  const kept = own.flatMap((span): MembershipSpan[] => {
    if (!gone.has(span.instrument) || (span.to !== null && span.to <= asOf)) return [span];
    // One that joined by the list of this very date never belonged.
    return span.from === asOf ? [] : [{ ...span, to: asOf }];
  });
  const begun = joined.map((instrument) => ({ universe, instrument, from: asOf, to: null }));
  return { kind: 'changed', spans: orderedSpans([...kept, ...begun]), joined, left };
}
