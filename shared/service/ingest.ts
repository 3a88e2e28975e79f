import type { Calendar, Instant, Session } from '../calendar/calendar.ts';
import type { ObservationStore } from '../ports/observations.ts';
import type { RecordStore } from '../ports/records.ts';
import type { ObservationSource, SessionNeed, SourceAnswer } from '../ports/source.ts';
import type { Market } from '../series/market.ts';
import { changeJson } from './json-record.ts';
import { sessionName } from './names.ts';
import { openArchive, readMarket } from './open-archive.ts';
import {
  advanceProgress,
  instantOn,
  type MinuteOfDay,
  openProgress,
  type Progress,
  type SessionRecord,
  sessionsBetween,
} from './progress.ts';
import { openProtocol, type Protocol, type RunReport, textOf } from './report.ts';
import { type Missing, missingOn, requiredBy, seriesRequired } from './required.ts';
import { listRules, loadDefinitions, type RuleLoader } from './rule-book.ts';

/** What an ingest stands on. */
export interface IngestGround {
  readonly records: RecordStore;
  readonly observations: ObservationStore;
  readonly sources: readonly ObservationSource[];
  readonly market: Market;
  readonly calendar: Calendar;
  readonly clock: () => Instant;
  /**
   * From this minute on (1440, midnight New York, unless configured) a session is released even if it is not complete:
   * the first run after it is the evening's last.
   */
  readonly releaseMinute?: MinuteOfDay;
  readonly load?: RuleLoader;
}

/** What an ingest came to. */
export interface IngestReport extends RunReport {
  /** Sessions released by this run, oldest first: evaluation is due. */
  readonly released: readonly Session[];
}

const MIDNIGHT: MinuteOfDay = 1440;
/** Released sessions that still lack something are asked for again for so many sessions. */
const LOOK_BACK = 5;
const SHOWN_REASONS = 10;

/** A run while it goes on. */
interface Run {
  readonly ground: IngestGround;
  readonly protocol: Protocol;
  readonly now: Instant;
  readonly last: Session;
}

/**
 * Fills gaps up to the last finished session: asks the sources for what rules read and sessions lack, stores what comes,
 * and releases sessions for evaluation in order, never one before an earlier one. A source that fails stops no other;
 * where the store fails, the run throws and has released nothing.
 */
export async function ingestGaps(ground: IngestGround): Promise<IngestReport> {
  const now = ground.clock();
  const protocol = openProtocol('ingest', now);
  const progress = await openProgress(ground.records, ground.calendar, now);
  const last = ground.calendar.lastFinished(now);
  if (last === undefined) return { ...protocol.report(), released: [] };
  const run = { ground, protocol, now, last };
  const sessions = openSessions(ground.calendar, progress, last);
  const before = await lookUp(run, sessions);
  const needs = sessions.flatMap((session): SessionNeed[] => {
    const series = before.get(session)?.series ?? [];
    return series.length === 0 ? [] : [{ session, series }];
  });
  for (const { session, series } of needs) {
    protocol.decide(
      'gap',
      session,
      `${series.length} series wanted: ${series.slice(0, SHOWN_REASONS).join(', ')}`,
    );
  }
  for (const source of ground.sources) await ask(run, source, needs);
  const after = ground.sources.length === 0 ? before : await lookUp(run, sessions);
  const released = await release(run, progress, after);
  return { ...protocol.report(), released };
}

/** Sessions not yet released, and some released before, which may still be filled. */
function openSessions(calendar: Calendar, progress: Progress, last: Session): readonly Session[] {
  const from = calendar.onOrBefore(progress.released) - LOOK_BACK;
  const earliest = calendar.sessions[Math.max(from, 0)] ?? calendar.first;
  const since = earliest < progress.history ? progress.history : earliest;
  return sessionsBetween(calendar, since, last);
}

/** What each session lacks by what is stored now. */
async function lookUp(run: Run, sessions: readonly Session[]): Promise<ReadonlyMap<Session, Missing>> {
  const { records, observations, calendar, load, market } = run.ground;
  const [from] = sessions;
  if (from === undefined) return new Map();
  const stored = await readMarket(observations, market);
  const rules = await listRules(records);
  const enabled = new Set(rules.filter(({ state }) => state === 'enabled').map(({ id }) => id));
  const loaded = loadDefinitions(
    rules.filter(({ state }) => state !== 'deleted'),
    stored.market,
    load,
  );
  const required = requiredBy(
    loaded.rules.filter(({ id }) => enabled.has(id)),
    stored,
  );
  const series = seriesRequired(required, stored);
  const archive = await openArchive(observations, stored, { series, from, calendar, now: run.now });
  return new Map(sessions.map((session) => [session, missingOn(session, required, stored, archive)]));
}

async function ask(run: Run, source: ObservationSource, needs: readonly SessionNeed[]): Promise<void> {
  const { protocol, now, last } = run;
  let answer: SourceAnswer;
  try {
    answer = await source.fetch({ needs, last, now });
  } catch (error) {
    protocol.find('source failed', source.name, textOf(error));
    protocol.count('failedSources');
    return;
  }
  for (const finding of answer.findings) protocol.find('source', source.name, finding);
  for (const batch of answer.batches) {
    const counts = await run.ground.observations.record(batch, now);
    protocol.count('accepted', counts.accepted);
    protocol.count('revised', counts.revised);
    protocol.count('unchanged', counts.unchanged);
    protocol.decide(
      'stored',
      batch.source,
      `${counts.accepted} accepted, ${counts.revised} revised, ${counts.unchanged} unchanged`,
    );
  }
  await source.stored();
}

/** Releases sessions in order, up to the first that still waits. */
async function release(
  run: Run,
  progress: Progress,
  missing: ReadonlyMap<Session, Missing>,
): Promise<readonly Session[]> {
  const { records, calendar, releaseMinute = MIDNIGHT } = run.ground;
  const released: Session[] = [];
  for (const session of sessionsBetween(calendar, progress.released, run.last)) {
    const reasons = missing.get(session)?.reasons ?? [];
    const shown = reasons.slice(0, SHOWN_REASONS).join('; ');
    if (reasons.length > 0 && run.now < instantOn(session, releaseMinute)) {
      run.protocol.decide('not released', session, `not complete: ${shown}`);
      break;
    }
    await keepRelease(run, session, reasons);
    if (reasons.length === 0) run.protocol.decide('released', session, 'complete enough');
    else run.protocol.find('released incomplete', session, `the evening is over: ${shown}`);
    released.push(session);
  }
  const lastReleased = released.at(-1);
  if (lastReleased !== undefined) await advanceProgress(records, { released: lastReleased });
  run.protocol.count('released', released.length);
  return released;
}

async function keepRelease(run: Run, session: Session, reasons: readonly string[]): Promise<void> {
  const kept: SessionRecord = {
    session,
    releasedAt: run.now,
    release: reasons.length === 0 ? 'complete' : 'incomplete',
    missing: reasons.slice(0, SHOWN_REASONS),
    evaluatedAt: null,
  };
  await changeJson<SessionRecord>(run.ground.records, sessionName(session), (before) =>
    before === null ? kept : null,
  );
}
