import {
  BatchGetItemCommand,
  ConditionalCheckFailedException,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
} from '@aws-sdk/client-dynamodb';
import type { Item } from '../../adapters/dynamodb/items.ts';
import type { Connection } from '../../adapters/dynamodb/table.ts';

/** Ends whoever died: no call of theirs is ever answered. */
const NEVER = new Promise<never>(() => undefined);

/** Somebody who works on the table. */
interface Worker {
  readonly startedAt: number;
  dead: boolean;
}

/** A call that waits: it is answered, or whoever made it dies at it, with or without its effect. */
export interface Waiting {
  readonly worker: Worker;
  readonly answer: () => void;
  readonly die: (effect: 'none' | 'made') => void;
}

/** A table in memory on which every call of many workers waits until it is picked, in any order, and time is virtual. */
export interface RacingTable {
  readonly now: () => number;
  pass(milliseconds: number): void;
  /** Starts work; what it does waits to be picked. */
  start(work: (connection: Connection, now: number) => Promise<unknown>): void;
  /** Works at once, alone. */
  alone(): Connection;
  /** Calls that wait, after everything that follows from those answered before. */
  waiting(): Promise<readonly Waiting[]>;
}

export function racingTable(startsAt: number): RacingTable {
  const items = new Map<string, Item>();
  let now = startsAt;
  let waiting: Waiting[] = [];
  const connectionOf = (send: (command: unknown) => Promise<unknown>): Connection => ({
    table: 'table',
    client: { send },
    pause: async () => undefined,
  });
  const gated =
    (worker: Worker) =>
    (command: unknown): Promise<unknown> => {
      if (worker.dead) return NEVER;
      return new Promise((resolve, reject) => {
        const turn: Waiting = {
          worker,
          answer: () => {
            waiting = waiting.filter((one) => one !== turn);
            try {
              resolve(answered(items, command));
            } catch (error) {
              reject(error);
            }
          },
          die: (effect) => {
            worker.dead = true;
            // What was under way at once ends with its worker; the picked call may have been made.
            waiting = waiting.filter((one) => one.worker !== worker);
            try {
              if (effect === 'made') answered(items, command);
            } catch {
              // A condition that does not hold has no effect.
            }
          },
        };
        waiting.push(turn);
      });
    };
  return {
    now: () => now,
    pass: (milliseconds) => void (now += milliseconds),
    start(work) {
      const worker: Worker = { startedAt: now, dead: false };
      void work(connectionOf(gated(worker)), now);
    },
    alone: () => connectionOf(async (command) => answered(items, command)),
    async waiting() {
      await new Promise((resolve) => setImmediate(resolve));
      return waiting;
    },
  };
}

/** What a table answers. Throws a failed condition, and for any command that is not known here. */
function answered(items: Map<string, Item>, command: unknown): unknown {
  if (command instanceof GetItemCommand) return { Item: items.get(nameOf(command.input.Key)) };
  if (command instanceof BatchGetItemCommand) {
    const keys = command.input.RequestItems?.['table']?.Keys ?? [];
    return {
      Responses: { table: keys.map((key) => items.get(nameOf(key))).filter((item) => item !== undefined) },
    };
  }
  if (command instanceof PutItemCommand) return put(items, command.input);
  if (!(command instanceof QueryCommand)) throw new Error(`unknown command ${String(command)}`);
  const { ':pk': pk, ':from': from, ':to': to } = command.input.ExpressionAttributeValues ?? {};
  const found = [...items.values()].filter(
    (item) => item['pk']?.S === pk?.S && sortOf(item) >= (from?.S ?? '') && sortOf(item) <= (to?.S ?? ''),
  );
  return { Items: found.toSorted((a, b) => (sortOf(a) < sortOf(b) ? -1 : 1)) };
}

function put(
  items: Map<string, Item>,
  { Item: item, ExpressionAttributeValues: values }: PutItemCommand['input'],
): unknown {
  const name = nameOf(item);
  const wanted = values?.[':revision']?.N;
  if (items.get(name)?.['revision']?.N !== wanted) {
    throw new ConditionalCheckFailedException({ message: 'the condition does not hold', $metadata: {} });
  }
  items.set(name, item ?? {});
  return {};
}

function nameOf(key: Item | undefined): string {
  return `${key?.['pk']?.S}\n${key?.['sk']?.S}`;
}

function sortOf(item: Item): string {
  return item['sk']?.S ?? '';
}
