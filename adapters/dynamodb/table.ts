import {
  BatchGetItemCommand,
  ConditionalCheckFailedException,
  DeleteItemCommand,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  type QueryCommandInput,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { inParallel as atOnce } from '../../shared/in-parallel.ts';
import type { Written } from '../../shared/ports/records.ts';
import type { Item } from './items.ts';
import type { Key, KeyRange } from './keys.ts';

/** What the adapters stand on. `pause` waits before what a batch left undone is asked for again. */
export interface Connection {
  readonly client: Pick<DynamoDBClient, 'send'>;
  readonly table: string;
  readonly pause?: (milliseconds: number) => Promise<void>;
}

/** `strong` sees every write acknowledged before it, at twice the price. */
export type Consistency = 'strong' | 'eventual';

/** Which attributes of an item are read. */
interface Part {
  readonly ProjectionExpression?: string;
  readonly ExpressionAttributeNames?: Record<string, string>;
}

const WHOLE: Part = {};
/** All that a loader wants of an item, which is two thirds of what reading it takes: the units are the same. */
export const DATA: Part = {
  ProjectionExpression: 'pk, sk, #data',
  ExpressionAttributeNames: { '#data': 'data' },
};

/** Clauses with their values. */
export interface Condition {
  readonly clause: string;
  readonly values?: Record<string, Item[string]>;
}

/** Every writer of these items counts `revision` up by one: what is found as it was read has not been written since. */
const NOT_THERE = 'attribute_not_exists(pk)';
const AS_READ = 'revision = :revision';

/** The condition of a write over an item read at a revision; 0 says that there was none. */
export function asRead(revision: number): Condition {
  return revision === 0
    ? { clause: NOT_THERE }
    : { clause: AS_READ, values: { ':revision': { N: String(revision) } } };
}

export async function getItem({ client, table }: Connection, key: Key): Promise<Item | undefined> {
  const answer = await client.send(
    new GetItemCommand({ TableName: table, Key: marshalled(key), ConsistentRead: true }),
  );
  return answer.Item;
}

/** Writes an item if the condition holds; throws for everything else that went wrong. */
export async function putItem(
  { client, table }: Connection,
  item: Item,
  { clause, values }: Condition,
): Promise<Written> {
  const command = new PutItemCommand({
    TableName: table,
    Item: item,
    ConditionExpression: clause,
    ...(values === undefined ? {} : { ExpressionAttributeValues: values }),
  });
  return orConflict(client.send(command));
}

export async function deleteItem(
  { client, table }: Connection,
  key: Key,
  { clause, values }: Condition,
): Promise<Written> {
  const command = new DeleteItemCommand({
    TableName: table,
    Key: marshalled(key),
    ConditionExpression: clause,
    ...(values === undefined ? {} : { ExpressionAttributeValues: values }),
  });
  return orConflict(client.send(command));
}

/** A change of single attributes, with `#` for names that are words of the query language. */
interface Update extends Required<Condition> {
  readonly update: string;
  readonly names: Record<string, string>;
}

/** Changes an item if the condition holds and tells what it is now; null where it does not hold. */
export async function updateItem(
  { client, table }: Connection,
  key: Key,
  { update, clause, names, values }: Update,
): Promise<Item | null> {
  const command = new UpdateItemCommand({
    TableName: table,
    Key: marshalled(key),
    UpdateExpression: update,
    ConditionExpression: clause,
    ExpressionAttributeNames: names,
    ExpressionAttributeValues: values,
    ReturnValues: 'ALL_NEW',
  });
  try {
    return (await client.send(command)).Attributes ?? {};
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return null;
    throw error;
  }
}

async function orConflict(write: Promise<unknown>): Promise<Written> {
  try {
    await write;
    return 'written';
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return 'conflict';
    throw error;
  }
}

/** One page of a range of keys. */
export interface PageQuery {
  readonly range: KeyRange;
  readonly order: 'ascending' | 'descending';
  readonly limit?: number;
  readonly after?: Item | undefined;
  readonly part?: Part;
}

export async function queryPage(
  { client, table }: Connection,
  { range, order, limit, after, part = WHOLE }: PageQuery,
): Promise<{ readonly items: readonly Item[]; readonly next: Item | undefined }> {
  const input: QueryCommandInput = {
    TableName: table,
    KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :to',
    ExpressionAttributeValues: { ':pk': { S: range.pk }, ':from': { S: range.from }, ':to': { S: range.to } },
    ConsistentRead: true,
    ScanIndexForward: order === 'ascending',
    ...(limit === undefined ? {} : { Limit: limit }),
    ...(after === undefined ? {} : { ExclusiveStartKey: after }),
    ...part,
  };
  const answer = await client.send(new QueryCommand(input));
  return { items: answer.Items ?? [], next: answer.LastEvaluatedKey };
}

/** Every item of a range of keys, page after page. */
export async function queryAll(
  connection: Connection,
  range: KeyRange,
  part: Part = WHOLE,
): Promise<readonly Item[]> {
  const found: Item[] = [];
  let after: Item | undefined;
  do {
    const { items, next } = await queryPage(connection, { range, order: 'ascending', after, part });
    found.push(...items);
    after = next;
  } while (after !== undefined);
  return found;
}

const KEYS_PER_CALL = 100;
/** Few enough that the first answers are worked on while the others are still being put together. */
const BATCHES_AT_ONCE = 6;
const FIRST_PAUSE_MS = 25;
const MOST_ATTEMPTS = 10;

/** The items of these keys that exist, in no order, a hundred keys a call. Throws when a batch is never done. */
export async function getItems(
  connection: Connection,
  keys: readonly Key[],
  consistency: Consistency,
): Promise<readonly Item[]> {
  const found: Item[] = [];
  await takeItems(connection, keys, { consistency, take: (items) => void found.push(...items) });
  return found;
}

/** How items are read, which part of them, and what is done with those of each answer while others are on their way. */
interface Taking {
  readonly consistency: Consistency;
  readonly part?: Part;
  /** How many keys a call asks for. */
  readonly aCall?: number;
  readonly take: (items: readonly Item[]) => void;
}

/** Hands over the items of these keys that exist as they come, a hundred keys a call. Throws when a batch is never done. */
export async function takeItems(
  connection: Connection,
  keys: readonly Key[],
  { consistency, part = WHOLE, aCall = KEYS_PER_CALL, take }: Taking,
): Promise<void> {
  const batches: (readonly Key[])[] = [];
  for (let start = 0; start < keys.length; start += aCall) {
    batches.push(keys.slice(start, start + aCall));
  }
  await atOnce(batches, BATCHES_AT_ONCE, async (batch) => {
    take(await getBatch(connection, batch, { consistency, part }));
  });
}

async function getBatch(
  { client, table, pause = waited }: Connection,
  keys: readonly Key[],
  { consistency, part }: { readonly consistency: Consistency; readonly part: Part },
): Promise<readonly Item[]> {
  const found: Item[] = [];
  let left: Record<string, Item[string]>[] = keys.map(marshalled);
  for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
    if (attempt > 0) await pause(FIRST_PAUSE_MS * 2 ** (attempt - 1));
    const request = { [table]: { Keys: left, ConsistentRead: consistency === 'strong', ...part } };
    const answer = await client.send(new BatchGetItemCommand({ RequestItems: request }));
    found.push(...(answer.Responses?.[table] ?? []));
    left = answer.UnprocessedKeys?.[table]?.Keys ?? [];
    if (left.length === 0) return found;
  }
  throw new Error(
    `the table left ${left.length} of ${keys.length} keys unread after ${MOST_ATTEMPTS} attempts`,
  );
}

const AT_ONCE = 16;

/** Works through a list, a few at a time, and keeps the order of the answers; the first failure ends it. */
export function inParallel<One, Answer>(
  work: readonly One[],
  each: (one: One) => Promise<Answer>,
): Promise<Answer[]> {
  return atOnce(work, AT_ONCE, each);
}

function marshalled({ pk, sk }: Key): Record<string, Item[string]> {
  return { pk: { S: pk }, sk: { S: sk } };
}

/** The key of an item as one text, to look items up by. */
export function keyText({ pk, sk }: Key): string {
  return `${pk}\n${sk}`;
}

/** Items by their key. */
export function byKey(items: readonly Item[]): ReadonlyMap<string, Item> {
  return new Map(items.map((item) => [`${item['pk']?.S}\n${item['sk']?.S}`, item]));
}

function waited(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });
}
