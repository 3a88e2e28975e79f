import type { Session } from '../calendar/calendar.ts';
import { type EpisodeSpan, episodeId } from '../rules/lifecycle.ts';
import { firesAt, type Knowledge, lastEpisodeAt } from './knowledge.ts';
import { openEpisode, type Recorded, type RecordedEpisode } from './recorded.ts';
import { ordinary, type Transition } from '../alerts/transition.ts';

/** What a revision did to recorded sessions: what to say, and the episodes as believed from now on. */
export interface Correction {
  readonly transition: Transition;
  readonly recorded: Recorded;
}

/** What a correction is found from. */
export interface CorrectionInput {
  readonly rule: string;
  readonly knowledge: Knowledge;
  readonly recorded: Recorded;
  /** Whether the rule fired on each session, by index, as last told. */
  readonly believed: (index: number) => boolean;
  /** The session on which the new knowledge is first used. */
  readonly index: number;
}

/**
 * Finds the earliest recorded session whose firing the knowledge changes; null when there is none (DESIGN section 5).
 * The correction opens or closes the recorded episode, and an episode that overlaps a recorded one keeps its id.
 */
export function correct(input: CorrectionInput): Correction | null {
  const { knowledge, recorded, index } = input;
  const changed = earliestChange(input);
  if (changed === null) return null;
  const episodes = believedEpisodes(input, changed);
  const fires = firesAt(knowledge, changed);
  const subject = fires
    ? episodeOn(episodes, knowledge, changed)
    : episodeOn(recorded.episodes, knowledge, changed);
  const after = { ...recorded, episodes };
  const open = openEpisode(after);
  const transition: Transition = {
    ...ordinary(
      'correction',
      index,
      subject,
      fires ? lastEpisodeAt(knowledge.course.episodes, changed) : null,
    ),
    corrects: knowledge.sessions[changed] ?? null,
    correctedFiring: fires,
  };
  if (open !== null && open.id === subject?.id) {
    const span = lastEpisodeAt(knowledge.course.episodes, index - 1);
    return { transition: { ...transition, episode: open, span }, recorded: after };
  }
  return { transition, recorded: after };
}

function earliestChange(input: CorrectionInput): number | null {
  const { knowledge, recorded } = input;
  const since = recorded.since === null ? undefined : knowledge.index(recorded.since);
  if (since === undefined) return null;
  for (let index = since; index < input.index; index += 1) {
    if (input.believed(index) !== firesAt(knowledge, index)) return index;
  }
  return null;
}

/** Episodes that ended before the changed session stay as recorded; later ones are those of the new course. */
function believedEpisodes(input: CorrectionInput, changed: number): RecordedEpisode[] {
  const { knowledge, recorded, index } = input;
  const ended = (episode: RecordedEpisode): boolean =>
    episode.end !== null && (knowledge.index(episode.end) ?? 0) <= changed;
  const kept = recorded.episodes.filter(ended);
  const touched = recorded.episodes.filter((episode) => !ended(episode));
  const spans = knowledge.course.episodes.filter(
    (span) => span.start < index && (span.end === null || span.end > changed),
  );
  return [...kept, ...spans.map((span) => told(input, span, touched))];
}

/** An episode of the new course under the id of the latest recorded one that it overlaps, or else under its own. */
function told(
  input: CorrectionInput,
  span: EpisodeSpan,
  touched: readonly RecordedEpisode[],
): RecordedEpisode {
  const { knowledge, index } = input;
  const start = sessionAt(knowledge, span.start);
  const end = span.end !== null && span.end < index ? sessionAt(knowledge, span.end) : null;
  const overlapped = touched.findLast(
    (episode) => (end === null || episode.start < end) && (episode.end === null || start < episode.end),
  );
  return { id: overlapped?.id ?? episodeId(input.rule, start), start, end };
}

function episodeOn(
  episodes: readonly RecordedEpisode[],
  knowledge: Knowledge,
  index: number,
): RecordedEpisode | null {
  const session = sessionAt(knowledge, index);
  return (
    episodes.findLast(
      (episode) => episode.start <= session && (episode.end === null || session < episode.end),
    ) ?? null
  );
}

function sessionAt(knowledge: Knowledge, index: number): Session {
  return knowledge.sessions[index] ?? '';
}
