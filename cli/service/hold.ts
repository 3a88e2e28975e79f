import { type Held, holdOwn, holdSample } from '../../local/runtime/holding.ts';
import type { Session } from '../../shared/calendar/calendar.ts';
import type { RecordStore } from '../../shared/ports/records.ts';
import { refuse } from '../exit.ts';

/** What is to come into a store on this machine. */
export interface Coming {
  /** The data directory, as it was named. */
  readonly place: string;
  /** What the sample says of itself and its last session; null where what comes is somebody's own. */
  readonly sample: { readonly note: string; readonly last: Session } | null;
}

/** Takes a store for what is to come into it: sample and real data never share one, so the other kind is refused. */
export async function holdFor(records: RecordStore, { place, sample }: Coming): Promise<void> {
  const held: Held = sample === null ? await holdOwn(records) : await holdSample(records, sample);
  if (held === 'held') return;
  if (sample === null) refuseReal(place);
  refuse(
    `${place} holds closes of your own, and the sample never joins them: name another place with --data-dir, ` +
      `or empty this one with npm start -- --reset${flagOf(place)}.`,
  );
}

/** Refuses what is real where the sample is. */
export function refuseReal(place: string): never {
  return refuse(
    `${place} holds the sample, and real data never joins it: name another place with --data-dir, ` +
      `or empty this one with npm start -- --live --reset${flagOf(place)}.`,
  );
}

/** Refuses the sample where only real data belongs. */
export function refuseSampleFolder(folder: string): never {
  return refuse(
    `${folder} is the sample, and never joins real data: npm start runs it by itself, and import takes it into a ` +
      'new store named with --data-dir.',
  );
}

/** What a command adds to act on a place; nothing for the default one. */
export function flagOf(place: string): string {
  return place === DATA_DIR ? '' : ` --data-dir ${place}`;
}

/** The data directory of a call that names none. */
export const DATA_DIR = '.tidemark';
