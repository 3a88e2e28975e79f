import type { Instant } from '../calendar/calendar.ts';

/** What a pace goes by. */
export interface PaceGround {
  /** Publishes a second, at most. */
  readonly perSecond: number;
  readonly clock: () => Instant;
  readonly sleep: (milliseconds: number) => Promise<void>;
}

/** Makes a wait that resolves no more often than so many times a second, however many wait at once. */
export function createPace({ perSecond, clock, sleep }: PaceGround): () => Promise<void> {
  const gap = 1000 / perSecond;
  let next = Number.NEGATIVE_INFINITY;
  return async () => {
    const now = clock();
    const turn = Math.max(now, next);
    next = turn + gap;
    if (turn > now) await sleep(turn - now);
  };
}
