import type * as z from 'zod/mini';
import { counted, grouped } from '../alerts/message/numbers.ts';
import type { Draft, firingsDiff } from '../api/rules.ts';
import { episodesOf, type EpisodeView } from './course.ts';
import { changedKeys } from './draft-text.ts';
import type { Viewed } from './standing.ts';

export type FiringsDiff = z.infer<typeof firingsDiff>;
type Paired = FiringsDiff['episodes'][number];

/** One side of a comparison: a saved version, or a draft. */
export interface Side<Version extends number | null> {
  readonly version: Version;
  readonly draft: Draft;
  readonly viewed: Viewed;
}

/** How the firings of two texts of a rule differ over the same sessions, and in which keys the texts do. */
export function diffOf(before: Side<number>, after: Side<number | null>): FiringsDiff {
  const [old, made] = [episodesOf(before.viewed), episodesOf(after.viewed)];
  const episodes = pairEpisodes(old, made);
  return {
    before: { version: before.version, ...totals(old) },
    after: { version: after.version, ...totals(made) },
    episodes: [...episodes],
    summary: summaryOf(episodes, totals(old), totals(made)),
    changes: changedKeys(before.draft, after.draft).map((field) => {
      return { field, before: written(before.draft[field]), after: written(after.draft[field]) };
    }),
  };
}

interface Totals {
  readonly episodes: number;
  readonly firingSessions: number;
}

function totals(episodes: readonly EpisodeView[]): Totals {
  return {
    episodes: episodes.length,
    firingSessions: episodes.reduce((sum, { sessions }) => sum + sessions, 0),
  };
}

/**
 * Pairs episodes, each once: equal spans first, then each that is left with the first one left that it overlaps. What
 * finds none is gone or new. Both lists ascend by start; so does the answer.
 */
export function pairEpisodes(
  before: readonly EpisodeView[],
  after: readonly EpisodeView[],
): readonly Paired[] {
  const spans = new Map(after.map((one) => [spanOf(one), one]));
  const taken = new Set<EpisodeView>();
  const pairs: Paired[] = [];
  const left: EpisodeView[] = [];
  for (const one of before) {
    const same = spans.get(spanOf(one));
    if (same === undefined) left.push(one);
    else {
      taken.add(same);
      pairs.push({ kind: 'same', before: one, after: same });
    }
  }
  const free = after.filter((one) => !taken.has(one));
  let next = 0;
  for (const one of left) {
    // What ended before this one began can overlap none of those that come.
    while (next < free.length && endOf(free[next]) <= one.start) next += 1;
    const found = free.slice(next).find((other) => !taken.has(other) && overlap(one, other));
    if (found !== undefined) taken.add(found);
    pairs.push({ kind: found === undefined ? 'gone' : 'moved', before: one, after: found ?? null });
  }
  for (const one of after) if (!taken.has(one)) pairs.push({ kind: 'new', before: null, after: one });
  return pairs.toSorted((a, b) => (startOf(a) < startOf(b) ? -1 : Number(startOf(a) > startOf(b))));
}

function spanOf({ start, end }: EpisodeView): string {
  return `${start} ${end ?? ''}`;
}

const NEVER = '9999-12-31';

function endOf(episode: EpisodeView | undefined): string {
  return episode?.end ?? NEVER;
}

function overlap(one: EpisodeView, other: EpisodeView): boolean {
  return one.start < endOf(other) && other.start < endOf(one);
}

function startOf({ before, after }: Paired): string {
  const [a, b] = [before?.start ?? NEVER, after?.start ?? NEVER];
  return a < b ? a : b;
}

function summaryOf(episodes: readonly Paired[], before: Totals, after: Totals): string {
  const of = (kind: Paired['kind']): number => episodes.filter((one) => one.kind === kind).length;
  const [same, moved, gone, made] = [of('same'), of('moved'), of('gone'), of('new')];
  const whole = (one: Totals): string =>
    `${counted(one.episodes, 'episode')} on ${counted(one.firingSessions, 'session')}`;
  if (moved + gone + made === 0)
    return same === 0 ? 'Neither ever fires.' : `Both fire alike: ${whole(after)}.`;
  const parts = [
    `${grouped(same)} the same`,
    ...(moved > 0 ? [`${grouped(moved)} moved`] : []),
    ...(gone > 0 ? [`${grouped(gone)} gone`] : []),
    ...(made > 0 ? [`${grouped(made)} new`] : []),
  ];
  return `${whole(before)} before, ${whole(after)} after: ${parts.join(', ')}.`;
}

/** A value of a draft as text: a list one item a line, a map one entry a line. */
function written(value: Draft[keyof Draft]): string | null {
  if (value === undefined) return null;
  if (Array.isArray(value)) return value.join('\n');
  if (typeof value === 'object')
    return Object.entries(value)
      .map(([key, text]) => `${key}: ${text}`)
      .join('\n');
  return String(value);
}
