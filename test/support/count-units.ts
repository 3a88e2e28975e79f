import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';

/** What was asked of the table: calls, and units as the engine counts them by DynamoDB's rules. */
export interface Units {
  calls: number;
  read: number;
  written: number;
}

interface Capacity {
  readonly CapacityUnits?: number;
}

/** An entry of the sparse index is smaller than a unit. */
const INDEX_ENTRY = 1;
const LEAST_READ = 0.5;

/** Counts what a client asks from now on; `take` tells and starts again. */
export function countUnits(client: DynamoDBClient): { take(): Units } {
  let units: Units = { calls: 0, read: 0, written: 0 };
  client.middlewareStack.add(
    (next, { commandName = '' }) =>
      async (args) => {
        const reads = /^(Get|BatchGet|Query)/.test(commandName);
        Object.assign(args.input, { ReturnConsumedCapacity: 'TOTAL' });
        units.calls++;
        const answer = await next(args);
        const { ConsumedCapacity: consumed } = answer.output as { ConsumedCapacity?: Capacity | Capacity[] };
        const sum = [consumed ?? []]
          .flat()
          .reduce((total, { CapacityUnits = 0 }) => total + CapacityUnits, 0);
        // The engine lets an empty answer pass for nothing.
        if (reads) units.read += Math.max(sum, LEAST_READ);
        // The engine leaves out the index, which every write of an alert that is due changes.
        else units.written += sum + (/"duePk"|leaseUntil/.test(JSON.stringify(args.input)) ? INDEX_ENTRY : 0);
        return answer;
      },
    { step: 'initialize' },
  );
  return {
    take() {
      const taken = units;
      units = { calls: 0, read: 0, written: 0 };
      return taken;
    },
  };
}
