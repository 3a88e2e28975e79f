import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { type DeployedStack, findStack } from '../../adapters/aws/stack.ts';
import { CLIENT_SETTINGS } from '../../adapters/dynamodb/client-settings.ts';
import { createDynamoAlerts } from '../../adapters/dynamodb/alerts.ts';
import { createDynamoObservations } from '../../adapters/dynamodb/observations.ts';
import { createDynamoRecords } from '../../adapters/dynamodb/records.ts';
import { deployedSubscriptions } from '../../adapters/mail/deployed.ts';
import { sesEndpoint, sesSender } from '../../adapters/mail/ses.ts';
import { linkTokens } from '../../adapters/mail/tokens.ts';
import { snsClient } from '../../adapters/sns/client.ts';
import { snsPublisher } from '../../adapters/sns/publisher.ts';
import { storedShelf } from '../../adapters/subscriptions/shelf.ts';
import type { MailSender } from '../../shared/ports/mail.ts';
import type { Instant } from '../../shared/calendar/calendar.ts';
import type { Context } from '../context.ts';
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
export async function connectStack(
  name: string,
  { clock: now, secret }: Pick<Context, 'clock' | 'secret'>,
): Promise<Connected> {
  const stack = await findStack(new CloudFormationClient({}), name);
  if ('reason' in stack) return refuse(`${stack.reason}.`);
  const dynamo = new DynamoDBClient(CLIENT_SETTINGS);
  const connection = { client: dynamo, table: stack.table };
  const records = createDynamoRecords(connection);
  const client = snsClient();
  const topic = { client, topicArn: stack.alertTopic, shelf: storedShelf(records), now };
  return {
    observations: createDynamoObservations(connection),
    records,
    alerts: createDynamoAlerts(connection),
    publisher: snsPublisher(client, stack.alertTopic),
    subscriptions: deployedSubscriptions({
      topic,
      sender: senderOf(stack, dynamo, now),
      tokens: linkTokens(records, secret),
      console: stack.console ?? '',
    }),
    topic,
  };
}

/** Sends with the credentials and in the region of the caller, as the other clients do; null where the stack sends no mail. */
function senderOf(
  { mail }: DeployedStack,
  { config }: DynamoDBClient,
  clock: () => Instant,
): MailSender | null {
  if (mail === null) return null;
  return sesSender({
    ...mail,
    clock,
    endpoint: sesEndpoint({ ...process.env }),
    async caller() {
      const { accessKeyId, secretAccessKey, sessionToken = null } = await config.credentials();
      return { region: await config.region(), accessKeyId, secretAccessKey, sessionToken };
    },
  });
}
