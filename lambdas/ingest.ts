import type { Instant } from '../shared/calendar/calendar.ts';
import type { Announcer } from '../shared/ports/flow.ts';
import type { ObservationSource } from '../shared/ports/source.ts';
import { deployRules } from '../shared/service/edit-rules.ts';
import { type IngestGround, ingestGaps } from '../shared/service/ingest.ts';
import { readProgress } from '../shared/service/progress.ts';
import { keepRun, type RunReport } from '../shared/service/report.ts';
import type { BundledFile } from './bundled-rules.ts';
import { type Instruments, tell } from './instruments.ts';
import type { Handle } from './middleware.ts';

/** So long after a run began no step of filling history begins any more: the longest takes minutes, and a run has 15. */
const FILLING_MS = 8 * 60_000;

/** What wakes an ingest: the name of the run, for the log; the clock decides what the run may do. */
export interface IngestEvent {
  readonly run?: string;
}

/** What an ingest works with. */
export interface IngestService {
  readonly ground: IngestGround;
  /** The rules files this deployment was made with. */
  readonly rules: readonly BundledFile[];
  readonly announcer: Announcer;
  /** Sources that take something to open, in place of those of the ground; opened once a run. */
  readonly open?: () => Promise<readonly ObservationSource[]>;
  /** Fills history from these sources until an instant; nothing waits for it. */
  readonly fill?: (sources: readonly ObservationSource[], until: Instant) => Promise<RunReport>;
  /** What the store needs now and then; may take long, and nothing waits for it. */
  readonly upkeep: () => Promise<void>;
}

/**
 * Brings the stored rules to the deployed files, fills gaps, releases sessions and, while any released session waits for
 * its evaluation, says so: an event that was lost is told again by the next run.
 */
export function ingestHandler(service: IngestService, instruments: Instruments): Handle<IngestEvent, void> {
  return async (event) => {
    const { records, clock } = service.ground;
    instruments.line('info', { what: 'woken', subject: 'ingest', why: event.run ?? 'by hand' });
    const fillingEnds = clock() + FILLING_MS;
    await bringRules(service, instruments);
    const sources = (await service.open?.()) ?? service.ground.sources;
    const report = await ingestGaps({ ...service.ground, sources });
    tell(instruments, report);
    const progress = await readProgress(records);
    if (progress !== null && progress.evaluated < progress.released) {
      await service.announcer.released(progress.released);
      instruments.line('info', {
        what: 'announced',
        subject: progress.released,
        why: `evaluated up to ${progress.evaluated}`,
      });
    }
    await keepRun(records, report, clock());
    const filled = await service.fill?.(sources, fillingEnds);
    if (filled !== undefined) {
      tell(instruments, filled);
      await keepRun(records, filled, clock());
    }
    await service.upkeep();
  };
}

async function bringRules({ ground, rules }: IngestService, instruments: Instruments): Promise<void> {
  const { records, market, calendar, clock } = ground;
  const deployed = await deployRules({ records, market, calendar, now: clock() }, rules);
  if (deployed.kind === 'refused') {
    for (const { file, line, message, code } of deployed.findings) {
      instruments.line('warn', {
        what: 'rules not deployed',
        subject: `${file}:${line}`,
        why: `${message} [${code}]`,
      });
    }
    instruments.figure('refusedRules', deployed.findings.length);
    return;
  }
  for (const { id, outcome } of deployed.rules) {
    if (outcome.kind === 'unchanged') continue;
    const why = outcome.kind === 'left' || outcome.kind === 'refused' ? outcome.reason : outcome.kind;
    instruments.line('info', { what: 'rule from file', subject: id, why });
  }
}
