import type { MembershipSpan } from './archive.ts';

/** Spans of membership in one order, each once, so that equal memberships are equal lists. */
export function orderedSpans(spans: readonly MembershipSpan[]): readonly MembershipSpan[] {
  const keyed = new Map(spans.map((span) => [keyOf(span), span]));
  return [...keyed].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, span]) => span);
}

/** Names hold no control characters. */
function keyOf({ universe, instrument, from, to }: MembershipSpan): string {
  return [universe, instrument, from ?? '', to ?? ''].join('\n');
}
