import { providerStatus } from '../../lambdas/api/data/provider-status.ts';
import { ALL_HANDLERS } from '../../lambdas/api/all-handlers.ts';
import { createApi } from '../../lambdas/api/app.ts';
import type { WholeGround } from '../../lambdas/api/ground.ts';
import { libraryOf, warmUp } from '../../lambdas/api/rules/library-of.ts';
import type { Calendar, Instant } from '../../shared/calendar/calendar.ts';
import { loadRuleFiles } from '../../shared/rules/load.ts';
import type { Market } from '../../shared/series/market.ts';
import type { InputsHealth } from '../../shared/workbench/health.ts';
import type { Library } from '../../shared/workbench/library.ts';
import type { Holding } from '../runtime/holding.ts';
import type { Served } from '../status/site.ts';
import type { LocalStore } from '../runtime/local-store.ts';
import type { Runtime } from '../runtime/runtime.ts';
import { localAccess } from './access.ts';
import { outboxReader } from './outbox.ts';

/** What the API on this machine is put together from. */
export interface LocalApiParts {
  readonly store: LocalStore;
  readonly holding: Holding;
  readonly market: Market;
  readonly calendar: Calendar;
  readonly clock: () => Instant;
  readonly ticks: () => number;
  readonly runtime: Pick<Runtime, 'next' | 'run'>;
  readonly health: () => Promise<InputsHealth>;
  readonly version: string;
  /** Told what went wrong while a call was answered. */
  readonly trouble: (text: string) => void;
}

/** The API on this machine with what it reads, for the status page too. */
export interface LocalApi {
  readonly served: Served;
  readonly library: Library;
  /** Reads what calls will ask for. */
  readonly warmUp: () => Promise<void>;
}

/** The API on this machine: whoever reaches it may do everything. */
export function localApi(parts: LocalApiParts): LocalApi {
  const ground = groundOf(parts);
  return {
    served: createApi(ground, localAccess, ALL_HANDLERS),
    library: libraryOf(ground),
    warmUp: () => warmUp(ground),
  };
}

/** The API's ground on this machine: the store of the data directory, its outbox, and the runtime that wakes it. */
function groundOf(parts: LocalApiParts): WholeGround {
  const { store, holding, market, calendar, clock, ticks, runtime, health, version, trouble } = parts;
  const { records, alerts, observations, subscriptions, place } = store;
  return {
    ...{ records, alerts, observations, subscriptions, market, calendar, clock, ticks, health, version },
    load: loadRuleFiles,
    where: 'local',
    htmlMail: true,
    sample: holding.kind === 'sample' ? holding.note : null,
    next: runtime.next,
    providers: () => providerStatus(records),
    outbox: outboxReader(place.outbox),
    runNow: () => runtime.run(),
    instruments: {
      // Calls that ended well are no decisions: the log is for those.
      line: (level, { what, subject, why }) => {
        if (level === 'warn') trouble(`${what}: ${subject}: ${why}`);
      },
      figure: () => {},
    },
  };
}
