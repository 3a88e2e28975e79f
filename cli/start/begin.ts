import { folderSource } from '../../adapters/csv/folder-source.ts';
import { type Holding, holdLive, holdOwn, readHolding } from '../../local/runtime/holding.ts';
import type { LocalStore } from '../../local/runtime/local-store.ts';
import { logIn, logRun } from '../../local/runtime/log.ts';
import { liveThroughSample } from '../../local/runtime/sample-start.ts';
import { type LocalService, localService } from '../../local/runtime/service.ts';
import { takeFirst } from '../../local/runtime/take-first.ts';
import { sampleNoteOf } from '../../local/sample/folder.ts';
import type { Instant } from '../../shared/calendar/calendar.ts';
import type { ObservationSource } from '../../shared/ports/source.ts';
import { layOutDays } from '../../shared/series/days.ts';
import type { Context } from '../context.ts';
import { type Live, openLive } from '../live/live.ts';
import type { Ground } from '../load/market.ts';
import { defaultRules, existingFolder, ruleFiles } from '../load/paths.ts';
import { whileWaiting } from '../progress.ts';
import { holdFor, refuseReal } from '../service/hold.ts';
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
  /** The port of the console; the next free one is taken where it is in use. */
  readonly port: number;
}

/** Shows the alerts of the latest sessions; null where that has errors. */
export type Show = () => ShownData | null;

/** What one start stands on. */
export interface Started {
  readonly context: Context;
  readonly options: ServeOptions;
  readonly store: LocalStore;
  readonly ground: Ground;
  /** Aborted when the start is interrupted. */
  readonly signal: AbortSignal;
}

/** What a start goes on with. */
export interface Begun {
  readonly holding: Holding;
  readonly service: (clock: () => Instant) => LocalService;
  /** Null where no provider feeds it. */
  readonly live: Live | null;
}

/** Brings the store to where the service can go on from; null where what it would begin with has errors. */
export async function begin(started: Started, show: Show): Promise<Begun | null> {
  const { context, options, store } = started;
  const held = await readHolding(store.records);
  if (held?.kind === 'sample' && options.live) refuseReal(options.place);
  if (options.data !== undefined) return await beginOwn(started, show);
  if (held?.kind === 'own' || options.live || (held?.kind === 'sample' && held.whole)) {
    return await goOn(started);
  }
  const shown = show();
  if (shown === null) return null;
  // The first impression does not wait for the store.
  await context.out.flush();
  const holding = await whileWaiting(context, 'letting the service live through the last sessions', () =>
    seed(started, shown),
  );
  return { holding, service: serviceOn(started, noteOf(holding), []), live: null };
}

/** On what the store holds, with providers where they feed it. */
async function goOn(started: Started): Promise<Begun> {
  const { context, options, store } = started;
  await (options.live ? holdLive(store.records) : holdOwn(store.records));
  const holding = (await readHolding(store.records)) ?? ({ kind: 'own' } as const);
  await showStored(context, store, noteOf(holding));
  const fed = holding.kind === 'own' && holding.live === true;
  const log = instrumentsOf(started);
  const live = fed ? await openLive(started, (report) => logRun(log, report)) : null;
  return { holding, service: serviceOn(started, noteOf(holding), live?.sources ?? []), live };
}

/** On a folder of one's own, which every run reads again. */
async function beginOwn(started: Started, show: Show): Promise<Begun | null> {
  const { context, options, store, ground } = started;
  const folder = existingFolder(context, options.data ?? '');
  const note = sampleNoteOf(folder);
  // Told before anything is computed, and again by what decides once it is.
  const held = await readHolding(store.records);
  if (held?.kind === 'sample' && note === undefined) refuseReal(options.place);
  const shown = show();
  if (shown === null) return null;
  await context.out.flush();
  const last = latestSessions(shown).at(-1) ?? ground.calendar.first;
  const sample = note === undefined ? null : { note, last };
  await holdFor(store.records, { place: options.place, sample });
  const source = folderSource(folder, ground.market, layOutDays(ground.calendar));
  await takeFirst(source, store.observations, { now: context.clock(), last: ground.calendar.last });
  const holding = (await readHolding(store.records)) ?? ({ kind: 'own' } as const);
  return { holding, service: serviceOn(started, note, [source]), live: null };
}

function noteOf(holding: Holding): string | undefined {
  return holding.kind === 'sample' ? holding.note : undefined;
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

function instrumentsOf({ context, store }: Started): ReturnType<typeof logIn> {
  return logIn(store.place.folder, context.clock, (text) => warn(context, text));
}

function partsOf(started: Started, sample: string | undefined) {
  const { context, options, ground } = started;
  const path = options.rules ?? defaultRules(context);
  return {
    ...ground,
    rules: () => ruleFiles(context, [path]),
    instruments: instrumentsOf(started),
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
    const upkeep = () => observations.keepUp(clock());
    return localService({ ...parts, clock, upkeep });
  };
}

/** Says what went wrong, or what somebody should know. */
export function warn({ err }: Context, text: string): void {
  err.write(`${err.paint('yellow', 'warning:')} ${text}\n`);
}
