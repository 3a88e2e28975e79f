import type { Calendar, Instant, Session } from '../calendar/calendar.ts';
import type { ObservationStore } from '../ports/observations.ts';
import type { RecordStore } from '../ports/records.ts';
import type { ObservationSource, SessionNeed, SourceAnswer } from '../ports/source.ts';
import type { Market } from '../series/market.ts';
import { legsOf } from '../acceptance/legs.ts';
import { historyWait } from './await-history.ts';
import type { BackfillReach } from './backfill-plan.ts';
import { changeJson } from './json-record.ts';
import { sessionName } from './names.ts';
import { fillFromProviders, type Found, LOOK_BACK, needsOf, withHeld } from './fill-from-providers.ts';
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
import { levelsRequired, type Missing, missingOn, requiredBy, seriesRequired, wantedOn } from './required.ts';
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
  /** How far back history is filled beside these runs: sessions wait for its core. Absent: nobody fills any. */
  readonly history?: BackfillReach;
  readonly load?: RuleLoader;
}

/** What an ingest came to. */
export interface IngestReport extends RunReport {
  /** Sessions released by this run, oldest first: evaluation is due. */
  readonly released: readonly Session[];
}

const MIDNIGHT: MinuteOfDay = 1440;
const SHOWN_REASONS = 10;
/** Sessions that one run fills at most, the oldest first: the next one goes on. */
const STEP = 60;

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
  const sessions = openSessions(ground.calendar, progress, last).slice(0, STEP);
  const before = await lookUp(run, sessions);
  const needs = needsOf(before);
  for (const { session, series } of needs) {
    protocol.decide(
      'gap',
      session,
      `${series.length} series wanted: ${series.slice(0, SHOWN_REASONS).join(', ')}`,
    );
  }
  const own = ground.sources.filter(({ terms }) => terms === undefined);
  for (const source of own) await ask(run, source, needs);
  const found = own.length === 0 ? before : await lookUp(run, sessions);
  await fillFromProviders(run, sessions, found);
  const after = ground.sources.length === 0 ? before : await lookUp(run, sessions);
  const wait = await waitOf(run, after);
  const released = await release(run, { progress, wait }, await withHeld(ground.records, after.missing));
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
async function lookUp(run: Run, sessions: readonly Session[]): Promise<Found> {
  const { records, observations, calendar, load, market } = run.ground;
  const [from] = sessions;
  const stored = await readMarket(observations, market);
  const rules = await listRules(records);
  const enabled = new Set(rules.filter(({ state }) => state === 'enabled').map(({ id }) => id));
  const loaded = loadDefinitions(
    rules.filter(({ state }) => state !== 'deleted'),
    stored.market,
    load,
  );
  const working = loaded.rules.filter(({ id }) => enabled.has(id));
  const required = requiredBy(working, stored);
  const series = seriesRequired(required, stored);
  const archive =
    from === undefined
      ? null
      : await openArchive(observations, stored, { series, from, calendar, now: run.now });
  return {
    missing: new Map(
      archive === null
        ? []
        : sessions.map((session) => [session, missingOn(session, required, stored, archive)]),
    ),
    wanted: new Map(sessions.map((session) => [session, wantedOn(session, required, stored)])),
    levels: levelsRequired(working, stored),
    legs: legsOf(working, stored.market),
    stored,
  };
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

/** What of history every session waits for. */
async function waitOf({ ground, now }: Run, { stored }: Found): Promise<string | null> {
  const { records, sources, calendar, history: reach } = ground;
  if (reach === undefined) return null;
  return await historyWait({ records, sources, stored, calendar, now, reach });
}

/** Releases sessions in order, up to the first that still waits. */
async function release(
  run: Run,
  { progress, wait }: { readonly progress: Progress; readonly wait: string | null },
  missing: ReadonlyMap<Session, Missing>,
): Promise<readonly Session[]> {
  const { records, calendar, releaseMinute = MIDNIGHT } = run.ground;
  const released: Session[] = [];
  for (const session of sessionsBetween(calendar, progress.released, run.last)) {
    const lacking = missing.get(session);
    // Beyond what one run fills: not looked at yet.
    if (lacking === undefined) break;
    if (wait !== null) {
      run.protocol.decide('not released', session, wait);
      break;
    }
    const { reasons } = lacking;
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
