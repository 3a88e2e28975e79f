import { readFolder } from '../../adapters/csv/read-folder.ts';
import type { Refusal } from '../../adapters/csv/refusal.ts';
import { sampleNoteOf } from '../../local/sample/folder.ts';
import type { ObservationBatch } from '../../shared/ports/observations.ts';
import { type Days, layOutDays } from '../../shared/series/days.ts';
import type { MergeCounts } from '../../shared/series/merge-rows.ts';
import type { Context } from '../context.ts';
import { EXIT, type ExitCode, refuse } from '../exit.ts';
import { marketOrTell } from '../load/market.ts';
import { existingFolder, folderToBe } from '../load/paths.ts';
import { counted } from '../output/figures.ts';
import { jsonLine } from '../output/json.ts';
import { refusalLines } from '../output/refusals.ts';
import { tellSample } from '../output/sample.ts';
import { holdFor, refuseSampleFolder } from '../service/hold.ts';
import { withLocalStore } from '../service/local.ts';

export interface ImportOptions {
  readonly dataDir: string;
  readonly stack?: string;
  readonly market?: string;
  readonly json?: true;
}

/** Stores what a folder of CSV files says; bad cells are refused one by one, the good ones are kept. */
export async function importFolder(context: Context, dir: string, options: ImportOptions): Promise<ExitCode> {
  const ground = marketOrTell(context, options);
  if (!ground) return EXIT.findings;
  const days = layOutDays(ground.calendar);
  const folder = existingFolder(context, dir);
  const reading = readFolder(folder, ground.market, days);
  if (!reading.ok) return refuse(reading.errors.map(({ message }) => message).join('\n'));
  const { series, memberships, refusals } = reading.value;
  const note = sampleNoteOf(folder);
  const batch = { series, memberships, source: 'csv' };
  const counts = await store(context, { batch, days, dir, note }, options);
  tellSample(options.json ? context.err : context.out, note);
  if (options.json)
    context.out.write(jsonLine({ ...pickCounts(counts), refused: refusals.map(refusalKeys) }));
  else printReport(context, counts, refusals);
  return refusals.length > 0 ? EXIT.findings : EXIT.fine;
}

interface Stored {
  readonly batch: ObservationBatch;
  readonly days: Days;
  /** The folder as it was named. */
  readonly dir: string;
  /** What the folder says of being the sample; undefined where it is somebody's own. */
  readonly note: string | undefined;
}

async function store(
  context: Context,
  { batch, days, dir, note }: Stored,
  { dataDir, stack }: ImportOptions,
): Promise<MergeCounts> {
  if (stack !== undefined) {
    if (note !== undefined) refuseSampleFolder(dir);
    const { connectStack } = await import('../service/stack.ts');
    return (await connectStack(stack, context)).observations.record(batch, context.now);
  }
  const sample = note === undefined ? null : { note, last: lastClose(batch, days) };
  return withLocalStore(context, folderToBe(context, dataDir), async ({ observations, records }) => {
    await holdFor(records, { place: dataDir, sample });
    return observations.record(batch, context.now);
  });
}

/** The newest date of a close: the last session of the sample. */
function lastClose({ series }: ObservationBatch, days: Days): string {
  const closes = series.filter(({ field, rows }) => field === 'close' && rows.length > 0);
  return days.date(Math.max(days.first, ...closes.map(({ rows }) => rows.day(rows.length - 1))));
}

interface Counts {
  readonly accepted: number;
  readonly revised: number;
  readonly unchanged: number;
}

function pickCounts({ accepted, revised, unchanged }: Counts): Counts {
  return { accepted, revised, unchanged };
}

function refusalKeys({ file, line, column, reason }: Refusal): Refusal {
  return { file, line, column, reason };
}

/** Lines of refusals that somebody reads. */
const SHOWN = 40;

function printReport({ out }: Context, counts: Counts, refusals: readonly Refusal[]): void {
  const kept = counted(counts.accepted, 'observation');
  out.write(`${kept} accepted, ${counts.revised} revised, ${counts.unchanged} unchanged\n`);
  if (refusals.length === 0) return;
  out.write(`${out.paint('yellow', `${refusals.length} refused:`)}\n`);
  const lines = refusalLines(refusals);
  for (const line of lines.slice(0, SHOWN)) out.write(`  ${line}\n`);
  const more = lines.length - SHOWN;
  if (more > 0) out.write(`  and ${more} more: --json lists them all\n`);
}
