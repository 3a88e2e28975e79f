import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { eventAnnouncer } from '../../adapters/aws/announcer.ts';
import { createDynamoObservations } from '../../adapters/dynamodb/observations.ts';
import { createDynamoRecords } from '../../adapters/dynamodb/records.ts';
import { ingestHandler } from '../ingest.ts';
import { clock, openDeployed, openRuntime } from '../runtime.ts';

const { environment, connection, instruments, wrap } = openRuntime('ingest');
const { rules, market, calendar } = openDeployed(import.meta.url);
const observations = createDynamoObservations(connection);

/** Moves the years that are over to where they are cheaper to read; does nothing where that is done. */
const upkeep = (): Promise<void> => {
  const now = clock();
  return observations.compact(new Date(now).getUTCFullYear() - 1, now);
};

export const handler = wrap(
  ingestHandler(
    {
      ground: {
        records: createDynamoRecords(connection),
        observations,
        sources: [],
        market,
        calendar,
        clock,
      },
      rules,
      upkeep,
      announcer: eventAnnouncer(new EventBridgeClient({}), environment.service),
    },
    instruments,
  ),
);
