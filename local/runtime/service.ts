import type { SQSRecord } from 'aws-lambda';
import { evaluateHandler } from '../../lambdas/evaluate.ts';
import { ingestHandler } from '../../lambdas/ingest.ts';
import { type Instruments, tell } from '../../lambdas/instruments.ts';
import type { Style } from '../../shared/alerts/message/render.ts';
import type { Calendar, Instant } from '../../shared/calendar/calendar.ts';
import type { Publisher } from '../../shared/ports/delivery.ts';
import type { ObservationStore } from '../../shared/ports/observations.ts';
import type { AlertStore, RecordStore } from '../../shared/ports/records.ts';
import type { ObservationSource } from '../../shared/ports/source.ts';
import type { RuleFile } from '../../shared/rules/load.ts';
import type { Market } from '../../shared/series/market.ts';
import { deliverDue } from '../../shared/service/deliver.ts';
import { SESSION_INGESTED } from '../../shared/service/events.ts';
import { keepRun } from '../../shared/service/report.ts';
import { listRules } from '../../shared/service/rule-book.ts';
import { workingRules } from './rule-files.ts';
import { storedInstruments } from './stored-instruments.ts';

/** What the service on this machine is put together from. */
export interface ServiceParts {
  readonly observations: ObservationStore;
  readonly records: RecordStore;
  readonly alerts: AlertStore;
  readonly publisher: Publisher;
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
}

/** The service on this machine: the handlers of the deployed one, woken by calls instead of events. */
export interface LocalService {
  /** Ingests, evaluates what was released, and delivers. */
  run(): Promise<void>;
  /** Delivers what is due. */
  deliver(): Promise<void>;
}

const LEASE_MS = 60_000;
const LONGEST_DELIVERY_MS = 40_000;

/** Puts the service together; an alert that is stored wakes the delivery once the run is through. */
export function localService(parts: ServiceParts): LocalService {
  let runs = 0;
  const deliver = async (): Promise<void> => {
    runs += 1;
    await deliverOnce(parts, `${parts.owner}-${runs}`);
  };
  return {
    deliver,
    async run() {
      const market = await storedInstruments(parts.observations, parts.market);
      const { observations, records, alerts, sources, calendar, clock, instruments, style } = parts;
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
          ground: { observations, records, sources, market, calendar, clock },
          rules: await rulesNow(parts, market),
          announcer: {
            released: async () => void (await evaluate({ 'detail-type': SESSION_INGESTED.detailType })),
          },
        },
        instruments,
      );
      await ingest({ run: 'local' });
      await deliver();
    },
  };
}

async function rulesNow({ records, rules }: ServiceParts, market: Market): Promise<readonly RuleFile[]> {
  const files = rules();
  return (await listRules(records)).length === 0 ? workingRules(files, market) : files;
}

/** A portion as the queue would hand it over; of a message only these two are read. */
function portionRecord(rules: readonly string[], index: number): SQSRecord {
  return { messageId: `portion ${index + 1}`, body: JSON.stringify({ rules }) } as SQSRecord;
}

async function deliverOnce(parts: ServiceParts, owner: string): Promise<void> {
  const { records, alerts, publisher, calendar, clock, style, instruments } = parts;
  const report = await deliverDue({
    records,
    alerts,
    publisher,
    calendar,
    clock,
    style,
    owner,
    // Files need no pace.
    pace: async () => {},
    lease: LEASE_MS,
    stopAt: clock() + LONGEST_DELIVERY_MS,
  });
  tell(instruments, report);
  if (report.decisions.length > 0) await keepRun(records, report, clock());
}
