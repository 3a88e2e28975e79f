import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { eventAnnouncer } from '../../adapters/aws/announcer.ts';
import { createDynamoObservations } from '../../adapters/dynamodb/observations.ts';
import { createDynamoRecords } from '../../adapters/dynamodb/records.ts';
import { backfill } from '../../shared/service/backfill.ts';
import { REACH } from '../../shared/service/backfill-plan.ts';
import { ingestHandler } from '../ingest.ts';
import { providerOpener } from '../providers.ts';
import { chance, clock, openDeployed, openRuntime } from '../runtime.ts';

/** More than a run has time for. */
const MOST_STEPS = 10_000;

const { environment, connection, instruments, wrap } = openRuntime('ingest');
const { rules, market, calendar } = openDeployed(import.meta.url);
const observations = createDynamoObservations(connection);

const records = createDynamoRecords(connection);
const open = providerOpener({ path: environment.parameters, records, calendar, market, clock, chance });

/** Moves the years that are over to where they are cheaper to read; does nothing where that is done. */
const upkeep = (): Promise<void> => observations.keepUp(clock());

export const handler = wrap(
  ingestHandler(
    {
      ground: {
        records,
        observations,
        sources: [],
        market,
        calendar,
        clock,
        history: REACH,
      },
      rules,
      upkeep,
      open,
      fill: (sources, until) =>
        backfill({ records, observations, sources, market, calendar, clock }, { until, steps: MOST_STEPS }),
      announcer: eventAnnouncer(new EventBridgeClient({}), environment.service),
    },
    instruments,
  ),
);
