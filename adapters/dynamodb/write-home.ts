import type { Instant } from '../../shared/calendar/calendar.ts';
import { type MergeCounts, mergeRows } from '../../shared/series/merge-rows.ts';
import { growRows, type Rows } from '../../shared/series/rows.ts';
import { MOST_CONFLICTS, tooManyConflicts } from './catalog.ts';
import type { Home } from './homes.ts';
import { bytes, bytesOf, type Item, number, numberOf, text } from './items.ts';
import type { Key } from './keys.ts';
import { type KeyMemory, packRows, unpackRows } from './packed-rows.ts';
import { asRead, type Connection, getItem, putItem } from './table.ts';

/** What became of the rows of one item. */
export interface HomeOutcome {
  readonly counts: MergeCounts;
  readonly written: boolean;
  /** When the newest revision in the item was stored; 0 when it has none. */
  readonly changedAt: Instant;
}

/** Who writes, and when. */
export interface Writer {
  readonly source: string;
  readonly now: Instant;
}

/** What becomes of rows that an item says already; null where something is to be written. */
export function unchangedBy(home: Home, item: Item, { now }: Writer): HomeOutcome | null {
  const { counts, changed } = mergeRows(rowsOfItem(item, home.origin), home.rows, now);
  return changed ? null : { counts, written: false, changedAt: numberOf(item, 'changedAt') };
}

/** A source is a remark; it must not fill the item. */
const LONGEST_SOURCE = 200;

/** Adds rows to an item as last read, or as it is now where somebody wrote it since. */
export async function writeHome(
  connection: Connection,
  home: Home,
  { item, writer }: { item: Item | undefined; writer: Writer },
): Promise<HomeOutcome> {
  let current = item;
  for (let attempt = 0; attempt < MOST_CONFLICTS; attempt++) {
    const { rows, counts, changed } = mergeRows(rowsOfItem(current, home.origin), home.rows, writer.now);
    const before = numberOf(current, 'changedAt');
    if (!changed) return { counts, written: false, changedAt: before };
    const changedAt = counts.revised > 0 ? Math.max(before, writer.now) : before;
    const content = { rows, origin: home.origin, changedAt, source: writer.source };
    const revision = numberOf(current, 'revision');
    const next = observationsItem(home.key, revision + 1, content);
    if ((await putItem(connection, next, asRead(revision))) === 'written') {
      return { counts, written: true, changedAt };
    }
    current = await getItem(connection, home.key);
  }
  throw tooManyConflicts(`the observations under ${home.key.pk} ${home.key.sk}`);
}

/** Rows of a day or year item; none where there is no item. */
export function rowsOfItem(item: Item | undefined, origin: number, memory?: KeyMemory): Rows {
  return item === undefined ? growRows() : unpackRows(bytesOf(item, 'data'), origin, memory);
}

interface Content {
  readonly rows: Rows;
  readonly origin: number;
  readonly changedAt: Instant;
  readonly source: string;
}

export function observationsItem(
  { pk, sk }: Key,
  revision: number,
  { rows, origin, changedAt, source }: Content,
): Item {
  return {
    pk: text(pk),
    sk: text(sk),
    revision: number(revision),
    data: bytes(packRows(rows, origin)),
    changedAt: number(changedAt),
    source: text(source.slice(0, LONGEST_SOURCE)),
  };
}
