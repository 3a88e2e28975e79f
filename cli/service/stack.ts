import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { findStack } from '../../adapters/aws/stack.ts';
import { createDynamoAlerts } from '../../adapters/dynamodb/alerts.ts';
import { createDynamoObservations } from '../../adapters/dynamodb/observations.ts';
import { createDynamoRecords } from '../../adapters/dynamodb/records.ts';
import { snsClient } from '../../adapters/sns/client.ts';
import { snsPublisher } from '../../adapters/sns/publisher.ts';
import { snsSubscriptions } from '../../adapters/sns/subscriptions.ts';
import { storedShelf } from '../../adapters/subscriptions/shelf.ts';
import type { Instant } from '../../shared/calendar/calendar.ts';
import { refuse } from '../exit.ts';
import type { Service } from './service.ts';

type Connected = Pick<
  Service,
  'observations' | 'records' | 'alerts' | 'publisher' | 'subscriptions' | 'topic'
>;

/**
 * The adapters of a deployed stack, with the credentials and the region of the caller's environment; a stack that cannot
 * be used is wrong usage.
 */
export async function connectStack(name: string, now: () => Instant): Promise<Connected> {
  const stack = await findStack(new CloudFormationClient({}), name);
  if ('reason' in stack) return refuse(`${stack.reason}.`);
  const connection = { client: new DynamoDBClient({}), table: stack.table };
  const records = createDynamoRecords(connection);
  const client = snsClient();
  const topic = { client, topicArn: stack.alertTopic, shelf: storedShelf(records), now };
  return {
    observations: createDynamoObservations(connection),
    records,
    alerts: createDynamoAlerts(connection),
    publisher: snsPublisher(client, stack.alertTopic),
    subscriptions: snsSubscriptions(topic),
    topic,
  };
}
