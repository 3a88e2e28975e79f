import { join } from 'node:path';
import { archiveSample } from '../../local/sample/archive.ts';
import { sampleNote, sampleNoteOf, writeSampleFolder } from '../../local/sample/folder.ts';
import { generateSample, type Sample, SAMPLE_SEED } from '../../local/sample/sample.ts';
import { latestPeriod } from '../../local/start/latest.ts';
import type { StartOptions as Shown } from '../../local/start/start.ts';
import type { Context } from '../context.ts';
import { loadAll } from '../load/all.ts';
import { marketOrTell } from '../load/market.ts';
import { rulesOrTell } from '../load/rules.ts';
import { whileWorking } from '../progress.ts';

/** Which data and rules a start names. */
export interface ShowChoice {
  readonly data?: string;
  readonly rules?: string;
  readonly market?: string;
}

/** What is shown, and the sample itself where it is the sample. */
export interface ShownData extends Shown {
  readonly generated: Sample | null;
}

// Where commands that the first start suggests find the sample, below the folder of the call.
const SAMPLE_FOLDER = join('.tidemark', 'sample');

/** The latest alerts of a folder of one's own or of the sample, ready to be shown; null where it has errors, which are told. */
export function shownData(context: Context, choice: ShowChoice): ShownData | null {
  const { data } = choice;
  if (data === undefined) return onSample(context, choice);
  const loaded = loadAll(context, { ...choice, data });
  if (!loaded) return null;
  const { archive, rules, sample } = loaded;
  return { archive, rules, folder: data, sample, generated: null };
}

function onSample(context: Context, { rules: path, market }: ShowChoice): ShownData | null {
  const beside = path === undefined ? {} : { rules: [path] };
  const ground = marketOrTell(context, { ...beside, ...(market === undefined ? {} : { market }) });
  const found = ground && rulesOrTell(context, path, ground.market);
  if (!found) return null;
  return whileWorking(context, { text: 'making the sample', long: true }, () => {
    const generated = generateSample(SAMPLE_SEED, ground.calendar);
    const note = sampleNote(SAMPLE_SEED);
    keepSample(context, generated, note);
    const archive = archiveSample(generated, { ...ground, now: context.now });
    return { archive, rules: found.rules, folder: SAMPLE_FOLDER, sample: note, generated };
  });
}

/** Writes the sample once for the commands that are suggested; where it cannot be written, they are all that is lost. */
function keepSample(context: Context, sample: Sample, note: string): void {
  const folder = join(context.folder, SAMPLE_FOLDER);
  if (sampleNoteOf(folder) === note) return;
  try {
    writeSampleFolder(folder, sample, note);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    context.err.write(
      `${context.err.paint('yellow', 'warning:')} the sample was not kept in ${SAMPLE_FOLDER}: ${reason}\n`,
    );
  }
}

/** The sessions whose alerts are shown: the last ten. */
export const LATEST = 10;

/** The sessions of the period that is shown; none where nothing is stored. */
export function latestSessions({ archive }: Shown): readonly string[] {
  const period = latestPeriod(archive, LATEST);
  return period === null ? [] : archive.calendar.range(period.from, period.to);
}
