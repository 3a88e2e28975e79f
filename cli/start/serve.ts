import { openLocalStore } from '../../local/runtime/local-store.ts';
import { createRuntime, type Runtime } from '../../local/runtime/runtime.ts';
import { bannerLines } from '../../local/start/banner.ts';
import type { Context } from '../context.ts';
import { EXIT, type ExitCode } from '../exit.ts';
import { marketOrTell } from '../load/market.ts';
import { clockOf } from '../service/clock.ts';
import { bringUp, fedService } from '../live/live.ts';
import { orRefuseLater } from '../service/local.ts';
import { relayOf } from '../service/relay.ts';
import { begin, type ServeOptions, type Show, type Started, warn } from './begin.ts';
import { servePage } from './page.ts';
import { standingOf } from './standing.ts';

/** Is the service on this machine until it is interrupted, or with `--once` for one run. */
export async function serve(context: Context, options: ServeOptions, show: Show): Promise<ExitCode> {
  const { rules, market } = options;
  const ground = marketOrTell(context, {
    ...(rules === undefined ? {} : { rules: [rules] }),
    ...(market === undefined ? {} : { market }),
  });
  if (!ground) return EXIT.findings;
  const relay = relayOf(context);
  const store = await orRefuseLater(() => openLocalStore(options.folder, context.clock, 'shared', relay));
  const interrupted = options.once ? new Promise<never>(() => {}) : context.interrupted();
  const page: Served = { end: null, ended: false };
  const stop = new AbortController();
  const stopped = interrupted.then(() => stop.abort());
  try {
    const standing = stand({ context, options, store, ground, signal: stop.signal }, { show, page });
    const runtime = await Promise.race([standing, stopped.then(() => grace(context, standing))]);
    if (runtime === null) return EXIT.findings;
    if (runtime === 'interrupted') {
      context.out.write('Interrupted. Everything is kept, and a later npm start goes on from here.\n');
    } else if (!options.once) await stay(context, runtime, stopped);
    return EXIT.fine;
  } finally {
    page.ended = true;
    await page.end?.();
    await store.end();
  }
}

/** As long as a step of filling history mostly takes. */
const GRACE_MS = 5000;

/**
 * Interrupted before it stands, it may end the step it is at; after that it leaves it to the next start, as a crash would.
 */
async function grace({ pause }: Context, standing: Promise<unknown>): Promise<'interrupted'> {
  const over = new AbortController();
  await Promise.race([standing, pause(GRACE_MS, over.signal)]).finally(() => over.abort());
  return 'interrupted';
}

async function stay(context: Context, runtime: Runtime, interrupted: Promise<void>): Promise<void> {
  runtime.start();
  const ready = context.out.paint('bold', 'Ready.');
  context.out.write(`\n${ready} Ctrl-C ends it; a later npm start goes on from here.\n`);
  await context.out.flush();
  await interrupted;
  await runtime.end();
  context.out.write('Ended. Everything is kept.\n');
}

/** The console of a start, to be ended with it. */
interface Served {
  end: (() => Promise<void>) | null;
  ended: boolean;
}

/** How a start is shown and served. */
interface Standing {
  readonly show: Show;
  readonly page: Served;
}

/** Brings everything up to now and says how it stands; null where it has errors to begin with, which are told. */
async function stand(started: Started, { show, page }: Standing): Promise<Runtime | 'interrupted' | null> {
  const { context, options, store, ground, signal } = started;
  const begun = await begin(started, show);
  if (begun === null) return null;
  const clock = clockOf(begun.holding, context.clock);
  const { holding } = begun;
  const trouble = (text: string): void => warn(context, text);
  const service = begun.service(clock);
  await bringUp(service, begun.live, signal);
  if (signal.aborted) return 'interrupted';
  const runtime = createRuntime({
    service: fedService(service, begun.live),
    clock,
    schedules: holding.kind === 'sample' ? 'rest' : 'run',
    trouble,
  });
  const listening = options.once
    ? null
    : await servePage({ context, store, ground, holding, clock, runtime, port: options.port, trouble });
  page.end = listening?.end ?? null;
  if (page.ended) await page.end?.();
  const next = options.once ? null : runtime.next();
  const address = listening?.address ?? null;
  const standing = await standingOf(store, { holding, next, address, place: options.place });
  context.out.write(`${bannerLines(standing, context.out).join('\n')}\n`);
  return runtime;
}
