import { isChosen } from '../../adapters/providers/offers.ts';
import type { ObservationSource } from '../../shared/ports/source.ts';
import type { Context } from '../context.ts';
import type { Service } from '../service/service.ts';
import { budgetUntil, fillHistory } from './history.ts';
import { configuredIn, openProviders } from './providers.ts';

/** Providers of one call. */
export interface Asked {
  readonly sources: readonly ObservationSource[];
  /** Fills history until it is complete, cannot go on, or the call is interrupted: a later one goes on. */
  readonly fill: () => Promise<void>;
}

/**
 * Opens the providers of the environment for a call that ends by itself; null where they have no business: on the sample, and
 * where nobody has a key and the service was not begun with `--live`.
 */
export async function openAsked(context: Context, service: Service): Promise<Asked | null> {
  const { style, live, records, observations, clock, calendar, declared: market } = service;
  if (style.sample !== undefined || !(live || isChosen(configuredIn(context)))) return null;
  const stop = new AbortController();
  void context.interrupted().then(() => stop.abort());
  const { signal } = stop;
  const ground = { market, calendar };
  const sources = await openProviders(context, { records, clock, ground, signal });
  return {
    sources,
    fill: async () => {
      const { findings } = await fillHistory(
        context,
        { records, observations, sources, market, calendar, clock },
        budgetUntil(signal, clock),
      );
      for (const { what, subject, why } of findings) {
        context.err.write(`${context.err.paint('yellow', 'finding:')} ${what}: ${subject}: ${why}\n`);
      }
    },
  };
}
