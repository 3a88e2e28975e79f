import type { Calendar } from '../calendar/calendar.ts';
import type { RecordStore } from '../ports/records.ts';
import type { Provider } from './ask-providers.ts';
import {
  type BackfillCursor,
  type BackfillGroup,
  type BackfillSteps,
  newCursor,
  readCursors,
  stepsOf,
} from './backfill-plan.ts';

/** One source with one group. */
export interface Lane extends BackfillSteps {
  readonly group: BackfillGroup;
  readonly provider: Provider;
}

/** How far each lane has come, by its name. */
export type Cursors = ReadonlyMap<string, BackfillCursor>;

/** Every source that has history with every group: group by group, the most believed source first. */
export function lanesOf(
  groups: readonly BackfillGroup[],
  providers: readonly Provider[],
  calendar: Calendar,
): readonly Lane[] {
  return groups.flatMap((group) =>
    providers.flatMap((provider): Lane[] => {
      const { history } = provider.terms;
      return history === null ? [] : [{ group, provider, ...stepsOf(group, history, calendar) }];
    }),
  );
}

/** The name of a lane among all. */
export function nameOf({ group, provider }: Pick<Lane, 'group' | 'provider'>): string {
  return `${group.name}/${provider.name}`;
}

/** How far each lane has come; one whose steps have another size now begins again, and finds most of it filled. */
export async function cursorsOf(
  records: RecordStore,
  lanes: readonly Lane[],
): Promise<Map<string, BackfillCursor>> {
  const kept = await readCursors(records);
  return new Map(lanes.map((lane) => [nameOf(lane), cursorAmong(kept, lane)]));
}

function cursorAmong(kept: readonly BackfillCursor[], lane: Lane): BackfillCursor {
  const begun = beginningOf(lane);
  const { group, source, shape } = begun;
  const own = kept.find((one) => one.group === group && one.source === source && one.shape === shape);
  return own === undefined ? begun : { ...own, next: Math.max(own.next, lane.first) };
}

/** The cursor of a lane that has not begun. */
export function beginningOf({ group, provider, shape, first }: Lane): BackfillCursor {
  return { ...newCursor({ group: group.name, source: provider.name, shape }), next: first };
}

/** Steps taken, and steps there are, of which none is older than what its source has. */
export function stepsTaken(lanes: readonly Lane[], cursors: Cursors): { done: number; of: number } {
  const done = lanes.reduce((sum, lane) => {
    const next = cursors.get(nameOf(lane))?.next ?? lane.first;
    return sum + Math.min(next, lane.count) - lane.first;
  }, 0);
  return { done, of: lanes.reduce((sum, { count, first }) => sum + count - first, 0) };
}
