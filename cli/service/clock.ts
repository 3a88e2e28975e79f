import type { Holding } from '../../local/runtime/holding.ts';
import type { Instant } from '../../shared/calendar/calendar.ts';

/** So far the sample's clock goes on at most: its next session never ends. */
const LONGEST_EVENING = 12 * 3_600_000;

/**
 * The clock of a store: the real one, or, on the sample, one that stands at the evening of its last session whenever a
 * command begins and goes on only while it runs, so that leases end.
 */
export function clockOf(holding: Holding | null, clock: () => Instant): () => Instant {
  if (holding?.kind !== 'sample') return clock;
  const begun = clock();
  return () => holding.now + Math.min(Math.max(0, clock() - begun), LONGEST_EVENING);
}
