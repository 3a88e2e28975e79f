import { promises } from 'node:fs';
import { join } from 'node:path';
import { readRecord, type SubscriptionRecord, writeRecord } from '../../shared/subscriptions/record.ts';
import { inOrder, type SubscriptionShelf } from '../subscriptions/shelf.ts';
import { namesIn, readIfThere, writePrivate } from './private-files.ts';

const ENDING = '.json';

/**
 * Subscription records as files, one for each, so that two commands at once on different addresses lose nothing of
 * either. A file that holds no record counts as none.
 */
export function fileShelf(folder: string): SubscriptionShelf {
  const pathOf = (id: string): string => join(folder, `${encodeURIComponent(id)}${ENDING}`);
  return {
    get: (id) => read(pathOf(id)),
    put: (record) => writePrivate(pathOf(record.id), writeRecord(record)),
    remove: (id) => promises.rm(pathOf(id), { force: true }),
    async all() {
      const names = (await namesIn(folder)).filter((name) => name.endsWith(ENDING));
      const records = await Promise.all(names.map((name) => read(join(folder, name))));
      return inOrder(records.filter((record) => record !== null));
    },
  };
}

async function read(path: string): Promise<SubscriptionRecord | null> {
  const text = await readIfThere(path);
  return text === null ? null : readRecord(text);
}
