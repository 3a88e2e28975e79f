import { QueryCommand } from '@aws-sdk/client-dynamodb';
import type { Instant } from '../../shared/calendar/calendar.ts';
import type { AlertRecord, AlertStore } from '../../shared/ports/records.ts';
import { TABLE } from '../../shared/service/table.ts';
import { alertItem, alertRecordOf } from './alert-item.ts';
import { claimAlert, settleAlert } from './claims.ts';
import { type Item, number, text, textOf } from './items.ts';
import { alertKey, DUE, type Key } from './keys.ts';
import { pageAlerts } from './page-alerts.ts';
import { asRead, byKey, type Connection, getItem, getItems, keyText, putItem } from './table.ts';

/** Keeps alert records in the table, one an id, for ever; those not settled are found through the index `due`. */
export function createDynamoAlerts(connection: Connection): AlertStore {
  return {
    async put(record) {
      const outcome = await putItem(connection, alertItem(record), asRead(0));
      return outcome === 'written' ? 'new' : 'known';
    },
    async get(id) {
      const item = await getItem(connection, alertKey(id));
      return item === undefined ? null : alertRecordOf(item);
    },
    due: (now, limit) => dueAlerts(connection, now, limit),
    claim: (id, lease) => claimAlert(connection, id, lease),
    settle: (id, owner, outcome) => settleAlert(connection, id, { owner, outcome }),
    page: (query) => pageAlerts(connection, query),
  };
}

/** The index may lag behind: it says where to look, the items say what is due. */
async function dueAlerts(
  connection: Connection,
  now: Instant,
  limit: number,
): Promise<readonly AlertRecord[]> {
  const found: AlertRecord[] = [];
  let after: Item | undefined;
  do {
    const { keys, next } = await dueKeys(connection, { now, after });
    const items = byKey(await getItems(connection, keys, 'strong'));
    for (const key of keys) {
      const item = items.get(keyText(key));
      if (item !== undefined && isWaiting(alertRecordOf(item), now)) found.push(alertRecordOf(item));
    }
    after = next;
  } while (after !== undefined && found.length < limit);
  return found.slice(0, limit);
}

function isWaiting({ delivery }: AlertRecord, now: Instant): boolean {
  return delivery.kind === 'unsent' || (delivery.kind === 'claimed' && delivery.until < now);
}

/** A page of the index holds as many keys as one batch reads. */
const DUE_PAGE = 100;

async function dueKeys(
  { client, table }: Connection,
  { now, after }: { now: Instant; after: Item | undefined },
): Promise<{ readonly keys: readonly Key[]; readonly next: Item | undefined }> {
  const { name, partitionKey } = TABLE.due;
  const answer = await client.send(
    new QueryCommand({
      TableName: table,
      IndexName: name,
      KeyConditionExpression: `${partitionKey} = :due`,
      FilterExpression: 'attribute_not_exists(leaseUntil) OR leaseUntil < :now',
      ExpressionAttributeValues: { ':due': text(DUE), ':now': number(now) },
      Limit: DUE_PAGE,
      ...(after === undefined ? {} : { ExclusiveStartKey: after }),
    }),
  );
  const keys = (answer.Items ?? []).map((item) => ({ pk: textOf(item, 'pk'), sk: textOf(item, 'sk') }));
  return { keys, next: answer.LastEvaluatedKey };
}
