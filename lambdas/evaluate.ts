import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import * as z from 'zod/mini';
import type { PortionQueue } from '../shared/ports/flow.ts';
import { dataHealth } from '../shared/service/data-health.ts';
import { type EvaluateGround, evaluateReleased, type Portion } from '../shared/service/evaluate.ts';
import { keepRun } from '../shared/service/report.ts';
import { listRules } from '../shared/service/rule-book.ts';
import { type Instruments, tell } from './instruments.ts';
import type { Handle } from './middleware.ts';

/** An event of a bus, as far as it is read. */
export interface ReleasedEvent {
  readonly 'detail-type': string;
}

/** What an evaluation works with. */
export interface EvaluateService {
  readonly ground: EvaluateGround;
  readonly queue: PortionQueue;
}

/** More rules than this are spread over several evaluations of so many each. */
export const PORTION = 250;

const MESSAGE = z.object({ rules: z.array(z.string()) });

/**
 * Evaluates what is released: all rules at once when an event tells of it, or, of a large set, hands portions over; from
 * the queue one portion a message, and answers which messages failed.
 */
export function evaluateHandler(
  service: EvaluateService,
  instruments: Instruments,
): Handle<ReleasedEvent | SQSEvent, SQSBatchResponse> {
  return async (event) => {
    if ('Records' in event) return await evaluatePortions(service, instruments, event);
    const ids = (await listRules(service.ground.records)).map(({ id }) => id);
    if (ids.length <= PORTION) await evaluate(service, instruments, 'all');
    else await handOver(service, instruments, ids);
    await sayHealth(service, instruments);
    return { batchItemFailures: [] };
  };
}

async function evaluatePortions(
  service: EvaluateService,
  instruments: Instruments,
  { Records }: SQSEvent,
): Promise<SQSBatchResponse> {
  const failed: string[] = [];
  for (const { messageId, body } of Records) {
    try {
      const { rules } = MESSAGE.parse(JSON.parse(body));
      await evaluate(service, instruments, new Set(rules));
    } catch (error) {
      failed.push(messageId);
      const why = error instanceof Error ? error.message : String(error);
      instruments.line('warn', { what: 'portion failed', subject: messageId, why });
    }
  }
  return { batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) };
}

async function handOver(
  { queue }: EvaluateService,
  instruments: Instruments,
  ids: readonly string[],
): Promise<void> {
  const portions: string[][] = [];
  for (let start = 0; start < ids.length; start += PORTION) portions.push(ids.slice(start, start + PORTION));
  await queue.put(portions);
  instruments.line('info', {
    what: 'handed over',
    subject: `${ids.length} rules`,
    why: `${portions.length} portions of at most ${PORTION}`,
  });
}

/** Says how many inputs of the rules are up to date, and how many are not; no evaluation fails by it. */
async function sayHealth({ ground }: EvaluateService, instruments: Instruments): Promise<void> {
  try {
    const { counts } = await dataHealth({ ...ground, now: ground.clock() });
    instruments.figure('freshInputs', counts.fresh + counts.carried);
    instruments.figure('staleInputs', counts.stale);
    instruments.figure('missingInputs', counts.missing);
    instruments.figure('heldInputs', counts.held);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    instruments.line('warn', { what: 'inputs not looked at', subject: 'data', why });
  }
}

/** One evaluation. Throws, once all is told, where the store failed a rule: a further attempt goes on from there. */
async function evaluate(
  { ground }: EvaluateService,
  instruments: Instruments,
  portion: Portion,
): Promise<void> {
  const report = await evaluateReleased(ground, portion);
  tell(instruments, report);
  await keepRun(ground.records, report, ground.clock());
  const left = report.findings.filter(({ what }) => what === 'store failed');
  if (left.length > 0)
    throw new Error(`the store failed ${left.length} rules: another attempt goes on from there`);
}
