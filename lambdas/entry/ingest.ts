import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { eventAnnouncer } from '../../adapters/aws/announcer.ts';
import { createDynamoObservations } from '../../adapters/dynamodb/observations.ts';
import { createDynamoRecords } from '../../adapters/dynamodb/records.ts';
import { ingestHandler } from '../ingest.ts';
import { clock, openDeployed, openRuntime } from '../runtime.ts';

const { environment, connection, instruments, wrap } = openRuntime('ingest');
const { rules, market, calendar } = openDeployed(import.meta.url);

export const handler = wrap(
  ingestHandler(
    {
      ground: {
        records: createDynamoRecords(connection),
        observations: createDynamoObservations(connection),
        sources: [],
        market,
        calendar,
        clock,
      },
      rules,
      announcer: eventAnnouncer(new EventBridgeClient({}), environment.service),
    },
    instruments,
  ),
);
