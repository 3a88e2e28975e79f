/**
 * A process that decides from one item for each series and date, read through the document client, as one would first
 * build it: a query for each series, 25 at once, all pages. Rules, states and alerts are those of the store.
 */
import { createDynamoObservations } from '../adapters/dynamodb/observations.ts';
import { dayOf } from '../shared/calendar/date.ts';
import { growRows, type SeriesRows } from '../shared/series/rows.ts';
import { decide, openTable } from './start/decide.ts';

/** What is used of the document client, which is installed only where peers are. */
interface Documents {
  readonly DynamoDBDocumentClient: { from(client: unknown): { send(command: object): Promise<Page> } };
  readonly QueryCommand: new (input: object) => object;
}

interface Page {
  readonly Items?: readonly Readonly<Record<string, unknown>>[];
  readonly LastEvaluatedKey?: object;
}

const AT_ONCE = 25;

const connection = openTable();
const store = createDynamoObservations(connection);

async function readSeries(id: string, query: (input: object) => Promise<Page>): Promise<SeriesRows> {
  const rows = growRows();
  let after: object | undefined;
  do {
    const page = await query({
      TableName: connection.table,
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': `PLAIN#${id}` },
      ...(after === undefined ? {} : { ExclusiveStartKey: after }),
    });
    for (const { sk, value } of page.Items ?? []) rows.append(dayOf(String(sk)), Number(value), Number.NaN);
    after = page.LastEvaluatedKey;
  } while (after !== undefined);
  const dot = id.lastIndexOf('.');
  return { instrument: id.slice(0, dot), field: id.slice(dot + 1), rows };
}

/** Decides from what the document client reads. */
export async function decideFrom({ DynamoDBDocumentClient, QueryCommand }: Documents): Promise<void> {
  const documents = DynamoDBDocumentClient.from(connection.client);
  const query = (input: object): Promise<Page> => documents.send(new QueryCommand(input));
  await decide(connection, {
    ...store,
    async load({ series }) {
      const { memberships, acceptances } = await store.load({ series: [] });
      const found: SeriesRows[] = [];
      const left = series.map(({ id }) => id);
      const work = async (): Promise<void> => {
        for (let id = left.shift(); id !== undefined; id = left.shift())
          found.push(await readSeries(id, query));
      };
      await Promise.all(Array.from({ length: AT_ONCE }, work));
      return { series: found.filter(({ rows }) => rows.length > 0), memberships, acceptances };
    },
  });
}
