import { setTimeout as pause } from 'node:timers/promises';
import { parametersEndpoint, readParameters } from '../adapters/aws/parameters.ts';
import { readAccess } from '../adapters/providers/access.ts';
import { keepConfigured } from '../adapters/providers/answered.ts';
import { providerSources } from '../adapters/providers/sources/sources.ts';
import type { Calendar, Instant } from '../shared/calendar/calendar.ts';
import type { RecordStore } from '../shared/ports/records.ts';
import type { ObservationSource } from '../shared/ports/source.ts';
import type { Market } from '../shared/series/market.ts';
import { roleIn } from './role.ts';

/** What opening providers stands on. */
export interface OpenerGround {
  /** Where their keys are among the parameters. */
  readonly path: string;
  readonly records: RecordStore;
  readonly calendar: Calendar;
  readonly market: Market;
  readonly clock: () => Instant;
  /** Numbers from 0 to below 1. */
  readonly chance: () => number;
}

/**
 * Opens the providers whose keys are among the parameters, read once for a sandbox and kept in its memory alone. Throws where
 * they cannot be read: a run without its keys would release sessions that only seem incomplete; the next run asks again.
 */
export function providerOpener(ground: OpenerGround): () => Promise<readonly ObservationSource[]> {
  let opened: Promise<readonly ObservationSource[]> | null = null;
  return async () => {
    opened ??= openProviders(ground);
    try {
      return await opened;
    } catch (error) {
      opened = null;
      throw error;
    }
  };
}

async function openProviders({
  path,
  records,
  calendar,
  market,
  clock,
  chance,
}: OpenerGround): Promise<readonly ObservationSource[]> {
  const endpoint = parametersEndpoint(process.env);
  const access = readAccess(await readParameters(path, { caller: roleIn(process.env), clock, endpoint }));
  await keepConfigured(records, access.keys(), clock());
  const line = {
    records,
    clock,
    chance,
    pause: (milliseconds: number) => pause(milliseconds),
  };
  return providerSources({ line, access, calendar, market });
}
