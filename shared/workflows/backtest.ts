import type { BaseRate } from '../alerts/alert.ts';
import { roundBaseRate } from '../alerts/compose.ts';
import { round12 } from '../alerts/round.ts';
import type { Session } from '../calendar/calendar.ts';
import type { Rule } from '../rules/rule.ts';
import type { Archive } from '../series/archive.ts';
import { snapshotOf } from '../series/snapshot-of.ts';
import { openContext, type RuleView } from './evaluation-context.ts';

/** One episode of a backtest. */
export interface BacktestEpisode {
  /** The first firing session. */
  readonly start: Session;
  /** The session it was resolved on; null while open. */
  readonly end: Session | null;
  /** Sessions on which it was firing. */
  readonly sessions: number;
  /** The furthest value on its firing sessions; null without measure or direction. */
  readonly peak: number | null;
}

/** A rule over everything stored. */
export interface Backtest {
  readonly rule: string;
  /** Sessions evaluated. */
  readonly sessions: number;
  readonly episodes: readonly BacktestEpisode[];
  readonly baseRate: readonly BaseRate[];
}

/**
 * Runs one rule over all history with everything stored, in one pass: its episodes, and base rates that count every
 * episode whose horizon has passed. `rules` are those it may name in `firing("…")`.
 */
export function backtest(archive: Archive, rule: Rule, rules: readonly Rule[]): Backtest {
  const snapshot = snapshotOf(archive, Number.POSITIVE_INFINITY);
  const byId = new Map([...rules, rule].map((one) => [one.id, one]));
  const view = openContext(snapshot, { rules: byId, length: snapshot.length }).view(rule);
  return backtestOf(rule, view, snapshot.sessions);
}

/** What a rule did over the sessions it was viewed on. */
export function backtestOf(
  rule: Pick<Rule, 'id'>,
  { course, figures }: RuleView,
  sessions: readonly Session[],
): Backtest {
  const last = sessions.length - 1;
  const sessionAt = (index: number): Session => sessions[index] ?? '';
  return {
    rule: rule.id,
    sessions: sessions.length,
    episodes: course.episodes.map((episode, position) => ({
      start: sessionAt(episode.start),
      end: episode.end === null ? null : sessionAt(episode.end),
      sessions: episode.sessions,
      peak: round12(figures.peak(position, last)),
    })),
    baseRate: figures.baseRates(course.episodes.length, last).map(roundBaseRate),
  };
}
