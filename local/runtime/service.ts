import type { SQSRecord } from 'aws-lambda';
import { deliverHandler } from '../../lambdas/deliver.ts';
import { evaluateHandler } from '../../lambdas/evaluate.ts';
import { ingestHandler } from '../../lambdas/ingest.ts';
import type { Instruments } from '../../lambdas/instruments.ts';
import { watchdogHandler } from '../../lambdas/watchdog.ts';
import type { Style } from '../../shared/alerts/message/render.ts';
import type { Calendar, Instant } from '../../shared/calendar/calendar.ts';
import type { MailingPublisher } from '../../shared/ports/delivery.ts';
import type { ObservationStore } from '../../shared/ports/observations.ts';
import type { AlertStore, RecordStore } from '../../shared/ports/records.ts';
import type { ObservationSource } from '../../shared/ports/source.ts';
import type { RuleFile } from '../../shared/rules/load.ts';
import type { Market } from '../../shared/series/market.ts';
import { REACH } from '../../shared/service/backfill-plan.ts';
import { SESSION_INGESTED } from '../../shared/service/events.ts';
import { listRules } from '../../shared/service/rule-book.ts';
import { localComposer } from './mailing.ts';
import { workingRules } from './rule-files.ts';
import { storedInstruments } from '../../shared/service/stored-instruments.ts';

/** What the service on this machine is put together from. */
export interface ServiceParts {
  readonly observations: ObservationStore;
  readonly records: RecordStore;
  readonly alerts: AlertStore;
  readonly publisher: MailingPublisher;
  readonly sources: readonly ObservationSource[];
  readonly market: Market;
  readonly calendar: Calendar;
  /** The rules files as they are now, asked for by every run. */
  readonly rules: () => readonly RuleFile[];
  readonly clock: () => Instant;
  readonly instruments: Instruments;
  /** Begins the name of every run's claims; no two processes have the same. */
  readonly owner: string;
  readonly style: Style;
  /** What the store needs now and then. */
  readonly upkeep: () => Promise<void>;
}

/** The service on this machine: the handlers of the deployed one, woken by calls instead of events. */
export interface LocalService {
  /** Ingests, evaluates what was released, and delivers. */
  run(): Promise<void>;
  /** Delivers what is due. */
  deliver(): Promise<void>;
  /** Looks for what should have happened and did not. */
  look(): Promise<void>;
}

const LEASE_MS = 60_000;

/** Puts the service together; what an evaluation stored is delivered at once, since no stream wakes the delivery here. */
export function localService(parts: ServiceParts): LocalService {
  const { records, alerts, calendar, clock, style, instruments } = parts;
  const without = (why: string): void =>
    instruments.line('warn', { what: 'no picture', subject: 'mail', why });
  const publisher = parts.publisher.composing(localComposer({ ...parts, without }));
  let runs = 0;
  const delivery = deliverHandler(
    {
      // Files need no pace.
      ground: { records, alerts, publisher, calendar, clock, style, lease: LEASE_MS, pace: async () => {} },
      owner: () => `${parts.owner}/${++runs}`,
    },
    instruments,
  );
  const deliver = async (): Promise<void> => void (await delivery({ run: 'local' }));
  const look = watchdogHandler({ ground: { records, alerts, calendar }, clock }, instruments);
  return {
    deliver,
    look: () => look(null),
    async run() {
      const market = await storedInstruments(parts.observations, parts.market);
      const { observations, sources } = parts;
      const evaluate = evaluateHandler(
        {
          ground: { observations, records, alerts, market, calendar, clock, style },
          // A large set of rules is evaluated portion by portion here too: each is done before the next is asked for.
          queue: { put: async (portions) => void (await evaluatePortions(portions)) },
        },
        instruments,
      );
      const evaluatePortions = (portions: readonly (readonly string[])[]) =>
        evaluate({ Records: portions.map(portionRecord) });
      const ingest = ingestHandler(
        {
          ground: { observations, records, sources, market, calendar, clock, history: REACH },
          rules: await rulesNow(parts, market),
          upkeep: parts.upkeep,
          announcer: {
            released: async () => void (await evaluate({ 'detail-type': SESSION_INGESTED })),
          },
        },
        instruments,
      );
      await ingest({ run: 'local' });
      await deliver();
    },
  };
}

async function rulesNow(
  { records, rules, instruments }: ServiceParts,
  market: Market,
): Promise<readonly RuleFile[]> {
  const files = rules();
  if ((await listRules(records)).length > 0) return files;
  const { working, errors } = workingRules(files, market);
  for (const { file, line, message, code } of errors) {
    instruments.line('warn', { what: 'left out', subject: `${file}:${line}`, why: `${message} [${code}]` });
  }
  return working;
}

/** A portion as the queue would hand it over; of a message only these two are read. */
function portionRecord(rules: readonly string[], index: number): SQSRecord {
  return { messageId: `portion ${index + 1}`, body: JSON.stringify({ rules }) } as SQSRecord;
}
