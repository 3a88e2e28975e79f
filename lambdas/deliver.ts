import type { DynamoDBBatchResponse, DynamoDBStreamEvent } from 'aws-lambda';
import { deliverDue } from '../shared/service/deliver.ts';
import type { DeliverGround } from '../shared/service/deliver-run.ts';
import { keepRun, type RunReport } from '../shared/service/report.ts';
import { type Instruments, tell } from './instruments.ts';
import type { Handle } from './middleware.ts';

/** What wakes a delivery by schedule. */
export interface SweepEvent {
  readonly run?: string;
}

/** What a delivery works with; each run gets a name of its own and a time to end. */
export interface DeliverService {
  readonly ground: Omit<DeliverGround, 'owner' | 'stopAt'>;
  /** The name of the next run: no two runs anywhere have the same. */
  readonly owner: () => string;
}

/**
 * Sends what is due, whatever woke it: what the stream says is only that there may be something. A stream batch that
 * failed is answered with its first record, so that it comes again.
 */
export function deliverHandler(
  service: DeliverService,
  instruments: Instruments,
): Handle<DynamoDBStreamEvent | SweepEvent, DynamoDBBatchResponse> {
  return async (event) => {
    if (!('Records' in event)) {
      await deliver(service, instruments);
      return { batchItemFailures: [] };
    }
    try {
      await deliver(service, instruments);
      return { batchItemFailures: [] };
    } catch (error) {
      const itemIdentifier = event.Records[0]?.dynamodb?.SequenceNumber;
      if (itemIdentifier === undefined) throw error;
      const why = error instanceof Error ? error.message : String(error);
      instruments.line('warn', { what: 'delivery failed', subject: `stream ${itemIdentifier}`, why });
      return { batchItemFailures: [{ itemIdentifier }] };
    }
  };
}

/** No publish is begun in the second half of a lease: a run that ends late must not be overtaken. */
async function deliver({ ground, owner }: DeliverService, instruments: Instruments): Promise<void> {
  const stopAt = ground.clock() + ground.lease / 2;
  const report = await deliverDue({ ...ground, owner: owner(), stopAt });
  tell(instruments, report);
  if (isWorthKeeping(report)) await keepRun(ground.records, report, ground.clock());
}

/** A sweep comes every few minutes; one that found nothing must not push the others out of what is kept. */
function isWorthKeeping({ counts, findings }: RunReport): boolean {
  return findings.length > 0 || Object.values(counts).some((count) => count > 0);
}
