import { folderSource } from '../../adapters/csv/folder-source.ts';
import { sampleNoteOf } from '../../local/sample/folder.ts';
import { storedInstruments } from '../../shared/service/stored-instruments.ts';
import { workingRules } from '../../local/runtime/rule-files.ts';
import { takeFirst } from '../../local/runtime/take-first.ts';
import { layOutDays } from '../../shared/series/days.ts';
import { REACH } from '../../shared/service/backfill-plan.ts';
import { deployRules } from '../../shared/service/edit-rules.ts';
import { ingestGaps } from '../../shared/service/ingest.ts';
import { keepRun } from '../../shared/service/report.ts';
import { listRules } from '../../shared/service/rule-book.ts';
import type { Context } from '../context.ts';
import type { ExitCode } from '../exit.ts';
import { openAsked } from '../live/asked.ts';
import { defaultRules, existingFolder, ruleFiles } from '../load/paths.ts';
import { printRun } from '../output/report.ts';
import { findingText } from '../output/findings.ts';
import { refuseSampleFolder } from '../service/hold.ts';
import { type Service, type ServiceOptions, withBegunService, withOwnService } from '../service/service.ts';

export interface IngestOptions extends ServiceOptions {
  readonly data?: string;
  readonly rules?: string;
}

/** Fills gaps up to the last finished session and releases what is complete enough; with `--data` from a folder. */
export function ingest(context: Context, options: IngestOptions): Promise<ExitCode> {
  const { data } = options;
  if (data !== undefined && sampleNoteOf(existingFolder(context, data)) !== undefined) {
    refuseSampleFolder(data);
  }
  const within = data === undefined ? withBegunService : withOwnService;
  return within(context, options, async (service) => {
    const { observations, records, calendar, clock } = service;
    const own = folderOf(context, options, service);
    for (const source of own) {
      await takeFirst(source, observations, { now: clock(), last: calendar.last });
    }
    const market = await storedInstruments(observations, service.market);
    if (options.stack === undefined) await bringRules(context, options, { ...service, market });
    const asked = data === undefined ? await openAsked(context, service) : null;
    if (asked === null && data === undefined && !options.json) {
      context.out.write('no provider is configured, so nobody is asked: docs/data-sources.md\n');
    }
    await asked?.fill();
    const sources = asked?.sources ?? own;
    const report = await ingestGaps({
      ...{ observations, records, sources, market, calendar, clock },
      history: REACH,
    });
    await keepRun(records, report, clock());
    await asked?.fill();
    return printRun(context, report, options.json);
  });
}

function folderOf(context: Context, options: IngestOptions, { market, calendar }: Service) {
  if (options.data === undefined) return [];
  return [folderSource(existingFolder(context, options.data), market, layOutDays(calendar))];
}

/** Brings the stored rules to the files, as a deploy does; on a stack its own deploy does that. */
async function bringRules(
  context: Context,
  options: IngestOptions,
  { records, market, calendar, clock }: Service,
): Promise<void> {
  const files = ruleFiles(context, [options.rules ?? defaultRules(context)]);
  const first = (await listRules(records)).length === 0;
  const begun = first ? workingRules(files, market) : { working: files, errors: [] };
  const deployed = await deployRules({ records, market, calendar, now: clock() }, begun.working);
  const refused = deployed.kind === 'refused' ? deployed.findings : begun.errors;
  for (const finding of refused) context.err.write(findingText(finding, context.err));
}
