import type { Instant } from '../../../shared/calendar/calendar.ts';
import { type Chance } from '../story.ts';
import { Coverage, type Fault } from './faults.ts';

/** How long a run may last, in virtual milliseconds: shorter than a lease. */
export const TIMEOUT = 120_000;

/** One run of a workflow while it goes on. */
export interface SimulatedRun {
  readonly name: string;
  readonly kind: string;
  readonly startedAt: Instant;
  ended: boolean;
}

interface WaitingCall {
  readonly run: SimulatedRun;
  readonly site: string;
  readonly call: () => Promise<unknown>;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
}

/** Something that is to begin at an instant. */
export interface Arrival {
  readonly at: Instant;
  readonly begin: () => void;
}

/** Runs interleaved at every await, in virtual time, by chance from a seed. */
export interface Scheduler {
  readonly now: () => Instant;
  readonly trace: readonly string[];
  readonly coverage: Coverage;
  /** One call of a port, which waits until its turn comes. */
  gate<Value>(run: SimulatedRun, site: string, call: () => Promise<Value>): Promise<Value>;
  /** Begins a run: it is killed when its time is up. */
  start(kind: string, work: (run: SimulatedRun) => Promise<unknown>): void;
  /** Goes on until nothing waits and nothing is to arrive. */
  drive(arrivals: readonly Arrival[]): Promise<void>;
}

export interface SchedulerOptions {
  readonly now: Instant;
  readonly chance: Chance;
  readonly faultAt: (site: string) => Fault | null;
  /** The share of calls that take long, so that others overtake; 0.01 unless given. */
  readonly slow?: number;
}

/** Makes a scheduler whose clock stands at an instant. */
export function createScheduler({ now: begin, chance, faultAt, slow = 0.01 }: SchedulerOptions): Scheduler {
  let now = begin;
  let runs = 0;
  const waiting: WaitingCall[] = [];
  const trace: string[] = [];
  const coverage = new Coverage();
  const say = (run: SimulatedRun, text: string): void => void trace.push(`${now} ${run.name} ${text}`);
  const kill = (run: SimulatedRun): void => {
    run.ended = true;
    say(run, 'killed');
    for (let at = waiting.length - 1; at >= 0; at -= 1) if (waiting[at]?.run === run) waiting.splice(at, 1);
  };
  const perform = async ({ run, site, call, resolve, reject }: WaitingCall): Promise<void> => {
    const fault = faultAt(site);
    coverage.add(site, fault);
    say(run, fault === null ? site : `${site} <${fault}>`);
    switch (fault) {
      case null:
        return await call().then(resolve, reject);
      case 'fail before':
        return reject(new Error('connection lost before the request'));
      case 'throttle':
        return reject(new Error('ThrottlingException: rate exceeded'));
      case 'fail after':
        await call().catch(() => {});
        return reject(new Error('connection lost before the answer'));
      case 'time out with effect':
        await call().catch(() => {});
        return kill(run);
      case 'time out without effect':
        return kill(run);
    }
  };
  const takeTurn = async (): Promise<void> => {
    const [next] = waiting.splice(Math.floor(chance() * waiting.length), 1);
    if (next === undefined) return;
    // Most calls are quick; a slow one lets others overtake and runs overlap.
    now += chance() < slow ? Math.floor(chance() * 60_000) : 1 + Math.floor(chance() * 20);
    if (now > next.run.startedAt + TIMEOUT) kill(next.run);
    else await perform(next);
  };
  return {
    now: () => now,
    trace,
    coverage,
    gate: async (run, site, call) =>
      await new Promise((resolve, reject) => {
        // A run that was killed waits for ever.
        if (!run.ended)
          waiting.push({ run, site, call, resolve: resolve as (value: unknown) => void, reject });
      }),
    start(kind, work) {
      runs += 1;
      const run: SimulatedRun = { name: `${kind}-${runs}`, kind, startedAt: now, ended: false };
      say(run, 'starts');
      void work(run).then(
        () => {
          run.ended = true;
          say(run, 'ends');
        },
        (error: unknown) => {
          run.ended = true;
          say(run, `fails: ${String(error)}`);
        },
      );
    },
    async drive(arrivals) {
      const queue = arrivals.toSorted((a, b) => a.at - b.at);
      for (;;) {
        await settled();
        while ((queue[0]?.at ?? Number.POSITIVE_INFINITY) <= now) queue.shift()?.begin();
        await settled();
        if (waiting.length > 0) await takeTurn();
        else if (queue[0] !== undefined) now = Math.max(now, queue[0].at);
        else return;
      }
    },
  };
}

/** Every promise that can go on without us has gone on. */
async function settled(): Promise<void> {
  await new Promise((resolve) => void setImmediate(resolve));
}
