import type { Instant } from '../../shared/calendar/calendar.ts';
import type { ObservationBatch } from '../../shared/ports/observations.ts';
import type { MergeCounts } from '../../shared/series/merge-rows.ts';
import type { Rows } from '../../shared/series/rows.ts';
import type { SeriesId } from '../../shared/series/snapshot.ts';
import {
  changeState,
  type DayRange,
  readState,
  type SeriesList,
  seriesListOf,
  type StoreState,
  storeStateOf,
  tooManyConflicts,
  withNumbers,
} from './catalog.ts';
import { finishClosing } from './compact.ts';
import { bySeries, type Home, homesOf } from './homes.ts';
import { bytesOf, type Item } from './items.ts';
import {
  blockOf,
  dayAt,
  dayKey,
  firstDayOf,
  type Key,
  membersKey,
  SERIES_KEY,
  STATE_KEY,
  yearOf,
} from './keys.ts';
import { writeMemberships } from './memberships.ts';
import { marked } from './pack.ts';
import { blocksBehind, type ReadYear } from './packs-behind.ts';
import { byKey, type Connection, getItems, inParallel, keyText } from './table.ts';
import { type HomeOutcome, unchangedBy, type Writer, writeHome } from './write-home.ts';

/** A year is closed once in a year; more moves than this while a batch is stored are a fault. */
const MOST_MOVES = 5;
/** Days read together with the catalog, in its call. */
const DAYS_READ_AHEAD = 90;

/** Everything a batch needs while it is stored. */
interface Recording {
  readonly connection: Connection;
  readonly series: ReadonlyMap<SeriesId, Rows>;
  readonly list: SeriesList;
  readonly writer: Writer;
  /** Items read already, by key. */
  readonly ahead: ReadonlyMap<string, Item | undefined>;
}

/** Stores a batch: its items first, then the catalog, so that what the catalog promises is there. */
export async function recordObservations(
  connection: Connection,
  batch: ObservationBatch,
  now: Instant,
): Promise<MergeCounts> {
  const series = bySeries(batch.series);
  const universes = [...new Set(batch.memberships.map(({ universe }) => universe))];
  const ahead = await readAhead(connection, { series, universes, firstOpen: firstDayOf(yearOf(dayAt(now))) });
  const list = await withNumbers(connection, seriesListOf(ahead.get(keyText(SERIES_KEY))), [
    ...series.keys(),
  ]);
  const membershipChanges = await inParallel(universes, async (universe) => {
    const spans = batch.memberships.filter((span) => span.universe === universe);
    return writeMemberships(connection, {
      universe,
      spans,
      item: ahead.get(keyText(membersKey(universe))),
      now,
    });
  });
  const state = storeStateOf(ahead.get(keyText(STATE_KEY)), yearOf(dayAt(now)));
  const recording = { connection, series, list, writer: { source: batch.source, now }, ahead };
  return recordRows(recording, state, Math.max(0, ...membershipChanges));
}

/** Reads in one call what the ordinary day needs: the catalog and the days of the batch. */
async function readAhead(
  connection: Connection,
  { series, universes, firstOpen }: ReadAhead,
): Promise<ReadonlyMap<string, Item | undefined>> {
  const days = new Set<number>();
  for (const rows of series.values()) {
    for (let index = 0; index < rows.length && days.size <= DAYS_READ_AHEAD; index++) {
      if (rows.day(index) >= firstOpen) days.add(rows.day(index));
    }
  }
  const dayKeys = days.size > DAYS_READ_AHEAD ? [] : [...days].map(dayKey);
  const keys = [SERIES_KEY, STATE_KEY, ...universes.map(membersKey), ...dayKeys];
  return readItems(connection, keys);
}

interface ReadAhead {
  readonly series: ReadonlyMap<SeriesId, Rows>;
  readonly universes: readonly string[];
  readonly firstOpen: number;
}

/** Items by key; undefined stands for what was asked for and is not there. */
async function readItems(
  connection: Connection,
  keys: readonly Key[],
): Promise<ReadonlyMap<string, Item | undefined>> {
  const found = byKey(await getItems(connection, keys, 'strong'));
  return new Map(keys.map((key) => [keyText(key), found.get(keyText(key))]));
}

/** Writes the items, then the state; once more where a year was closed in between and its rows belong elsewhere now. */
async function recordRows(recording: Recording, start: StoreState, changedAt: Instant): Promise<MergeCounts> {
  let state = start;
  let first: MergeCounts | null = null;
  for (let move = 0; move < MOST_MOVES; move++) {
    await finishTouched(recording, state);
    const homes = await readHomes(recording, state.openFrom);
    const before = await markPacks(recording, state, homes);
    const outcomes = await writeHomes(recording, homes);
    // Written a second time, rows count as they did at first.
    first ??= countsOf(outcomes);
    const settled = await settle(recording, before, { outcomes, changedAt });
    if (settled.openFrom === state.openFrom) return first;
    state = settled;
  }
  throw tooManyConflicts('the first open year');
}

/** A year that is only half moved is moved to its end first, so that its year items hold everything. */
async function finishTouched(
  { connection, series, list, writer: { now } }: Recording,
  state: StoreState,
): Promise<void> {
  for (const closing of state.closing) {
    const [first, after] = [firstDayOf(closing.year), firstDayOf(closing.year + 1)];
    const touched = [...series.values()].some((rows) => hasDay(rows, first, after));
    if (touched) await finishClosing(connection, closing, { list, now });
  }
}

function hasDay(rows: Rows, first: number, after: number): boolean {
  for (let index = 0; index < rows.length; index++) {
    if (rows.day(index) >= first && rows.day(index) < after) return true;
  }
  return false;
}

