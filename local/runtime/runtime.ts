import type { Instant } from '../../shared/calendar/calendar.ts';
import { textOf } from '../../shared/service/report.ts';
import type { LocalService } from './service.ts';
import { oneAtATime } from './one-at-a-time.ts';
import { nextWake } from './timetable.ts';

/** What a runtime stands on. */
export interface RuntimeParts {
  readonly service: LocalService;
  readonly clock: () => Instant;
  /** `rest`: nothing is ingested or evaluated by itself, as on the sample, whose clock stands. */
  readonly schedules: 'run' | 'rest';
  /** Told what went wrong; the next minute tries again. */
  readonly trouble: (text: string) => void;
}

/** The service, woken by its schedules and swept every minute. */
export interface Runtime {
  /** When it wakes next; null where its schedules rest. */
  readonly next: () => Instant | null;
  /** What one minute brings: the run that is due, or else a sweep of the deliveries. */
  tick(): Promise<void>;
  /** One run now, whatever is due; it waits for what is under way. Throws what went wrong; nothing happens once ended. */
  run(): Promise<void>;
  /** Wakes it every minute by itself. */
  start(): void;
  /** Lets what is under way come to its end, and nothing begins any more. */
  end(): Promise<void>;
}

const MINUTE_MS = 60_000;

/** Starts nothing yet. */
export function createRuntime({ service, clock, schedules, trouble }: RuntimeParts): Runtime {
  let next = schedules === 'rest' ? null : nextWake(clock());
  let timer: NodeJS.Timeout | null = null;
  let ended = false;
  const work = oneAtATime();
  const minute = async (): Promise<void> => {
    try {
      if (next !== null && clock() >= next) {
        next = nextWake(clock());
        await service.run();
        await service.look();
      } else await service.deliver();
    } catch (error) {
      trouble(textOf(error));
    }
  };
  const tick = async (): Promise<void> => {
    // A minute that comes while the one before still works is left out.
    if (!ended) await (work.current() ?? work.after(minute));
  };
  const run = (): Promise<void> =>
    work.after(async () => {
      if (!ended) await service.run();
    });
  return {
    next: () => next,
    tick,
    run,
    start() {
      timer = setInterval(() => void tick(), MINUTE_MS);
    },
    async end() {
      ended = true;
      if (timer !== null) clearInterval(timer);
      await work.current();
    },
  };
}
