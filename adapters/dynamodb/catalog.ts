import type { Instant } from '../../shared/calendar/calendar.ts';
import type { Day } from '../../shared/calendar/date.ts';
import type { SeriesId } from '../../shared/series/snapshot.ts';
import {
  deflated,
  inflatedOf,
  type Item,
  longText,
  longTextOf,
  number,
  numberOf,
  text,
  textOf,
} from './items.ts';
import { numbersOf, SERIES_KEY, STATE_KEY, yearOf } from './keys.ts';
import { asRead, type Connection, getItem, putItem } from './table.ts';

/** Every series ever named, in the order they came: the position is a series' number in day items, for ever. */
export interface SeriesList {
  readonly ids: readonly SeriesId[];
  readonly numbers: ReadonlyMap<SeriesId, number>;
  readonly revision: number;
}

/** First and last day of a series, both inclusive. */
export interface DayRange {
  readonly first: Day;
  readonly last: Day;
}

/** A year whose days are being moved to year items, and since when. */
export interface ClosingYear {
  readonly year: number;
  readonly since: Instant;
}

/** How far the closed years of a block of series are packed. */
export interface BlockPacks {
  /** The last year packed; 0: none. */
  readonly through: number;
  /** When somebody last began to write a closed year of the block; 0: since it was packed nobody did. */
  readonly markedAt: Instant;
}

/** What the store knows of itself. */
export interface StoreState {
  readonly revision: number;
  /** The first year kept by day; earlier ones are kept by series and year. Never goes back. */
  readonly openFrom: number;
  /** Years before `openFrom` of which day items may still hold something that year items do not. */
  readonly closing: readonly ClosingYear[];
  /** By number of the series; undefined where nothing was stored of it yet. */
  readonly ranges: readonly (DayRange | undefined)[];
  /** By number of the block; absent: nothing is packed of it. */
  readonly packs: readonly BlockPacks[];
  /** When the newest revision, acceptance or membership change was stored; 0: none. */
  readonly changedAt: Instant;
  /** When a year item was last written; 0: never. */
  readonly yearsWrittenAt: Instant;
  /** When this state was last written. */
  readonly writtenAt: Instant;
}

/** More writers than this at once on one item is a fault, not bad luck. */
export const MOST_CONFLICTS = 50;

export function seriesListOf(item: Item | undefined): SeriesList {
  const names = item === undefined ? '' : new TextDecoder().decode(inflatedOf(item, 'names'));
  const ids = names === '' ? [] : names.split('\n');
  return {
    ids,
    numbers: new Map(ids.map((id, index) => [id, index])),
    revision: numberOf(item, 'revision'),
  };
}

/** Gives every series a number, those that are new the next ones. */
export async function withNumbers(
  connection: Connection,
  list: SeriesList,
  wanted: readonly SeriesId[],
): Promise<SeriesList> {
  let known = list;
  for (let attempt = 0; attempt < MOST_CONFLICTS; attempt++) {
    const missing = [...new Set(wanted)].filter((id) => !known.numbers.has(id)).toSorted();
    if (missing.length === 0) return known;
    const item = seriesItem([...known.ids, ...missing], known.revision + 1);
    if ((await putItem(connection, item, asRead(known.revision))) === 'written') return seriesListOf(item);
    known = seriesListOf(await getItem(connection, SERIES_KEY));
  }
  throw tooManyConflicts('the list of series');
}

function seriesItem(ids: readonly SeriesId[], revision: number): Item {
  const names = deflated(new TextEncoder().encode(ids.join('\n')));
  return { pk: text(SERIES_KEY.pk), sk: text(SERIES_KEY.sk), revision: number(revision), names };
}

/** The state of a store; of one without any, what the first write makes of it. */
export function storeStateOf(item: Item | undefined, firstYear: number): StoreState {
  if (item === undefined) {
    const never = { changedAt: 0, yearsWrittenAt: 0, writtenAt: 0 };
    return { revision: 0, openFrom: firstYear, closing: [], ranges: [], packs: [], ...never };
  }
  return {
    revision: numberOf(item, 'revision'),
    openFrom: numberOf(item, 'openFrom'),
    closing: closingOf(textOf(item, 'closing')),
    ranges: rangesOf(inflatedOf(item, 'ranges')),
    packs: packsOf(longTextOf(item, 'packs')),
    changedAt: numberOf(item, 'changedAt'),
    yearsWrittenAt: numberOf(item, 'yearsWrittenAt'),
    writtenAt: numberOf(item, 'writtenAt'),
  };
}

