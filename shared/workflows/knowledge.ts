import type { Session } from '../calendar/calendar.ts';
import { type Course, type EpisodeSpan, FIRING, type Verdicts } from '../rules/lifecycle.ts';

/** A rule's course over all sessions under one state of knowledge, by session index. */
export interface Knowledge {
  readonly sessions: readonly Session[];
  /** The index of a session; undefined where it lies outside. */
  index(session: Session): number | undefined;
  readonly verdicts: Verdicts;
  readonly course: Course;
  /**
   * The last session before an episode (a position in the course's) on which the measure was at least as far as the
   * episode's furthest value up to an index; null when there is none or the rule has no precedent.
   */
  atLeast(episode: number, index: number): Session | null;
}

/** Whether the rule is firing on a session under this knowledge. */
export function firesAt(knowledge: Knowledge, index: number): boolean {
  return knowledge.course.states[index] === FIRING;
}

/** The position of the last episode that began on or before an index; -1 when there is none. */
export function lastEpisodeAt(episodes: readonly EpisodeSpan[], index: number): number {
  let low = 0;
  let high = episodes.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((episodes[middle]?.start ?? Infinity) <= index) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** Whether the rule is blind on a session: became so on or before it, and has not recovered since. */
export function blindAt(course: Course, index: number): boolean {
  const became = lastUpTo(course.blind, index);
  return became >= 0 && became > lastUpTo(course.recovered, index);
}

function lastUpTo(ascending: readonly number[], index: number): number {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((ascending[middle] ?? Infinity) <= index) low = middle + 1;
    else high = middle;
  }
  return ascending[low - 1] ?? -1;
}
