import type { RecordStore, Versioned, Written } from '../../shared/ports/records.ts';
import { type Item, longText, longTextOf, number, numberOf, text, textOf } from './items.ts';
import { recordKey, recordRange } from './keys.ts';
import { asRead, type Connection, deleteItem, getItem, putItem, queryAll } from './table.ts';

/** Keeps small named values in the table, each under its own revision. */
export function createDynamoRecords(connection: Connection): RecordStore {
  return {
    async read(name) {
      const item = await getItem(connection, recordKey(name));
      return item === undefined ? null : versionedOf(item);
    },
    write: (name, value, expected) => writeRecord(connection, { name, value, expected }),
    async list(prefix) {
      const items = await queryAll(connection, recordRange(prefix));
      return items.map((item) => ({ name: textOf(item, 'sk'), ...versionedOf(item) }));
    },
    remove: (name, expected) => removeRecord(connection, name, expected),
  };
}

function versionedOf(item: Item): Versioned<string> {
  return { value: longTextOf(item, 'value'), revision: numberOf(item, 'revision') };
}

async function writeRecord(
  connection: Connection,
  { name, value, expected }: { name: string; value: string; expected: number },
): Promise<Written> {
  const { pk, sk } = recordKey(name);
  const item = { pk: text(pk), sk: text(sk), revision: number(expected + 1), value: longText(value) };
  return putItem(connection, item, asRead(expected));
}

/** Nothing is there to be removed at revision 0, and so it ends well exactly where nothing is there. */
async function removeRecord(connection: Connection, name: string, expected: number): Promise<Written> {
  return deleteItem(connection, recordKey(name), asRead(expected));
}
