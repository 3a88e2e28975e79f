import { join } from 'node:path';
import { archiveSample } from '../../local/sample/archive.ts';
import { sampleNote, sampleNoteOf, writeSampleFolder } from '../../local/sample/folder.ts';
import { generateSample, SAMPLE_SEED } from '../../local/sample/sample.ts';
import { latestPeriod } from '../../local/start/latest.ts';
import { start as showStart, type StartOptions as Shown } from '../../local/start/start.ts';
import { renderMessage } from '../../shared/alerts/message/render.ts';
import { replay } from '../../shared/workflows/replay.ts';
import type { Context } from '../context.ts';
import { EXIT, type ExitCode } from '../exit.ts';
import { loadAll } from '../load/all.ts';
import { marketOrTell } from '../load/market.ts';
import { rulesOrTell } from '../load/rules.ts';
import { alertKeys } from '../output/alert-keys.ts';
import { jsonLine } from '../output/json.ts';
import { styleOf } from '../output/sample.ts';
import { whileWorking } from '../progress.ts';

export interface StartOptions {
  readonly data?: string;
  readonly rules?: string;
  readonly market?: string;
  readonly json?: true;
}

// Where commands that the first start suggests find the sample, below the folder of the call.
const SAMPLE_FOLDER = join('.tidemark', 'sample');

// As many sessions as the text shows.
const LATEST = 10;

/** Shows the alerts of the latest sessions at once, on the sample or on a folder of one's own. */
export function start(context: Context, options: StartOptions): ExitCode {
  const { data } = options;
  const shown = data === undefined ? onSample(context, options) : onFolder(context, { ...options, data });
  if (!shown) return EXIT.findings;
  if (options.json) printAlerts(context, shown);
  else showStart(shown, context.out);
  return EXIT.fine;
}

function onFolder(context: Context, options: StartOptions & { readonly data: string }): Shown | null {
  const loaded = loadAll(context, options);
  if (!loaded) return null;
  const { archive, rules, sample } = loaded;
  return { archive, rules, folder: options.data, sample };
}

function onSample(context: Context, options: StartOptions): Shown | null {
  const beside = options.rules === undefined ? {} : { rules: [options.rules] };
  const ground = marketOrTell(context, {
    ...beside,
    ...(options.market === undefined ? {} : { market: options.market }),
  });
  const rules = ground && rulesOrTell(context, options.rules, ground.market);
  if (!rules) return null;
  return whileWorking(context, { text: 'making the sample', long: true }, () => {
    const sample = generateSample(SAMPLE_SEED, ground.calendar);
    const note = sampleNote(SAMPLE_SEED);
    keepSample(context, sample, note);
    return {
      archive: archiveSample(sample, { ...ground, now: context.now }),
      rules,
      folder: SAMPLE_FOLDER,
      sample: note,
    };
  });
}

/** Writes the sample once for the commands that are suggested; where it cannot be written, they are all that is lost. */
function keepSample(context: Context, sample: Parameters<typeof writeSampleFolder>[1], note: string): void {
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

function printAlerts({ out }: Context, { archive, rules, sample }: Shown): void {
  const period = latestPeriod(archive, LATEST);
  if (!period) return;
  for (const alert of replay(archive, rules, period)) {
    out.write(jsonLine(alertKeys(alert, renderMessage(alert, styleOf(sample)))));
  }
}
