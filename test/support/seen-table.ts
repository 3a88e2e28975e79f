import { BatchGetItemCommand } from '@aws-sdk/client-dynamodb';
import { createDynamoObservations } from '../../adapters/dynamodb/observations.ts';
import type { Connection } from '../../adapters/dynamodb/table.ts';

type Send = (command: { readonly input: Record<string, unknown> }) => Promise<unknown>;

/** The same table, with every call seen before it is made. */
export function seen(
  { client, table }: Connection,
  look: (command: object) => Promise<void> | void,
): Connection {
  const send: Send = async (command) => {
    await look(command);
    return await client.send(command as never);
  };
  return { table, client: { send } as Connection['client'] };
}

/** The key of the item that a command writes; empty for every other. */
export function writtenTo(command: object): string {
  const { Item } = (command as { input: { Item?: { pk: { S: string } } } }).input;
  return Item?.pk.S ?? '';
}

/** The partitions that a load asks of, by the first word of their keys: how many keys. */
export async function keysRead(table: Connection, ids: readonly string[]): Promise<Record<string, number>> {
  const found: Record<string, number> = {};
  const counting = seen(table, (command) => {
    if (!(command instanceof BatchGetItemCommand)) return;
    for (const { pk } of command.input.RequestItems?.[table.table]?.Keys ?? []) {
      const word = String(pk?.S).split('#')[0] ?? '';
      found[word] = (found[word] ?? 0) + 1;
    }
  });
  await createDynamoObservations(counting).load({ series: ids.map((id) => ({ id, from: '1990-01-01' })) });
  return found;
}
