import type { Legs } from '../acceptance/legs.ts';
import type { Calendar, Instant, Session } from '../calendar/calendar.ts';
import type { ObservationStore } from '../ports/observations.ts';
import type { RecordStore } from '../ports/records.ts';
import type { ObservationSource, SessionNeed, SourceAnswer, SourceRequest } from '../ports/source.ts';
import type { Market } from '../series/market.ts';
import { candidatesOf, type Provider, providersOf } from './ask-providers.ts';
import { layOutDays } from '../series/days.ts';
import type { SeriesId } from '../series/snapshot.ts';
import { beginningOf, cursorsOf, type Lane, lanesOf, nameOf, stepsTaken } from './backfill-lanes.ts';
import {
  type BackfillCursor,
  type BackfillReach,
  type BackfillStep,
  keepCursor,
  planGroups,
} from './backfill-plan.ts';
import { passGate } from './gate.ts';
import { openArchive, readMarket, type StoredMarket } from './open-archive.ts';
import { openProtocol, type Protocol, type RunReport, textOf } from './report.ts';

/** What filling history stands on. */
export interface BackfillGround {
  readonly records: RecordStore;
  readonly observations: ObservationStore;
  readonly sources: readonly ObservationSource[];
  readonly market: Market;
  readonly calendar: Calendar;
  readonly clock: () => Instant;
  readonly reach?: BackfillReach;
  /** Told before every step and at the end. */
  readonly progress?: (progress: BackfillProgress) => void;
}

/** What one run may use: no step is begun at or after `until`, nor more than `steps`. */
export interface BackfillBudget {
  readonly until: Instant;
  readonly steps: number;
}

/** How far the filling has come, all sources and groups together. */
export interface BackfillProgress {
  readonly done: number;
  readonly of: number;
  /** The step begun; null at the end. */
  readonly group: string | null;
  readonly source: string | null;
  readonly from: Session | null;
  readonly to: Session | null;
}

/** How a run ended. `waiting`: what is left waits for a source that fails; `more`: the budget is used up. */
export interface BackfillReport extends RunReport {
  readonly state: 'done' | 'more' | 'waiting';
  readonly done: number;
  readonly of: number;
}

/** After so many runs in which a source failed on a step, the step is left out. */
const PATIENCE = 5;
const NO_LEGS: Legs = new Map();

/**
 * Fills history in bounded steps, the most believed source first, the others where it left gaps, the oldest sessions
 * first. Goes on where the last run ended, however it ended: a step is repeated until its cursor has moved, and storing
 * twice stores nothing more. A source that fails stops only its own lanes. Throws where a store fails.
 */
export async function backfill(ground: BackfillGround, budget: BackfillBudget): Promise<BackfillReport> {
  const { records, observations, calendar, clock, market } = ground;
  const protocol = openProtocol('backfill', clock());
  const stored = await readMarket(observations, market);
  const reach = ground.reach === undefined ? {} : { reach: ground.reach };
  const groups = await planGroups(records, stored, { calendar, now: clock(), ...reach });
  const lanes = lanesOf(groups, providersOf(ground.sources), calendar);
  const cursors = await cursorsOf(records, lanes);
  const failing = new Set<string>();
  let left = budget.steps;
  let usedUp = false;
  for (const lane of lanes) {
    let cursor = cursors.get(nameOf(lane)) ?? beginningOf(lane);
    while (cursor.next < lane.count && !failing.has(lane.provider.name)) {
      usedUp = left <= 0 || clock() >= budget.until;
      if (usedUp) break;
      left -= 1;
      ground.progress?.(progressOf(lane, cursor, stepsTaken(lanes, cursors)));
      const outcome = await take({ ground, lane, stored, protocol }, lane.step(cursor.next));
      // What fails once the time is up was cut off: that is no failure of the source.
      usedUp = outcome === 'failed' && clock() >= budget.until;
      if (usedUp) break;
      cursor = after(cursor, outcome);
      cursors.set(nameOf(lane), cursor);
      await keepCursor(records, cursor);
      if (outcome === 'failed') failing.add(lane.provider.name);
    }
    if (usedUp) break;
  }
  const { done, of } = stepsTaken(lanes, cursors);
  if (done === of) ground.progress?.({ done, of, group: null, source: null, from: null, to: null });
  const state = done === of ? 'done' : usedUp ? 'more' : 'waiting';
  protocol.decide(state, 'backfill', `${done} of ${of} steps`);
  return { ...protocol.report(), state, done, of };
}

