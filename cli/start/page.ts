import { localApi } from '../../local/api/api.ts';
import { builtConsole } from '../../local/front/build.ts';
import { consolePages } from '../../local/front/pages.ts';
import type { Holding } from '../../local/runtime/holding.ts';
import type { LocalStore } from '../../local/runtime/local-store.ts';
import type { Runtime } from '../../local/runtime/runtime.ts';
import { type Listening, listen } from '../../local/status/listen.ts';
import { site } from '../../local/status/site.ts';
import { statusPages } from '../../local/status/pages.ts';
import { createHealth } from '../../shared/workbench/health.ts';
import { createReadings } from '../../local/status/readings.ts';
import { readStatus } from '../../local/status/status.ts';
import type { Instant } from '../../shared/calendar/calendar.ts';
import type { Context } from '../context.ts';
import type { Ground } from '../load/market.ts';

/** What the page tells of. */
export interface PageGround {
  readonly context: Context;
  readonly store: LocalStore;
  readonly ground: Ground;
  readonly holding: Holding;
  readonly clock: () => Instant;
  readonly runtime: Runtime;
  readonly port: number;
  readonly trouble: (text: string) => void;
}

/** Serves console, API and status page to this machine; null, and a word about it, where no port is free: the service works without. */
export async function servePage(page: PageGround): Promise<Listening | null> {
  const { context, store, ground, holding, clock, runtime, port, trouble } = page;
  const health = createHealth({ ...store, ...ground, clock });
  const { version } = context;
  const { calendar } = ground;
  const { next } = runtime;
  const parts = { store, holding, ...ground, clock, ticks: context.ticks, runtime, health, version, trouble };
  const api = localApi(parts);
  const readings = createReadings(api.library);
  let at: string | null = null;
  const address = (): string | null => at;
  const pages = statusPages({
    status: () => readStatus({ store, holding, calendar, version, address, clock, next, readings, health }),
    outbox: store.place.outbox,
    sample: holding.kind === 'sample' ? holding.note : null,
    trouble,
  });
  const built = consoleOf(trouble);
  const served = { api: api.served, status: pages, console: consolePages({ built }) };
  const listening = await listen(site(served), port);
  if (listening === null) trouble(`no port from ${port} on is free: there is no console this time`);
  at = listening?.address ?? null;
  // Nobody waits for it, and whoever asks first finds it done.
  if (listening !== null) void Promise.all([built(), api.warmUp()]);
  return listening;
}

/** The built console, built once when it is first asked for; where it cannot be, a word says why. */
function consoleOf(trouble: (text: string) => void): () => ReturnType<typeof builtConsole> {
  let building: ReturnType<typeof builtConsole> | null = null;
  const build = async (): ReturnType<typeof builtConsole> => {
    const built = await builtConsole();
    if (!built.ok)
      trouble(`the console could not be built, /status is served without it: ${built.errors[0]}`);
    return built;
  };
  return () => (building ??= build());
}
