import type * as z from 'zod/mini';
import { FEW } from '../alerts/base-rate.ts';
import { frameOf } from '../alerts/compose.ts';
import type { BaseRate } from '../alerts/alert.ts';
import { counted, measured } from '../alerts/message/numbers.ts';
import { round12 } from '../alerts/round.ts';
import type { baseRate, course as courseShape, episode as episodeShape } from '../api/rules.ts';
import type { line as lineShape } from '../api/common.ts';
import type { Session } from '../calendar/calendar.ts';
import { episodeId, firstVerdict } from '../rules/lifecycle.ts';
import { literalValue } from '../rules/walk.ts';
import { type Backtest, type BacktestEpisode, backtestOf } from '../workflows/backtest.ts';
import type { Shelf } from './library.ts';
import type { Viewed } from './standing.ts';

/** What a rule would have done over everything stored, as the console shows it. */
export type CourseView = z.infer<typeof courseShape>;
export type EpisodeView = z.infer<typeof episodeShape>;
export type Line = z.infer<typeof lineShape>;

const NOTHING: Line = { sessions: [], values: [] };
/** Sessions of a small chart. */
const RECENT = 60;

/** The course of a viewed rule with the figures of its backtest. */
export function courseOf(shelf: Shelf, viewed: Viewed): CourseView {
  const { rule, view, sessions } = viewed;
  const result = backtestOf(rule, view, sessions);
  const { threshold } = rule;
  const level = threshold === null ? null : literalValue(threshold.expression);
  return {
    sessions: result.sessions,
    dataSince: sinceWhen(viewed),
    chart: {
      measure: measureLine(viewed, sessions.length),
      unit: rule.measure?.type.kind === 'number' ? rule.measure.type.unit : null,
      threshold:
        threshold === null
          ? null
          : (round12(level) ?? lineOf(sessions, (index) => view.figures.threshold(index))),
    },
    episodes: result.episodes.map((one) => episodeView(one, viewed)),
    firingSessions: firingSessions(result),
    summary: summaryOf(result, viewed),
    baseRates: baseRatesOf(shelf, viewed, result.baseRate),
  };
}

/** The measure of the last sessions, for a small chart; empty without a measure. */
export function recentOf(viewed: Viewed): Line {
  return measureLine(viewed, RECENT);
}

function measureLine({ rule, view, sessions }: Viewed, most: number): Line {
  if (rule.measure === null) return NOTHING;
  return lineOf(sessions, (index) => view.figures.value(index), Math.max(0, sessions.length - most));
}

function lineOf(sessions: readonly Session[], valueAt: (index: number) => number | null, from = 0): Line {
  const shown = sessions.slice(from);
  return { sessions: shown, values: shown.map((_, position) => round12(valueAt(from + position))) };
}

/** The first session of the measure, or without one of a verdict; null where there is none. */
function sinceWhen({ rule, view, sessions }: Viewed): Session | null {
  if (rule.measure === null) return sessions[firstVerdict(view.verdicts.when)] ?? null;
  return sessions.find((_, index) => view.figures.value(index) !== null) ?? null;
}

/** Every episode of a viewed rule, oldest first. */
export function episodesOf(viewed: Viewed): readonly EpisodeView[] {
  const { rule, view, sessions } = viewed;
  return backtestOf(rule, view, sessions).episodes.map((one) => episodeView(one, viewed));
}

function episodeView(episode: BacktestEpisode, { rule, printed }: Viewed): EpisodeView {
  const { peak } = episode;
  const peakText = peak === null ? null : measured({ definition: printed }, peak);
  return { id: episodeId(rule.id, episode.start), ...episode, peakText };
}

/** Sessions on which a rule was firing. */
function firingSessions({ episodes }: Pick<Backtest, 'episodes'>): number {
  return episodes.reduce((sum, { sessions }) => sum + sessions, 0);
}

/** How often a rule fired, in one sentence, since the first session on which it could. */
function summaryOf({ episodes }: Backtest, { view, sessions }: Viewed): string {
  if (sessions.length === 0) return 'Nothing is stored yet.';
  const first = sessions[firstVerdict(view.verdicts.when)];
  if (first === undefined) return 'Never had all that it reads.';
  const last = episodes.at(-1);
  if (last === undefined) return `Never fired since ${first}.`;
  if (episodes.length === 1) return `Fired once since ${first}, on ${last.start}.`;
  return `Fired ${counted(episodes.length, 'time')} since ${first}, last on ${last.start}.`;
}

function baseRatesOf(
  { archive }: Shelf,
  { rule }: Viewed,
  lines: readonly BaseRate[],
): readonly z.infer<typeof baseRate>[] & CourseView['baseRates'] {
  const { outcomes } = frameOf(rule, archive).definition.words;
  return lines.map((line) => ({
    ...line,
    outcomeWords: outcomes[line.outcome] ?? line.outcome,
    few: line.n < FEW,
  }));
}
