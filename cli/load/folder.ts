import { loadFolder } from '../../adapters/csv/load-folder.ts';
import type { Refusal } from '../../adapters/csv/refusal.ts';
import { SAMPLE_SOURCES } from '../../local/sample/archive.ts';
import { sampleNoteOf } from '../../local/sample/folder.ts';
import type { Archive } from '../../shared/series/archive.ts';
import type { Snapshot } from '../../shared/series/snapshot.ts';
import { snapshotOf } from '../../shared/series/snapshot-of.ts';
import type { Context } from '../context.ts';
import { refuse } from '../exit.ts';
import { whileWorking } from '../progress.ts';
import { counted } from '../output/figures.ts';
import { refusalLines } from '../output/refusals.ts';
import { type Ground, type MarketChoice, marketOrTell } from './market.ts';
import { bytesIn, existingFolder } from './paths.ts';

/** A market with the data of a folder. */
export interface LoadedData extends Ground {
  readonly archive: Archive;
  /** Everything the folder says, whenever it became known. */
  readonly snapshot: Snapshot;
  /** What sample data says of itself; undefined for real data. */
  readonly sample: string | undefined;
}

/** What a call that may do without data stands on; the snapshot is null without it. */
export interface Loaded extends Ground {
  readonly snapshot: Snapshot | null;
  readonly sample: string | undefined;
}

/** Which data and market a call asks for. */
export interface DataChoice extends MarketChoice {
  readonly data?: string;
}

const SHOWN_REFUSALS = 5;
// A folder of this many bytes takes about a second.
const LONG_READ = 10_000_000;

/** The data of a call with the market it stands on; null where the market has problems, which are told. */
export function dataOrTell(
  context: Context,
  choice: DataChoice & { readonly data: string },
): LoadedData | null {
  const ground = marketOrTell(context, choice);
  return ground && readData(context, choice.data, ground);
}

/** As `dataOrTell`, but a call without `--data` stands on the market alone. */
export function loadOrTell(context: Context, choice: DataChoice): Loaded | null {
  const { data } = choice;
  if (data !== undefined) return dataOrTell(context, { ...choice, data });
  const ground = marketOrTell(context, choice);
  return ground && { ...ground, snapshot: null, sample: undefined };
}

/** Reads a folder; cells it refuses are counted and the first of them named on standard error. */
export function readData(context: Context, data: string, { market, calendar }: Ground): LoadedData {
  const folder = existingFolder(context, data);
  const work = { text: `reading ${data}`, long: bytesIn(folder) > LONG_READ };
  const sample = sampleNoteOf(folder);
  const sources = sample === undefined ? {} : { sources: SAMPLE_SOURCES };
  const loaded = whileWorking(context, work, () =>
    loadFolder(folder, { market, calendar, now: context.now, ...sources }),
  );
  if (!loaded.ok) return refuse(loaded.errors.map(({ message }) => message).join('\n'));
  const { archive, refusals } = loaded.value;
  tellRefusals(context, data, refusals);
  const snapshot = snapshotOf(archive, Number.POSITIVE_INFINITY);
  return { market: loaded.value.market, calendar, archive, snapshot, sample };
}

/** Names the first refusals and counts the rest. */
function tellRefusals({ err }: Context, data: string, refusals: readonly Refusal[]): void {
  if (refusals.length === 0) return;
  err.write(
    `${err.paint('yellow', 'warning:')} ${counted(refusals.length, 'refusal')} in ${data}; the rest is used\n`,
  );
  const lines = refusalLines(refusals);
  for (const line of lines.slice(0, SHOWN_REFUSALS)) err.write(`  ${line}\n`);
  const more = lines.length - SHOWN_REFUSALS;
  if (more > 0) err.write(`  and ${more} more: tidemark import ${data} --json lists them all\n`);
}