function stateItem(state: StoreState): Item {
  return {
    pk: text(STATE_KEY.pk),
    sk: text(STATE_KEY.sk),
    revision: number(state.revision + 1),
    openFrom: number(state.openFrom),
    closing: text(state.closing.map(({ year, since }) => `${year}@${since}`).join(' ')),
    ranges: deflated(rangeBytes(state.ranges)),
    packs: longText(state.packs.map(({ through, markedAt }) => `${through}@${markedAt}`).join(' ')),
    changedAt: number(state.changedAt),
    yearsWrittenAt: number(state.yearsWrittenAt),
    writtenAt: number(state.writtenAt),
  };
}

/** Changes the state under its condition, from the newest one on where somebody was faster. Null: nothing to change. */
export async function changeState(
  connection: Connection,
  from: StoreState,
  change: (state: StoreState) => StoreState | null,
): Promise<StoreState> {
  let state = from;
  for (let attempt = 0; attempt < MOST_CONFLICTS; attempt++) {
    const changed = change(state);
    if (changed === null) return state;
    const next = { ...changed, revision: state.revision };
    if ((await putItem(connection, stateItem(next), asRead(state.revision))) === 'written') {
      return { ...next, revision: state.revision + 1 };
    }
    state = await readState(connection, state.openFrom);
  }
  throw tooManyConflicts('the state of the store');
}

export async function readState(connection: Connection, firstYear: number): Promise<StoreState> {
  return storeStateOf(await getItem(connection, STATE_KEY), firstYear);
}

/** Tells the series of a block, by number, that can have rows in a year. */
export function seriesByYear({ ranges }: StoreState): (block: number, year: number) => readonly number[] {
  const years = ranges.map((range) => range && { first: yearOf(range.first), last: yearOf(range.last) });
  return (block, year) => {
    const { from, below } = numbersOf(block);
    const found: number[] = [];
    for (let series = from; series < below; series += 1) {
      const range = years[series];
      if (range !== undefined && range.first <= year && year <= range.last) found.push(series);
    }
    return found;
  };
}

export function tooManyConflicts(what: string): Error {
  return new Error(`others kept writing ${what}: gave up after ${MOST_CONFLICTS} attempts`);
}

const NOTHING = 0x7f_ff_ff_ff;

/** All first days, then all last ones: neighbours are alike, which compresses well. */
function rangeBytes(ranges: readonly (DayRange | undefined)[]): Uint8Array {
  const days = Int32Array.from([
    ...Array.from(ranges, (range) => range?.first ?? NOTHING),
    ...Array.from(ranges, (range) => range?.last ?? NOTHING),
  ]);
  return new Uint8Array(days.buffer);
}

function rangesOf(packed: Uint8Array): readonly (DayRange | undefined)[] {
  // A copy of its own: inflated bytes may lie anywhere in a larger buffer.
  const days = new Int32Array(new Uint8Array(packed).buffer);
  const length = days.length / 2;
  return Array.from({ length }, (_, index) => {
    const [first = NOTHING, last = NOTHING] = [days[index], days[length + index]];
    return first === NOTHING ? undefined : { first, last };
  });
}

function closingOf(packed: string): readonly ClosingYear[] {
  return pairsOf(packed).map(([year, since]) => ({ year, since }));
}

function packsOf(packed: string): readonly BlockPacks[] {
  return pairsOf(packed).map(([through, markedAt]) => ({ through, markedAt }));
}

/** `a@b c@d` as pairs of numbers. */
function pairsOf(packed: string): readonly (readonly [number, number])[] {
  return packed
    .split(' ')
    .filter((one) => one !== '')
    .map((one) => {
      const [first = '', second = ''] = one.split('@');
      return [Number(first), Number(second)] as const;
    });
}
