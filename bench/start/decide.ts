import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { CLIENT_SETTINGS } from '../../adapters/dynamodb/client-settings.ts';
import { createDynamoAlerts } from '../../adapters/dynamodb/alerts.ts';
import { createDynamoRecords } from '../../adapters/dynamodb/records.ts';
import { createCalendar } from '../../shared/calendar/xnys.ts';
import type { ObservationStore } from '../../shared/ports/observations.ts';
import { readBundledRules } from '../../lambdas/bundled-rules.ts';
import { unpackMarket } from '../../shared/series/packed-market.ts';
import { evaluateReleased } from '../../shared/service/evaluate.ts';
import { countUnits, type Units } from '../../test/support/count-units.ts';

/** The session that is decided on, and the minute of its evening. */
export const EVENING = { session: '2026-01-21', minute: 17 * 60 + 20 } as const;

/** What a process prints once it has decided. */
export interface Decision extends Units {
  /** Processor milliseconds since its start. */
  readonly processor: number;
  /** What was decided, in one text: the same whatever the values were read from. */
  readonly decided: string;
}

/** The table that both read their rules from, and who counts what is asked of it. */
export function openTable(): { client: DynamoDBClient; table: string; units: ReturnType<typeof countUnits> } {
  const credentials = { accessKeyId: 'bench', secretAccessKey: 'bench' };
  const client = new DynamoDBClient({
    ...CLIENT_SETTINGS,
    region: 'us-east-1',
    credentials,
    endpoint: process.argv[2] ?? '',
  });
  return { client, table: 'tidemark', units: countUnits(client) };
}

/** Evaluates the stored rules as the deployed function does, over values from `observations`, and prints the outcome. */
export async function decide(
  connection: ReturnType<typeof openTable>,
  observations: ObservationStore,
): Promise<void> {
  const market = unpackMarket(readBundledRules(import.meta.url).market);
  const now = Number(process.argv[3]);
  const { decisions, findings } = await evaluateReleased({
    ...{ records: createDynamoRecords(connection), alerts: createDynamoAlerts(connection), observations },
    ...{ market, calendar: createCalendar(market.closures), clock: () => now },
  });
  const { user, system } = process.cpuUsage();
  const decision: Decision = {
    ...connection.units.take(),
    processor: (user + system) / 1000,
    decided: JSON.stringify([decisions, findings]),
  };
  process.stdout.write(JSON.stringify(decision));
  connection.client.destroy();
}
