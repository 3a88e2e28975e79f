import type { Session } from '../calendar/calendar.ts';
import { FALSE } from '../expression/types.ts';
import type { Direction } from '../rules/rule.ts';
import type { Precedent } from './alert.ts';
import { createFarness } from './farness.ts';

/** An episode by session indexes: `end` is the session it was resolved on, null while open. */
export interface EpisodeIndexes {
  readonly start: number;
  readonly end: number | null;
}

/** What precedents are computed from; arrays are by session index, NaN and code 0 are no data. */
export interface PrecedentInput {
  readonly sessions: readonly Session[];
  readonly measure: Float64Array;
  readonly direction: Direction;
  /** The verdicts of `when`. */
  readonly when: Uint8Array;
  /** Ascending by start. */
  readonly episodes: readonly EpisodeIndexes[];
}

/** Precedents of one rule over one history. `episode` is a position in the episodes. */
export interface Precedents {
  /** The furthest value on the episode's firing sessions up to an index; null where it had none. */
  peak(episode: number, index: number): number | null;
  /** The last session on which the measure was at least as far as the episode's furthest value up to an index. */
  atLeast(episode: number, index: number): Session | null;
  /** The whole precedent at an index; null where the episode has had no value yet. */
  at(episode: number, index: number): Precedent | null;
}

/** Prepares precedents (DESIGN section 5) in one pass; each answer then takes O(log n). */
export function createPrecedents(input: PrecedentInput): Precedents {
  const { sessions, measure, episodes } = input;
  const farness = createFarness(measure, input.direction);
  const furthest = runningPeaks(input, (value) => farness.of(value));
  const limits = episodes.map((episode) => leadIn(input.when, episode.start));
  const ranks = createRanks(episodes.map((episode) => furthest[lastFiring(episode, measure.length)] ?? NaN));
  const first = measure.findIndex((value) => !Number.isNaN(value));
  const dataSince = sessions[first] ?? null;
  const farAt = (episode: number, index: number): number => {
    const indexes = episodes[episode];
    if (indexes === undefined || index < indexes.start) return NaN;
    return furthest[Math.min(index, lastFiring(indexes, measure.length))] ?? NaN;
  };
  const atLeast = (episode: number, far: number): Session | null =>
    sessions[farness.lastAtLeast(limits[episode] ?? 0, far)] ?? null;
  return {
    peak: (episode, index) => {
      const far = farAt(episode, index);
      return Number.isNaN(far) ? null : farness.of(far);
    },
    atLeast: (episode, index) => atLeast(episode, farAt(episode, index)),
    at: (episode, index) => {
      const far = farAt(episode, index);
      if (Number.isNaN(far)) return null;
      return {
        rank: 1 + ranks.beyond(episode, far),
        of: episode + 1,
        atLeast: atLeast(episode, far),
        higher: sessions[farness.lastBeyond(limits[episode] ?? 0, far)] ?? null,
        dataSince: first >= 0 && first <= index ? dataSince : null,
      };
    },
  };
}

function lastFiring(episode: EpisodeIndexes, length: number): number {
  return episode.end === null ? length - 1 : episode.end - 1;
}

/** How far the episode has gone so far, on each firing session; NaN elsewhere and where it had no value yet. */
function runningPeaks(input: PrecedentInput, far: (value: number) => number): Float64Array {
  const peaks = new Float64Array(input.measure.length).fill(NaN);
  for (const episode of input.episodes) {
    let peak = NaN;
    for (let index = episode.start; index <= lastFiring(episode, peaks.length); index += 1) {
      const value = far(input.measure[index] ?? NaN);
      if (!(value <= peak) && !Number.isNaN(value)) peak = value;
      peaks[index] = peak;
    }
  }
  return peaks;
}

/** Where the unbroken run of true or no-data sessions that led into an episode begins: precedents lie before it. */
function leadIn(when: Uint8Array, start: number): number {
  let limit = start;
  while (limit > 0 && when[limit - 1] !== FALSE) limit -= 1;
  return limit;
}

/** Counts earlier peaks that are strictly further, keeping those before the episode asked for in order. */
function createRanks(peaks: readonly number[]): { beyond(episode: number, far: number): number } {
  let sorted: number[] = [];
  let included = 0;
  const include = (episode: number): void => {
    if (episode < included) {
      sorted = [];
      included = 0;
    }
    for (; included < episode; included += 1) {
      const peak = peaks[included] ?? NaN;
      if (!Number.isNaN(peak)) sorted.splice(countUpTo(sorted, peak), 0, peak);
    }
  };
  return {
    beyond: (episode, far) => {
      include(episode);
      return sorted.length - countUpTo(sorted, far);
    },
  };
}

/** How many of some ascending values are at most `value`. */
export function countUpTo(ascending: ArrayLike<number>, value: number): number {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((ascending[middle] ?? Infinity) <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}
