import type { Calendar, Instant, Session } from '../calendar/calendar.ts';
import type { RecordStore } from '../ports/records.ts';
import type { ObservationSource } from '../ports/source.ts';
import { providersOf } from './ask-providers.ts';
import { type Cursors, cursorsOf, type Lane, lanesOf, nameOf, stepsTaken } from './backfill-lanes.ts';
import { type BackfillGroup, type BackfillReach, isCore, planGroups } from './backfill-plan.ts';
import type { StoredMarket } from './open-archive.ts';
import { instantOn } from './progress.ts';

/** What waiting stands on. */
export interface HistoryGround {
  readonly records: RecordStore;
  readonly sources: readonly ObservationSource[];
  readonly stored: StoredMarket;
  readonly calendar: Calendar;
  readonly now: Instant;
  readonly reach: BackfillReach;
}

/** Sessions after the one up to which history was planned that wait for it. */
const PATIENCE = 3;
const DAY_MINUTES = 1440;

/**
 * Why a session should not be judged yet: history comes oldest first, and a figure that runs across what has not come
 * would be a wrong one, not none. Null where the core is filled, nobody fills it, or it has been waited for long enough.
 */
export async function historyWait(ground: HistoryGround): Promise<string | null> {
  const { records, sources, calendar, now, stored, reach } = ground;
  const providers = providersOf(sources).filter(({ terms }) => terms.history !== null);
  if (providers.length === 0) return null;
  const groups = (await planGroups(records, stored, { calendar, now, reach })).filter(isCore);
  const young = groups.filter((group) => now < instantOn(lastWaiting(group, calendar), DAY_MINUTES));
  if (young.length === 0) return null;
  const lanes = lanesOf(young, providers, calendar);
  const cursors = await cursorsOf(records, lanes);
  const open = young.filter((group) =>
    isOpen(
      lanes.filter((lane) => lane.group === group),
      cursors,
    ),
  );
  if (open.length === 0) return null;
  const { done, of } = stepsTaken(lanes, cursors);
  const until =
    open
      .map((group) => lastWaiting(group, calendar))
      .toSorted()
      .at(-1) ?? '';
  return `history is being filled, ${done} of ${of} steps; waits for it until the end of ${until} at most`;
}

/** The last session that waits for a group. */
function lastWaiting({ to }: BackfillGroup, calendar: Calendar): Session {
  return calendar.sessions[(calendar.ordinal(to) ?? 0) + PATIENCE] ?? calendar.last;
}

/**
 * Whether a group may have a hole: a source is within it, or has not begun. One that has failed on its very first step
 * has left none, and another one may have all.
 */
function isOpen(lanes: readonly Lane[], cursors: Cursors): boolean {
  const standings = lanes.map((lane) => {
    const { next, failures } = cursors.get(nameOf(lane)) ?? { next: lane.first, failures: 0 };
    if (next >= lane.count) return 'done';
    return next === lane.first && failures > 0 ? 'failing' : 'open';
  });
  return standings.includes('open') || !standings.includes('done');
}
