import { readAccess } from '../../adapters/providers/access.ts';
import { keepConfigured } from '../../adapters/providers/answered.ts';
import type { ProviderName } from '../../adapters/providers/answer.ts';
import { providerSources } from '../../adapters/providers/sources/sources.ts';
import type { Instant } from '../../shared/calendar/calendar.ts';
import type { ObservationSource } from '../../shared/ports/source.ts';
import type { RecordStore } from '../../shared/ports/records.ts';
import type { Context } from '../context.ts';
import { refuse } from '../exit.ts';
import type { Ground } from '../load/market.ts';

/** Who is configured in the environment of a call. An address that is none is wrong usage. */
export function configuredIn({ environment }: Context): ReadonlySet<ProviderName> {
  return new Set(accessIn(environment).keys());
}

/** What providers are asked on. */
export interface ProvidersGround {
  readonly records: RecordStore;
  readonly clock: () => Instant;
  /** The market as it is declared, without what data brings along. */
  readonly ground: Ground;
  /** Ends every waiting for a quota. */
  readonly signal: AbortSignal;
}

/** The sources that the environment of a call configures; kept with the store is who they are. */
export async function openProviders(
  context: Context,
  { records, clock, ground, signal }: ProvidersGround,
): Promise<readonly ObservationSource[]> {
  const access = accessIn(context.environment);
  await keepConfigured(records, access.keys(), clock());
  const { chance } = context;
  const pause = (milliseconds: number): Promise<void> => context.pause(milliseconds, signal);
  return providerSources({ line: { records, clock, chance, pause }, access, ...ground });
}

function accessIn(environment: Context['environment']): ReturnType<typeof readAccess> {
  try {
    return readAccess(environment);
  } catch (error) {
    return refuse(`${error instanceof Error ? error.message : String(error)}.`);
  }
}
