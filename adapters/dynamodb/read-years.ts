import type { Day } from '../../shared/calendar/date.ts';
import type { Rows } from '../../shared/series/rows.ts';
import type { SeriesId } from '../../shared/series/snapshot.ts';
import { seriesByYear, type SeriesList, type StoreState } from './catalog.ts';
import { bytesOf, type Item, textOf } from './items.ts';
import { blockOf, firstDayOf, type Key, packKey, seriesOfYear, yearKey, yearOf } from './keys.ts';
import { isPacked } from './pack.ts';
import { type KeyMemory, unpackRows } from './packed-rows.ts';
import { PACKS_A_CALL, unpackYears } from './packed-years.ts';
import { type Connection, type Consistency, DATA, keyText, takeItems } from './table.ts';

/** One wanted series that is stored, with the days to load. */
export interface Wanted {
  readonly id: SeriesId;
  readonly number: number;
  readonly from: Day;
  readonly to: Day;
}

/** Rows of closed years. */
export interface ClosedYears {
  /** Undefined where the series has no item of the year. */
  rowsOf(number: number, year: number): Rows | undefined;
}

/** A pack is as large as what it holds: it is read where at least a fourth of its series are wanted. */
const WORTH = 4;

/** The closed years of a series that can have rows. */
export function closedYearsOf({ from, to }: Wanted, { openFrom }: StoreState): readonly number[] {
  if (from > to) return [];
  const [first, last] = [yearOf(from), Math.min(yearOf(to), openFrom - 1)];
  return Array.from({ length: Math.max(0, last + 1 - first) }, (_, index) => first + index);
}

/** What is read of one block and year. */
interface Portion {
  readonly block: number;
  readonly year: number;
  readonly wanted: Wanted[];
}

/**
 * Reads the closed years of series: from packs where they hold what is wanted and little else, from year items where they
 * do not. All is unpacked as it comes, while the rest is on its way.
 */
export async function readClosedYears(
  connection: Connection,
  wanted: readonly Wanted[],
  { list, state, consistency }: { list: SeriesList; state: StoreState; consistency: Consistency },
): Promise<ClosedYears> {
  const portions = portionsOf(wanted, state);
  const seriesIn = seriesByYear(state);
  const inPacks = new Map<string, Portion>();
  const alone: Portion[] = [];
  for (const portion of portions) {
    const { block, year } = portion;
    if (isPacked(state, block, year) && portion.wanted.length * WORTH >= seriesIn(block, year).length) {
      inPacks.set(keyText(packKey(block, year)), portion);
    } else alone.push(portion);
  }
  const taken = createTaken(list);
  const take = (items: readonly Item[]): void => {
    for (const item of items) {
      const key = { pk: textOf(item, 'pk'), sk: textOf(item, 'sk') };
      const portion = inPacks.get(keyText(key));
      if (portion === undefined) taken.addYear(key, item);
      else if (taken.addPack(portion, item)) inPacks.delete(keyText(key));
    }
  };
  const reading = { consistency, part: DATA, take };
  const packKeys = [...inPacks.values()].map(({ block, year }) => packKey(block, year));
  await Promise.all([
    takeItems(connection, packKeys, { ...reading, aCall: PACKS_A_CALL }),
    takeItems(connection, alone.flatMap(yearKeysOf), reading),
  ]);
  // What was too large to be packed together is there year by year.
  await takeItems(connection, [...inPacks.values()].flatMap(yearKeysOf), reading);
  return taken;
}

function portionsOf(wanted: readonly Wanted[], state: StoreState): readonly Portion[] {
  const portions = new Map<number, Portion>();
  for (const one of wanted) {
    const block = blockOf(one.number);
    for (const year of closedYearsOf(one, state)) {
      const at = placeOf(block, year);
      const portion = portions.get(at) ?? { block, year, wanted: [] };
      portions.set(at, portion);
      portion.wanted.push(one);
    }
  }
  return [...portions.values()];
}

function yearKeysOf({ wanted, year }: Portion): readonly Key[] {
  return wanted.map(({ id }) => yearKey(id, year));
}

/** One number for a block or a series, and a year. */
function placeOf(number: number, year: number): number {
  return number * 10_000 + year;
}

interface Taken extends ClosedYears {
  addYear(key: Key, item: Item): void;
  /** False for a pack that holds nothing because it would be too large. */
  addPack(portion: Portion, item: Item): boolean;
}

function createTaken(list: SeriesList): Taken {
  const rows = new Map<number, Rows>();
  const memory: KeyMemory = new Map();
  return {
    rowsOf: (number, year) => rows.get(placeOf(number, year)),
    addYear({ pk, sk }, item) {
      const number = list.numbers.get(seriesOfYear(pk)) ?? -1;
      const year = Number(sk);
      rows.set(placeOf(number, year), unpackRows(bytesOf(item, 'data'), firstDayOf(year), memory));
    },
    addPack({ year, wanted }, item) {
      const packed = bytesOf(item, 'data');
      if (packed.length === 0) return false;
      const numbers = new Set(wanted.map(({ number }) => number));
      const first = firstDayOf(year);
      for (const { number, data } of unpackYears(packed)) {
        if (numbers.has(number)) rows.set(placeOf(number, year), unpackRows(data, first, memory));
      }
      return true;
    },
  };
}
