import { listOutbox, type OutboxMessage, readOutboxMessage } from '../../adapters/outbox/read-outbox.ts';
import type { OutboxEntry, OutboxReader } from '../../lambdas/api/ground.ts';

const MESSAGES = 200;

/** The outbox of a data directory as the API reads it. */
export function outboxReader(folder: string): OutboxReader {
  return {
    list: async () => (await listOutbox(folder, MESSAGES)).messages.map(entryOf),
    async read(name) {
      const message = await readOutboxMessage(folder, name);
      return message === null ? null : entryOf(message);
    },
  };
}

function entryOf({ name, channel, to, date, subject, text }: OutboxMessage): OutboxEntry {
  const at = Date.parse(date);
  return { name, at: Number.isNaN(at) ? null : at, channel, to, subject, text };
}
