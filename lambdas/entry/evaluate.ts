import { SQSClient } from '@aws-sdk/client-sqs';
import { sqsPortionQueue } from '../../adapters/aws/portion-queue.ts';
import { createDynamoAlerts } from '../../adapters/dynamodb/alerts.ts';
import { createDynamoObservations } from '../../adapters/dynamodb/observations.ts';
import { createDynamoRecords } from '../../adapters/dynamodb/records.ts';
import { evaluateHandler } from '../evaluate.ts';
import { clock, openDeployed, openRuntime } from '../runtime.ts';

const { environment, connection, instruments, wrap } = openRuntime('evaluate');
const { market, calendar } = openDeployed(import.meta.url);

export const handler = wrap(
  evaluateHandler(
    {
      ground: {
        records: createDynamoRecords(connection),
        alerts: createDynamoAlerts(connection),
        observations: createDynamoObservations(connection),
        market,
        calendar,
        clock,
      },
      queue: sqsPortionQueue(new SQSClient({}), environment.evaluationQueue),
    },
    instruments,
  ),
);
