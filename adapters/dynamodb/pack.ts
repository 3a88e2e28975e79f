import type { Instant } from '../../shared/calendar/calendar.ts';
import type { Written } from '../../shared/ports/records.ts';
import {
  type BlockPacks,
  changeState,
  readState,
  seriesByYear,
  type SeriesList,
  seriesListOf,
  type StoreState,
} from './catalog.ts';
import { bytes, bytesOf, type Item, number, numberOf, text } from './items.ts';
import { blockOf, type Key, numbersOf, packKey, SERIES_KEY, yearKey, yearOf } from './keys.ts';
import { type PackedYear, packYears } from './packed-years.ts';
import { asRead, byKey, type Connection, getItem, getItems, keyText, putItem } from './table.ts';

/** Who began to write a year this long ago has done it or never will: no function runs longer. */
const OVER_AFTER_MS = 15 * 60_000;
/** What one call packs at most: the next one goes on. */
const MOST_BLOCKS = 8;
/** A larger pack is left out, and its years are read one by one. */
const LARGEST_PACK = 350_000;

const NOTHING = new Uint8Array(0);
const NEVER: BlockPacks = { through: 0, markedAt: 0 };

/** How far a block is packed. */
function packsOfBlock({ packs }: StoreState, block: number): BlockPacks {
  return packs[block] ?? NEVER;
}

/** Whether a year of a block is read from its pack, if there is one. */
export function isPacked(state: StoreState, block: number, year: number): boolean {
  const { through, markedAt } = packsOfBlock(state, block);
  return markedAt === 0 && year <= through;
}

/** The state with one block's packs replaced. */
function withPacks(state: StoreState, block: number, packs: BlockPacks): StoreState {
  const length = Math.max(state.packs.length, block + 1);
  const next = Array.from({ length }, (_, index) => packsOfBlock(state, index));
  next[block] = packs;
  return { ...state, packs: next };
}

/** Says of blocks that their closed years are about to be written: until they are packed again nobody reads their packs. */
export function marked(state: StoreState, blocks: Iterable<number>, now: Instant): StoreState {
  let next = state;
  for (const block of blocks) {
    const { through, markedAt } = packsOfBlock(next, block);
    // Never the same twice, so that who packs sees that somebody began since: packing moves the last write past the mark.
    const later = Math.max(now, markedAt + 1, state.yearsWrittenAt + 1);
    next = withPacks(next, block, { through, markedAt: later });
  }
  return next;
}

/**
 * Copies closed years of blocks of series into packs, once nobody has written any for a while; a few blocks a call, and
 * nothing where all are packed. May be interrupted anywhere and repeated: a block's packs count once the state says so.
 */
export async function packClosedYears(connection: Connection, now: Instant): Promise<void> {
  const state = await readState(connection, 0);
  const waits = state.closing.length > 0 || now - state.yearsWrittenAt < OVER_AFTER_MS;
  if (state.revision === 0 || waits) return;
  const through = state.openFrom - 1;
  const due = blocksOf(state).filter((block) => isDue(packsOfBlock(state, block), through, now));
  if (due.length === 0) return;
  const list = seriesListOf(await getItem(connection, SERIES_KEY));
  for (const block of due.slice(0, MOST_BLOCKS)) {
    const seen = await packBlock(connection, block, { state, list, through });
    if (seen === null) continue;
    await changeState(connection, seen, (current) => {
      const isWritten = current.closing.length > 0 || current.yearsWrittenAt !== seen.yearsWrittenAt;
      if (isWritten || !isAsSeen(current, seen, block)) return null;
      const yearsWrittenAt = Math.max(current.yearsWrittenAt, now);
      return { ...withPacks(current, block, { through, markedAt: 0 }), yearsWrittenAt };
    });
  }
}

/** Whether nobody began to write closed years of a block, or packed it, between two readings of the state. */
function isAsSeen(state: StoreState, before: StoreState, block: number): boolean {
  const [now, then] = [packsOfBlock(state, block), packsOfBlock(before, block)];
  return now.through === then.through && now.markedAt === then.markedAt;
}

function blocksOf({ ranges }: StoreState): readonly number[] {
  return Array.from({ length: blockOf(ranges.length - 1) + 1 }, (_, block) => block);
}

function isDue({ through: packed, markedAt }: BlockPacks, through: number, now: Instant): boolean {
  return markedAt === 0 ? packed < through : now - markedAt >= OVER_AFTER_MS;
}

interface Packing {
  readonly state: StoreState;
  readonly list: SeriesList;
  readonly through: number;
}

/**
 * Packs the years of a block that are new, or all where some were written; tells the state that this follows from, null
 * where somebody else came between.
 */
async function packBlock(
  connection: Connection,
  block: number,
  { state, list, through }: Packing,
): Promise<StoreState | null> {
  const before = packsOfBlock(state, block);
  const after = before.markedAt === 0 ? before.through : 0;
  const years = yearsOf(state, block).filter((year) => year > after && year <= through);
  // Packs first, then the state once more, then year items: whoever packs later has read at least as much.
  const packs = byKey(
    await getItems(
      connection,
      years.map((year) => packKey(block, year)),
      'strong',
    ),
  );
  const seen = await readState(connection, 0);
  // Another one's packs may hold series of which ours knows nothing yet.
  if (!isAsSeen(seen, state, block)) return null;
  for (const year of years) {
    const key = packKey(block, year);
    const entries = await readYear(connection, block, { state, list, year });
    const written = await putPack(connection, key, { entries, item: packs.get(keyText(key)) });
    if (written === 'conflict') return null;
  }
  return seen;
}

/** The years in which some series of a block may have rows. */
function yearsOf({ ranges }: StoreState, block: number): readonly number[] {
  const { from, below } = numbersOf(block);
  const years = new Set<number>();
  for (const range of ranges.slice(from, below)) {
    if (range === undefined) continue;
    for (let year = yearOf(range.first); year <= yearOf(range.last); year += 1) years.add(year);
  }
  return [...years].toSorted((a, b) => a - b);
}

async function readYear(
  connection: Connection,
  block: number,
  { state, list, year }: Pick<Packing, 'state' | 'list'> & { readonly year: number },
): Promise<readonly PackedYear[]> {
  const numbers = seriesByYear(state)(block, year);
  const keyOf = (series: number): Key => yearKey(list.ids[series] ?? '', year);
  const items = byKey(await getItems(connection, numbers.map(keyOf), 'strong'));
  return numbers.flatMap((series) => {
    const item = items.get(keyText(keyOf(series)));
    return item === undefined ? [] : [{ number: series, data: bytesOf(item, 'data') }];
  });
}

/**
 * Writes a pack over the one that was read, unless it says the same already. One that would be too large says nothing
 * instead: a pack is never deleted, so that its revision only goes up.
 */
async function putPack(
  connection: Connection,
  key: Key,
  { entries, item }: { readonly entries: readonly PackedYear[]; readonly item: Item | undefined },
): Promise<Written> {
  const revision = numberOf(item, 'revision');
  const packed = packYears(entries);
  const data = entries.length === 0 || packed.length > LARGEST_PACK ? null : packed;
  const before = item === undefined ? null : bytesOf(item, 'data');
  if (Buffer.compare(before ?? NOTHING, data ?? NOTHING) === 0) return 'written';
  const next = {
    ...{ pk: text(key.pk), sk: text(key.sk), revision: number(revision + 1) },
    ...(data === null ? {} : { data: bytes(data) }),
  };
  return await putItem(connection, next, asRead(revision));
}
