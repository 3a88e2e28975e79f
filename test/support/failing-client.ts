import type { Connection } from '../../adapters/dynamodb/table.ts';

/** How a call fails: before it had an effect, or after. */
export type Failure = 'before' | 'after';

/** A connection whose call number `call`, counted from 0, fails; `calls` tells how many there were. */
export function failingAt(
  { client, table }: Connection,
  call: number,
  failure: Failure,
): Connection & { calls(): number } {
  let made = 0;
  const pass = client.send.bind(client) as (...args: unknown[]) => Promise<unknown>;
  const send = async (...args: unknown[]): Promise<unknown> => {
    const fails = made++ === call;
    if (fails && failure === 'before') throw new Error('failed before');
    const answer = await pass(...args);
    if (fails) throw new Error('failed after');
    return answer;
  };
  return { client: { send }, table, calls: () => made };
}