/** A home with its item as read; `outcome` where that says all of its rows already. */
interface ReadHome {
  readonly home: Home;
  readonly item: Item | undefined;
  readonly outcome: HomeOutcome | null;
}

async function readHomes(recording: Recording, openFrom: number): Promise<readonly ReadHome[]> {
  const { connection, series, list, writer, ahead } = recording;
  const homes = homesOf(series, list.numbers, openFrom);
  const unread = homes.filter(({ key }) => !ahead.has(keyText(key)));
  const read = await readItems(
    connection,
    unread.map(({ key }) => key),
  );
  return homes.map((home) => {
    const item = read.get(keyText(home.key)) ?? ahead.get(keyText(home.key));
    // A day is merged when it is written; of closed years it must be known before whether they are.
    const outcome = home.kind === 'day' || item === undefined ? null : unchangedBy(home, item, writer);
    return { home, item, outcome };
  });
}

/** Before a closed year is written its packs are given up, so that whatever happens nobody reads them after it. */
async function markPacks(
  { connection, writer: { now } }: Recording,
  state: StoreState,
  homes: readonly ReadHome[],
): Promise<StoreState> {
  const behind = await blocksBehind(connection, state, unchangedYears(homes));
  const blocks = new Set([...writtenBlocks(homes), ...behind]);
  if (blocks.size === 0) return state;
  return await changeState(connection, state, (current) => marked(current, blocks, now));
}

function writtenBlocks(homes: readonly ReadHome[]): ReadonlySet<number> {
  return new Set(
    homes.flatMap(({ home, outcome }) =>
      home.kind === 'day' || outcome !== null ? [] : blockOf(home.number),
    ),
  );
}

function unchangedYears(homes: readonly ReadHome[]): readonly ReadYear[] {
  return homes.flatMap(({ home: { kind, key, number }, item, outcome }) =>
    kind === 'day' || outcome === null || item === undefined
      ? []
      : { number, year: Number(key.sk), data: bytesOf(item, 'data') },
  );
}

interface WrittenHome extends HomeOutcome {
  readonly home: Home;
}

async function writeHomes(
  { connection, writer }: Recording,
  homes: readonly ReadHome[],
): Promise<readonly WrittenHome[]> {
  return inParallel(homes, async ({ home, item, outcome }) => {
    return { ...(outcome ?? (await writeHome(connection, home, { item, writer }))), home };
  });
}

/** Brings the state up to what was stored. What was written by day holds only if its year is still open. */
async function settle(
  { connection, series, list, writer: { now } }: Recording,
  state: StoreState,
  { outcomes, changedAt }: { outcomes: readonly WrittenHome[]; changedAt: Instant },
): Promise<StoreState> {
  const newest = outcomes.reduce((latest, outcome) => Math.max(latest, outcome.changedAt), changedAt);
  const years = outcomes.filter(({ home, written }) => home.kind === 'year' && written);
  const own = years.map(({ home }) => blockOf(home.number));
  const yearsWritten = years.length > 0;
  const settled = await changeState(connection, state, (current) => {
    const ranges = widened(current.ranges, series, list.numbers);
    const same = ranges === current.ranges && newest <= current.changedAt && !yearsWritten;
    if (same && current.revision > 0) return null;
    return {
      // Once more: a long recording may have outlasted what who packs waits for. And who packs reads no year outside of
      // the range of a series, though a recording that died may have left it there.
      ...marked(current, new Set([...own, ...newlyCovered(current, ranges)]), now),
      ranges,
      changedAt: Math.max(current.changedAt, newest),
      yearsWrittenAt: yearsWritten ? Math.max(current.yearsWrittenAt, now) : current.yearsWrittenAt,
      writtenAt: Math.max(current.writtenAt, now),
    };
  });
  const daysWritten = outcomes.some(({ home, written }) => home.kind === 'day' && written);
  return settled === state && daysWritten ? readState(connection, state.openFrom) : settled;
}

/** Ranges that cover the rows too; the same list where they do already. */
function widened(
  ranges: StoreState['ranges'],
  series: ReadonlyMap<SeriesId, Rows>,
  numbers: ReadonlyMap<SeriesId, number>,
): StoreState['ranges'] {
  const wider = [...ranges];
  let changed = false;
  for (const [id, rows] of series) {
    const number = numbers.get(id) ?? 0;
    const before = wider[number];
    const after = covering(before, rows);
    if (before !== undefined && before.first === after.first && before.last === after.last) continue;
    wider[number] = after;
    changed = true;
  }
  return changed ? wider : ranges;
}

/** The blocks of series whose range takes in closed years that it did not. */
function newlyCovered({ ranges, openFrom }: StoreState, wider: StoreState['ranges']): readonly number[] {
  return wider.flatMap((range, number) => {
    const before = ranges[number];
    if (range === before || range === undefined) return [];
    const [first, last] = [yearOf(range.first), Math.min(yearOf(range.last), openFrom - 1)];
    const isCovered = before !== undefined && yearOf(before.first) <= first && last <= yearOf(before.last);
    return first > last || isCovered ? [] : blockOf(number);
  });
}

function covering(range: DayRange | undefined, rows: Rows): DayRange {
  let { first, last } = range ?? { first: rows.day(0), last: rows.day(0) };
  for (let index = 0; index < rows.length; index++) {
    first = Math.min(first, rows.day(index));
    last = Math.max(last, rows.day(index));
  }
  return { first, last };
}

function countsOf(outcomes: readonly HomeOutcome[]): MergeCounts {
  const total = { accepted: 0, revised: 0, unchanged: 0 };
  for (const { counts } of outcomes) {
    total.accepted += counts.accepted;
    total.revised += counts.revised;
    total.unchanged += counts.unchanged;
  }
  return total;
}
