import { GetItemCommand, PutItemCommand, QueryCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import type { SNSClient } from '@aws-sdk/client-sns';
import { createDynamoAlerts } from '../../../adapters/dynamodb/alerts.ts';
import { createDynamoObservations } from '../../../adapters/dynamodb/observations.ts';
import { createDynamoRecords } from '../../../adapters/dynamodb/records.ts';
import type { Connection } from '../../../adapters/dynamodb/table.ts';
import { snsPublisher } from '../../../adapters/sns/publisher.ts';
import type { Ports } from '../world.ts';
import type { Ledger } from './ledger.ts';
import type { Gate } from './ports.ts';
import { siteByCall } from './ports.ts';

/** The stores of the deployed service over one table. */
export function dynamoStores(connection: Connection): Omit<Ports, 'publisher'> {
  return {
    records: createDynamoRecords(connection),
    alerts: createDynamoAlerts(connection),
    observations: createDynamoObservations(connection),
  };
}

/**
 * The real adapters of one run, over clients of which every call waits for its turn and may go wrong: also those that an
 * adapter makes between two of its own.
 */
export function gatedAdapters(
  { client, table }: Connection,
  { scheduler, run, siteOf = siteByCall }: Gate,
  ledger: Ledger,
): Ports {
  const pass = client.send.bind(client) as (command: unknown) => Promise<unknown>;
  const send = (command: unknown): Promise<unknown> =>
    scheduler.gate(run, siteOf(run, nameOf(command)), () => pass(command));
  // A run publishes one message at a time: what is sent next is what was asked for last.
  let key = '';
  const sns = {
    send: (): Promise<unknown> => {
      const own = key;
      const form = own.startsWith('digest/') ? 'digest' : 'single';
      return scheduler.gate(run, siteOf(run, `SNS Publish ${form}`), async () => {
        ledger.publish(own);
        return { MessageId: `message-${scheduler.now()}` };
      });
    },
  };
  const publisher = snsPublisher(sns as unknown as SNSClient, 'arn:aws:sns:us-east-1:000000000000:alerts');
  return {
    ...dynamoStores({ client: { send }, table }),
    publisher: {
      publish: async (publication) => {
        key = publication.key;
        return await publisher.publish(publication);
      },
    },
  };
}

/** A command and the kind of item it is about. */
function nameOf(command: unknown): string {
  if (command instanceof GetItemCommand) return `GetItem ${itemOf(command.input.Key)}`;
  if (command instanceof PutItemCommand) return `PutItem ${itemOf(command.input.Item)}`;
  if (command instanceof UpdateItemCommand) return `UpdateItem ${itemOf(command.input.Key)}`;
  if (command instanceof QueryCommand) {
    const values = Object.values(command.input.ExpressionAttributeValues ?? {}).map(({ S = '' }) => S);
    return `Query ${values.map((value) => value.split(/[#/]/)[0]).find((value) => /^[A-Z]+$/.test(value ?? '')) ?? ''}`;
  }
  return (command as object).constructor.name.replace(/Command$/, '');
}

function itemOf(key: Readonly<Record<string, { readonly S?: string | undefined }>> | undefined): string {
  const pk = key?.['pk']?.S?.split('#')[0] ?? '';
  const sk = key?.['sk']?.S ?? '';
  if (pk === 'RECORD') return `${pk} ${sk.split('/')[0]}`;
  return pk === 'CATALOG' ? `${pk} ${sk.split('#')[0]}` : pk;
}
