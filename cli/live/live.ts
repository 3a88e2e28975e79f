import type { LocalService } from '../../local/runtime/service.ts';
import type { ObservationSource } from '../../shared/ports/source.ts';
import type { RunReport } from '../../shared/service/report.ts';
import type { Started } from '../start/begin.ts';
import { budgetUntil, fillHistory } from './history.ts';
import { configuredIn, openProviders } from './providers.ts';
import { tellProviders } from './tell.ts';

/** A service that providers feed. */
export interface Live {
  readonly sources: readonly ObservationSource[];
  /** Fills history for so many milliseconds, or until it is complete or cannot go on. */
  readonly fill: (milliseconds?: number) => Promise<void>;
}

/** After a scheduled run history is filled for so long at most: deliveries wait meanwhile. */
const SCHEDULED_MS = 5 * 60_000;

/** Opens the providers of the environment for a start, and says who is asked; `log` is told what filling came to. */
export async function openLive(started: Started, log: (report: RunReport) => void): Promise<Live> {
  const { context, store, ground, signal } = started;
  const { records, observations } = store;
  const { clock } = context;
  tellProviders(context, configuredIn(context));
  await context.out.flush();
  const sources = await openProviders(context, { records, clock, ground, signal });
  return {
    sources,
    fill: async (milliseconds) => {
      const report = await fillHistory(
        context,
        { records, observations, sources, ...ground, clock },
        budgetUntil(signal, clock, milliseconds),
      );
      log(report);
    },
  };
}

/** Fills history before a service runs, so that nothing is judged on half of it, and what the run brought after. */
export async function bringUp(service: LocalService, live: Live | null, signal: AbortSignal): Promise<void> {
  await live?.fill();
  if (signal.aborted) return;
  await service.run();
  if (!signal.aborted) await live?.fill();
}

/** The service with what is left of history filled after each of its runs. */
export function fedService(service: LocalService, live: Live | null): LocalService {
  if (live === null) return service;
  const run = async (): Promise<void> => {
    await service.run();
    await live.fill(SCHEDULED_MS);
  };
  return { ...service, run };
}
