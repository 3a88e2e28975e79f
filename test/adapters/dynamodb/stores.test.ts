import { createDynamoAlerts } from '../../../adapters/dynamodb/alerts.ts';
import { createDynamoObservations } from '../../../adapters/dynamodb/observations.ts';
import { createDynamoRecords } from '../../../adapters/dynamodb/records.ts';
import type { Connection } from '../../../adapters/dynamodb/table.ts';
import { alertStoreContract } from '../../contracts/alert-store.ts';
import { observationStoreContract, type Started } from '../../contracts/observation-store.ts';
import { recordStoreContract } from '../../contracts/record-store.ts';
import { embeddedTables } from '../../support/embedded-tables.ts';

const emptyTable = embeddedTables();

/** A store over a table of its own. */
async function over<Store>(create: (connection: Connection) => Store): Promise<Started<Store>> {
  return { store: create(await emptyTable()), end: async () => undefined };
}

observationStoreContract('DynamoDB', () => over(createDynamoObservations));
recordStoreContract('DynamoDB', () => over(createDynamoRecords));
alertStoreContract('DynamoDB', () => over(createDynamoAlerts));