function progressOf(
  lane: Lane,
  { next }: BackfillCursor,
  counts: { readonly done: number; readonly of: number },
): BackfillProgress {
  const { group, provider } = lane;
  const { sessions } = lane.step(next);
  const [from = null, to = null] = [sessions[0], sessions.at(-1)];
  return { ...counts, group: group.name, source: provider.name, from, to };
}

function after(cursor: BackfillCursor, outcome: 'taken' | 'failed'): BackfillCursor {
  if (outcome === 'taken') return { ...cursor, next: cursor.next + 1, failures: 0 };
  const failures = cursor.failures + 1;
  if (failures < PATIENCE) return { ...cursor, failures };
  return { ...cursor, next: cursor.next + 1, failures: 0, skipped: [...cursor.skipped, cursor.next] };
}

interface Taking {
  readonly ground: BackfillGround;
  readonly lane: Lane;
  readonly stored: StoredMarket;
  readonly protocol: Protocol;
}

/** Asks a source for what a step lacks, and stores what passes the gate. */
async function take(
  { ground, lane, stored, protocol }: Taking,
  step: BackfillStep,
): Promise<'taken' | 'failed'> {
  const { records, observations, calendar, clock } = ground;
  const { provider } = lane;
  const now = clock();
  const last = calendar.lastFinished(now);
  const needs = await lacking({ observations, stored, calendar, now }, step);
  if (needs.length === 0 || last === undefined) return 'taken';
  const answer = await answerOf(provider, { needs, last, now });
  for (const finding of answer.findings) protocol.find('source', provider.name, finding);
  const wanted = new Set(needs.flatMap(({ session, series }) => series.map((id) => `${id} ${session}`)));
  const said = answer.batches.flatMap((batch) => candidatesOf(batch, provider, now, layOutDays(calendar)));
  const asked = said.filter(({ instrument, field, date }) =>
    wanted.has(`${instrument}.${field === 'split' ? 'close' : field} ${date}`),
  );
  const course = 'history' as const;
  const { market } = stored;
  await passGate({ records, observations, market, calendar, now, legs: NO_LEGS, course }, asked, protocol);
  if (answer.failed === undefined) {
    await provider.stored();
    return 'taken';
  }
  protocol.find('source failed', provider.name, answer.failed);
  protocol.count('failedSources');
  return 'failed';
}

/** What a source answers; one that throws has failed. */
async function answerOf(provider: Provider, request: SourceRequest): Promise<SourceAnswer> {
  try {
    return await provider.fetch(request);
  } catch (error) {
    return { batches: [], findings: [], failed: textOf(error) };
  }
}

interface Lacking {
  readonly observations: ObservationStore;
  readonly stored: StoredMarket;
  readonly calendar: Calendar;
  readonly now: Instant;
}

/** What the series of a step have no value of, by session, the oldest first. */
async function lacking(
  { observations, stored, calendar, now }: Lacking,
  { series, sessions }: BackfillStep,
): Promise<readonly SessionNeed[]> {
  const [from] = sessions;
  if (from === undefined) return [];
  const archive = await openArchive(observations, stored, { series, from, calendar, now });
  const filled = new Map<SeriesId, ReadonlySet<number>>(
    series.map((id) => [id, new Set(archive.series.get(id)?.ordinals)]),
  );
  return sessions.flatMap((session): SessionNeed[] => {
    const ordinal = calendar.ordinal(session) ?? -1;
    const open = series.filter((id) => filled.get(id)?.has(ordinal) !== true);
    return open.length === 0 ? [] : [{ session, series: open }];
  });
}
