import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createArchiveBuilder } from '../../shared/series/archive.ts';
import type { Archive } from '../../shared/series/archive.ts';
import { replay } from '../../shared/workflows/replay.ts';
import { rulesOf } from '../support/rules-of.ts';
import { HISTORY, stories } from './story.ts';
import { at, batchOf, calendar, market, openService, RULES, session, type Story } from './world.ts';

const SESSIONS = 10;

function archiveOf(story: Story): Archive {
  const builder = createArchiveBuilder({ market, calendar, now: Number.MAX_SAFE_INTEGER });
  for (const { instrument, field, rows } of batchOf(story, session(SESSIONS), Infinity).series) {
    builder.addRows(instrument, field, rows);
  }
  return builder.build();
}

describe('the live service', () => {
  it('tells, byte for byte, what a replay tells of episodes that began after it went live', async () => {
    await fc.assert(
      fc.asyncProperty(stories(SESSIONS), async (story) => {
        // Nothing is stored before session 0, so that nothing is under way when the rules go live.
        const fresh = story.filter((told) => told.session >= 0);
        const service = await openService(fresh);
        for (let number = 0; number < SESSIONS; number += 1) await service.run(at(number, '24:20'));
        const told = await service.told();
        const replayed = replay(archiveOf(fresh), rulesOf(RULES, market), {
          to: session(SESSIONS - 1),
        });
        expect(byId(told)).toEqual(byId(replayed));
      }),
      { numRuns: 40 },
    );
  });

  it('tells new episodes over a stored history as a replay does', async () => {
    await fc.assert(
      fc.asyncProperty(stories(SESSIONS), async (story) => {
        const service = await openService(story);
        for (let number = 0; number < SESSIONS; number += 1) await service.run(at(number, '24:20'));
        const own = (alerts: Awaited<ReturnType<typeof service.told>>) =>
          byId(
            alerts.filter(
              ({ kind, episode }) => kind === 'fired' && (episode ?? '').slice(-10) >= session(0),
            ),
          );
        const replayed = replay(archiveOf(story), rulesOf(RULES, market), { from: session(0) });
        expect(own(await service.told())).toEqual(own(replayed));
        expect(HISTORY).toBeGreaterThan(0);
      }),
      { numRuns: 20 },
    );
  });
});

function byId<One extends { readonly id: string }>(alerts: readonly One[]): readonly One[] {
  return alerts.toSorted((a, b) => (a.id < b.id ? -1 : 1));
}
