import { folderSource } from '../../adapters/csv/folder-source.ts';
import { type Holding, holdOwn, readHolding } from '../../local/runtime/holding.ts';
import { type LocalStore, openLocalStore } from '../../local/runtime/local-store.ts';
import { logIn } from '../../local/runtime/log.ts';
import { createRuntime, type Runtime } from '../../local/runtime/runtime.ts';
import { liveThroughSample } from '../../local/runtime/sample-start.ts';
import { type LocalService, localService } from '../../local/runtime/service.ts';
import { bannerLines } from '../../local/start/banner.ts';
import type { Instant } from '../../shared/calendar/calendar.ts';
import { takeFirst } from '../../local/runtime/take-first.ts';
import type { ObservationSource } from '../../shared/ports/source.ts';
import { layOutDays } from '../../shared/series/days.ts';
import type { Context } from '../context.ts';
import { EXIT, type ExitCode, refuse } from '../exit.ts';
import { type Ground, marketOrTell } from '../load/market.ts';
import { defaultRules, existingFolder, ruleFiles } from '../load/paths.ts';
import { whileWaiting } from '../progress.ts';
import { orRefuseLater } from '../service/local.ts';
import { clockOf } from '../service/clock.ts';
import { standingOf } from './standing.ts';
import { latestSessions, type ShownData } from './show.ts';
import { showStored } from './stored.ts';

/** What a start that stays is told. */
export interface ServeOptions {
  /** The data directory as it was named, and its path. */
  readonly place: string;
  readonly folder: string;
  readonly data?: string;
  readonly rules?: string;
  readonly market?: string;
  readonly live?: true;
  readonly once?: true;
}

/** Shows the alerts of the latest sessions; null where that has errors. */
type Show = () => ShownData | null;

/** What one start stands on. */
interface Started {
  readonly context: Context;
  readonly options: ServeOptions;
  readonly store: LocalStore;
  readonly ground: Ground;
}

/** Is the service on this machine until it is interrupted, or with `--once` for one run. */
export async function serve(context: Context, options: ServeOptions, show: Show): Promise<ExitCode> {
  const { rules, market } = options;
  const ground = marketOrTell(context, {
    ...(rules === undefined ? {} : { rules: [rules] }),
    ...(market === undefined ? {} : { market }),
  });
  if (!ground) return EXIT.findings;
  const store = await orRefuseLater(() => openLocalStore(options.folder, context.clock, 'shared'));
  const interrupted = options.once ? new Promise<never>(() => {}) : context.interrupted();
  try {
    // Interrupted before it stands, it leaves what it was at to the next start, as a crash would.
    const runtime = await Promise.race([
      stand({ context, options, store, ground }, show),
      interrupted.then(() => 'interrupted' as const),
    ]);
    if (runtime === null) return EXIT.findings;
    if (runtime !== 'interrupted' && !options.once) await stay(context, runtime, interrupted);
    return EXIT.fine;
  } finally {
    await store.end();
  }
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

/** Brings everything up to now and says how it stands; null where it has errors to begin with, which are told. */
async function stand(started: Started, show: Show): Promise<Runtime | null> {
  const { context, options, store } = started;
  const begun = await begin(started, show);
  if (begun === null) return null;
  const clock = clockOf(begun.holding, context.clock);
  const service = begun.service(clock);
  await service.run();
  const runtime = createRuntime({
    service,
    clock,
    schedules: begun.holding.kind === 'sample' ? 'rest' : 'run',
    trouble: (text) => warn(context, text),
  });
  const next = options.once ? null : runtime.next();
  const standing = await standingOf(store, { holding: begun.holding, next, place: options.place });
  context.out.write(`${bannerLines(standing, context.out).join('\n')}\n`);
  return runtime;
}

interface Begun {
  readonly holding: Holding;
  readonly service: (clock: () => Instant) => LocalService;
}

/** Brings the store to where the service can go on from; null where what it would begin with has errors. */
async function begin(started: Started, show: Show): Promise<Begun | null> {
  const { context, options, store } = started;
  const held = await readHolding(store.records);
  if (held?.kind === 'sample' && (options.live || options.data !== undefined)) refuseSample(options.place);
  if (options.data !== undefined) return await beginOwn(started, show);
  if (held?.kind === 'own' || options.live || (held?.kind === 'sample' && held.whole)) {
    await holdOwn(store.records);
    const holding = held ?? ({ kind: 'own' } as const);
    await showStored(context, store, holding.kind === 'sample' ? holding.note : undefined);
    return { holding, service: serviceOn(started, noteOf(holding), []) };
  }
  const shown = show();
  if (shown === null) return null;
  // The first impression does not wait for the store.
  await context.out.flush();
  const holding = await whileWaiting(context, 'letting the service live through the last sessions', () =>
    seed(started, shown),
  );
  return { holding, service: serviceOn(started, noteOf(holding), []) };
}

/** On a folder of one's own, which every run reads again. */
async function beginOwn(started: Started, show: Show): Promise<Begun | null> {
  const { context, options, store, ground } = started;
  const shown = show();
  if (shown === null) return null;
  await context.out.flush();
  await holdOwn(store.records);
  const folder = existingFolder(context, options.data ?? '');
  const source = folderSource(folder, ground.market, layOutDays(ground.calendar));
  await takeFirst(source, store.observations, { now: context.clock(), last: ground.calendar.last });
  return { holding: { kind: 'own' }, service: serviceOn(started, shown.sample, [source]) };
}

function noteOf(holding: Holding): string | undefined {
  return holding.kind === 'sample' ? holding.note : undefined;
}

function refuseSample(place: string): never {
  return refuse(`${place} holds the sample, and real data never joins it: add --reset to begin anew.`);
}

function seed(started: Started, shown: ShownData): Promise<Holding> {
  const { generated, sample = '' } = shown;
  if (generated === null) throw new Error('there is no sample to store');
  const { store } = started;
  const sessions = latestSessions(shown).slice(-LIVED);
  return liveThroughSample({
    store,
    sample: generated,
    note: sample,
    sessions,
    parts: partsOf(started, sample),
  });
}

/** Sessions of the sample that the service lives through: from the one before the first alert of January on. */
const LIVED = 8;

function partsOf({ context, options, store, ground }: Started, sample: string | undefined) {
  const path = options.rules ?? defaultRules(context);
  return {
    ...ground,
    rules: () => ruleFiles(context, [path]),
    instruments: logIn(store.place.folder, context.clock, (text) => warn(context, text)),
    owner: `start-${process.pid}-${context.now}`,
    style: sample === undefined ? {} : { sample },
  };
}

function serviceOn(
  started: Started,
  sample: string | undefined,
  sources: readonly ObservationSource[],
): Begun['service'] {
  const { observations, records, alerts, publisher } = started.store;
  const parts = { ...partsOf(started, sample), observations, records, alerts, publisher, sources };
  return (clock) => {
    // The years that are over are moved to where they are cheaper to read; nothing where that is done.
    const upkeep = () => observations.compact(new Date(clock()).getUTCFullYear() - 1, clock());
    return localService({ ...parts, clock, upkeep });
  };
}

function warn({ err }: Context, text: string): void {
  err.write(`${err.paint('yellow', 'warning:')} ${text}\n`);
}
