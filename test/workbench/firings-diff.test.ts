import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EpisodeView } from '../../shared/workbench/course.ts';
import { pairEpisodes } from '../../shared/workbench/firings-diff.ts';
import { calendar } from '../support/archive-of.ts';

const label = (index: number): string => calendar.sessions[index] ?? '';

/** Episodes one after the other, of drawn lengths and gaps; the last one may be open. */
const episodes = fc
  .tuple(fc.array(fc.tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 4 }))), fc.boolean())
  .map(([drawn, open]): readonly EpisodeView[] => {
    let at = 0;
    return drawn.map(([gap, length], position) => {
      const start = at + gap;
      at = start + length;
      const end = open && position === drawn.length - 1 ? null : label(at);
      const id = `r@${label(start)}`;
      return { id, start: label(start), end, sessions: length, peak: null, peakText: null };
    });
  });

const overlap = (a: EpisodeView, b: EpisodeView): boolean =>
  a.start < (b.end ?? '9') && b.start < (a.end ?? '9');

describe('episodes of two versions side by side', () => {
  it('are all the same beside themselves', () => {
    fc.assert(
      fc.property(episodes, (all) => {
        const pairs = pairEpisodes(all, all);
        expect(pairs.map(({ kind, before }) => [kind, before])).toEqual(all.map((one) => ['same', one]));
      }),
    );
  });

  it('are each named once, paired only where they overlap, and the same only where their spans are', () => {
    fc.assert(
      fc.property(episodes, episodes, (before, after) => {
        const pairs = pairEpisodes(before, after);
        expect(pairs.flatMap((pair) => pair.before ?? []).toSorted(byStart)).toEqual(before);
        expect(pairs.flatMap((pair) => pair.after ?? []).toSorted(byStart)).toEqual(after);
        for (const { kind, before: one, after: other } of pairs) {
          expect(kind === 'gone').toBe(other === null);
          expect(kind === 'new').toBe(one === null);
          if (one === null || other === null) continue;
          expect(overlap(one, other)).toBe(true);
          expect(kind === 'same').toBe(one.start === other.start && one.end === other.end);
        }
      }),
    );
  });

  it('leave nothing gone and new that overlaps', () => {
    fc.assert(
      fc.property(episodes, episodes, (before, after) => {
        const pairs = pairEpisodes(before, after);
        const gone = pairs.flatMap(({ kind, before: one }) => (kind === 'gone' && one !== null ? [one] : []));
        const made = pairs.flatMap(({ kind, after: one }) => (kind === 'new' && one !== null ? [one] : []));
        expect(gone.some((one) => made.some((other) => overlap(one, other)))).toBe(false);
      }),
    );
  });
});

function byStart(a: EpisodeView, b: EpisodeView): number {
  return a.start < b.start ? -1 : 1;
}
