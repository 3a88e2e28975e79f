import type { Instant } from '../shared/calendar/calendar.ts';
import { keepRun } from '../shared/service/report.ts';
import { watchdog, type WatchdogGround } from '../shared/service/watchdog.ts';
import { type Instruments, tell } from './instruments.ts';
import type { Handle } from './middleware.ts';

/** What the watchdog works with. */
export interface WatchdogService {
  readonly ground: Omit<WatchdogGround, 'now'>;
  readonly clock: () => Instant;
}

/** Says what should have happened and did not; the figures are said also where all is well. */
export function watchdogHandler(
  { ground, clock }: WatchdogService,
  instruments: Instruments,
): Handle<unknown, void> {
  return async () => {
    const report = await watchdog({ ...ground, now: clock() });
    tell(instruments, report);
    await keepRun(ground.records, report, clock());
  };
}
