import type { Instant } from '../../shared/calendar/calendar.ts';

/** What a pacer keeps time with. */
export interface PacerGround {
  readonly perSecond: number;
  readonly clock: () => Instant;
  /** Resolves after so many milliseconds. */
  readonly pause: (milliseconds: number) => Promise<void>;
}

/** Resolves for one caller after another, evenly spaced: SNS hands over about as many e-mails a second. */
export function createPacer({ perSecond, clock, pause }: PacerGround): () => Promise<void> {
  const gap = 1000 / perSecond;
  let next = 0;
  return async () => {
    const now = clock();
    const turn = Math.max(now, next);
    next = turn + gap;
    if (turn > now) await pause(turn - now);
  };
}
