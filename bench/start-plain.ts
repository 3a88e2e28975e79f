/**
 * A process that decides from one item for each series and date, read through the document client, as one would first
 * build it: a query for each series, 25 at once, all pages. Rules, states and alerts are those of the store.
 */
import { DynamoDBDocumentClient, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { createDynamoObservations } from '../adapters/dynamodb/observations.ts';
import { dayOf } from '../shared/calendar/date.ts';
import { growRows, type SeriesRows } from '../shared/series/rows.ts';
import { decide, openTable } from './start/decide.ts';

const AT_ONCE = 25;

const connection = openTable();
const documents = DynamoDBDocumentClient.from(connection.client);
const store = createDynamoObservations(connection);

async function readSeries(id: string): Promise<SeriesRows> {
  const rows = growRows();
  let after: Record<string, unknown> | undefined;
  do {
    const page = await documents.send(
      new QueryCommand({
        TableName: connection.table,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': `PLAIN#${id}` },
        ...(after === undefined ? {} : { ExclusiveStartKey: after }),
      }),
    );
    for (const { sk, value } of page.Items ?? []) rows.append(dayOf(String(sk)), Number(value), Number.NaN);
    after = page.LastEvaluatedKey;
  } while (after !== undefined);
  const dot = id.lastIndexOf('.');
  return { instrument: id.slice(0, dot), field: id.slice(dot + 1), rows };
}

await decide(connection, {
  ...store,
  async load({ series }) {
    const { memberships, acceptances } = await store.load({ series: [] });
    const found: SeriesRows[] = [];
    const left = series.map(({ id }) => id);
    const work = async (): Promise<void> => {
      for (let id = left.shift(); id !== undefined; id = left.shift()) found.push(await readSeries(id));
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
    return { series: found.filter(({ rows }) => rows.length > 0), memberships, acceptances };
  },
});
