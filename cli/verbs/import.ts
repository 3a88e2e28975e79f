import { readFolder } from '../../adapters/csv/read-folder.ts';
import type { Refusal } from '../../adapters/csv/refusal.ts';
import { holdOwn } from '../../local/runtime/holding.ts';
import { sampleNoteOf } from '../../local/sample/folder.ts';
import type { ObservationBatch } from '../../shared/ports/observations.ts';
import { layOutDays } from '../../shared/series/days.ts';
import type { MergeCounts } from '../../shared/series/merge-rows.ts';
import type { Context } from '../context.ts';
import { EXIT, type ExitCode, refuse } from '../exit.ts';
import { refusalText } from '../load/folder.ts';
import { marketOrTell } from '../load/market.ts';
import { existingFolder, folderToBe } from '../load/paths.ts';
import { counted } from '../output/figures.ts';
import { jsonLine } from '../output/json.ts';
import { tellSample } from '../output/sample.ts';
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
  const counts = await store(context, { series, memberships, source: 'csv' }, options);
  tellSample(options.json ? context.err : context.out, sampleNoteOf(folder));
  if (options.json)
    context.out.write(jsonLine({ ...pickCounts(counts), refused: refusals.map(refusalKeys) }));
  else printReport(context, counts, refusals);
  return refusals.length > 0 ? EXIT.findings : EXIT.fine;
}

async function store(
  context: Context,
  batch: ObservationBatch,
  { dataDir, stack }: ImportOptions,
): Promise<MergeCounts> {
  if (stack !== undefined) {
    const { connectStack } = await import('../service/stack.ts');
    return (await connectStack(stack, context.clock)).observations.record(batch, context.now);
  }
  return withLocalStore(context, folderToBe(context, dataDir), async ({ observations, records }) => {
    if (!(await holdOwn(records))) {
      return refuse(
        `${dataDir} holds the sample, and real data never joins it: npm start -- --reset removes it, ` +
          'or name another place with --data-dir.',
      );
    }
    return observations.record(batch, context.now);
  });
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

function printReport({ out }: Context, counts: Counts, refusals: readonly Refusal[]): void {
  const kept = counted(counts.accepted, 'observation');
  out.write(`${kept} accepted, ${counts.revised} revised, ${counts.unchanged} unchanged\n`);
  if (refusals.length === 0) return;
  out.write(`${out.paint('yellow', `${refusals.length} refused:`)}\n`);
  for (const refusal of refusals) out.write(`  ${refusalText(refusal)}\n`);
}
