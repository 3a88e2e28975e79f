import type { AlertStore } from '../../shared/ports/records.ts';
import { alertRecordOf } from './alert-item.ts';
import { type Item, text, textOf } from './items.ts';
import { alertRange } from './keys.ts';
import { type Connection, queryPage } from './table.ts';

type AlertPage = Awaited<ReturnType<AlertStore['page']>>;

/** Alerts of a stretch of sessions, newest first: one query for a page within a year. The cursor is opaque. */
export async function pageAlerts(
  connection: Connection,
  { from, to, limit, cursor }: Parameters<AlertStore['page']>[0],
): Promise<AlertPage> {
  const items: Item[] = [];
  const firstYear = Number(from.slice(0, 4));
  let after = cursor === null ? undefined : itemOf(cursor, { from, to });
  let year = after === undefined ? Number(to.slice(0, 4)) : yearOfItem(after);
  // One more than asked for tells whether there is a next page.
  while (year >= firstYear && items.length <= limit) {
    const range = alertRange(year, from, to);
    const page = await queryPage(connection, {
      range,
      order: 'descending',
      limit: limit + 1 - items.length,
      after,
    });
    items.push(...page.items);
    after = page.next;
    if (after === undefined) year--;
  }
  const last = items.length > limit ? items[limit - 1] : undefined;
  return {
    records: items.slice(0, limit).map(alertRecordOf),
    cursor: last === undefined ? null : cursorOf(last),
  };
}

function cursorOf(item: Item): string {
  return Buffer.from(`${textOf(item, 'pk')}\n${textOf(item, 'sk')}`).toString('base64url');
}

type Stretch = Pick<Parameters<AlertStore['page']>[0], 'from' | 'to'>;

/** Throws a `RangeError` for what is no cursor, or one of other sessions: the table takes no key outside its range. */
function itemOf(cursor: string, { from, to }: Stretch): Item {
  const [pk = '', sk = ''] = Buffer.from(cursor, 'base64url').toString().split('\n');
  const session = sk.slice(0, 10);
  const fits = pk === `ALERT#${sk.slice(0, 4)}` && session >= from && session <= to;
  if (!fits) throw new RangeError('this is no cursor of a page of these alerts');
  return { pk: text(pk), sk: text(sk) };
}

function yearOfItem(item: Item): number {
  return Number(textOf(item, 'pk').slice(-4));
}
