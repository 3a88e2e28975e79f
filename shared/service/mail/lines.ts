import type { Alert } from '../../alerts/alert.ts';
import { type Line, SESSIONS_SHOWN } from '../../alerts/picture/line.ts';
import type { Calendar, Instant, Session } from '../../calendar/calendar.ts';
import type { ObservationStore } from '../../ports/observations.ts';
import type { RecordStore } from '../../ports/records.ts';
import type { Rule } from '../../rules/rule.ts';
import type { Market } from '../../series/market.ts';
import { snapshotOf } from '../../series/snapshot-of.ts';
import { openContext, type RuleView } from '../../workflows/evaluation-context.ts';
import { openArchive, readMarket, seriesRead } from '../open-archive.ts';
import { listRules, loadDefinitions } from '../rule-book.ts';

/** What lines are computed from. */
export interface LineGround {
  readonly records: RecordStore;
  readonly observations: ObservationStore;
  readonly market: Market;
  readonly calendar: Calendar;
  readonly clock: () => Instant;
}

/**
 * The measure behind each alert of one session as known at its close, by alert id. An alert has none whose rule has no
 * measure, was changed since, or cannot be read. Throws where the store does not answer.
 */
export async function linesOf(
  ground: LineGround,
  alerts: readonly Alert[],
): Promise<ReadonlyMap<string, Line>> {
  const [first] = alerts;
  if (first === undefined) return new Map();
  const { records, observations, calendar } = ground;
  const stored = await readMarket(observations, ground.market);
  const all = new Map(
    loadDefinitions(await listRules(records), stored.market).rules.map((rule) => [rule.id, rule]),
  );
  const wanted = alerts.flatMap((alert) => {
    const rule = all.get(alert.rule);
    return rule?.version === alert.definition.version && rule.measure !== null ? [{ alert, rule }] : [];
  });
  if (wanted.length === 0) return new Map();
  const rules = withNeeded(
    wanted.map(({ rule }) => rule),
    all,
  );
  const series = seriesRead(rules, stored);
  const want = { series, from: calendar.first, calendar, now: ground.clock() };
  const archive = await openArchive(observations, stored, want);
  const length = (calendar.ordinal(first.session) ?? 0) - (archive.filled[0] ?? 0) + 1;
  if (archive.filled.length === 0 || length < 1) return new Map();
  const snapshot = snapshotOf(archive, calendar.close(first.session), length);
  const context = openContext(snapshot, { rules: all, length });
  const sessions = calendar.sessions.slice(snapshot.origin, snapshot.origin + length);
  return new Map(wanted.map(({ alert, rule }) => [alert.id, lineOf(context.view(rule), sessions)]));
}

/** Rules with all that they name by `firing("…")`. */
function withNeeded(rules: readonly Rule[], all: ReadonlyMap<string, Rule>): readonly Rule[] {
  const found = new Map(rules.map((rule) => [rule.id, rule]));
  // Entries added while it runs are met as well.
  for (const rule of found.values()) {
    for (const id of rule.dependsOn) {
      const needed = all.get(id);
      if (needed !== undefined) found.set(id, needed);
    }
  }
  return [...found.values()];
}

function lineOf({ figures, course }: RuleView, sessions: readonly Session[]): Line {
  const start = Math.max(0, sessions.length - SESSIONS_SHOWN);
  const last = sessions.length - 1;
  const shown = sessions.slice(start);
  return {
    sessions: shown,
    values: shown.map((_, position) => figures.value(start + position)),
    threshold: figures.threshold(last),
    episodes: course.episodes
      .filter(({ end }) => end === null || end > start)
      .map((span) => ({ from: Math.max(0, span.start - start), to: (span.end ?? last + 1) - 1 - start })),
  };
}
