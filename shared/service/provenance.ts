import type { Calendar, Instant, Session } from '../calendar/calendar.ts';
import type { RecordStore } from '../ports/records.ts';
import type { SeriesId } from '../series/snapshot.ts';
import { changeJson, listJson } from './json-record.ts';
import { LEVEL_ORIGINS, levelOriginName, ORIGINS, originName } from './names.ts';

/** Who said what is stored under one heading (a date, or a series), and what of it others say slightly differently. */
interface Origin {
  /** A date where `from` lists series, a series where it lists dates. */
  readonly of: string;
  readonly from: Readonly<Record<string, readonly string[]>>;
  readonly provisional: readonly string[];
}

/** Who said a value, and whether it is provisional. */
export interface Said {
  readonly series: SeriesId;
  readonly date: string;
  readonly source: string;
  readonly standing: 'settled' | 'provisional';
  /** Prices are remembered for recent sessions, levels and events for the last dates of each series. */
  readonly kept: 'by date' | 'by series';
}

/** What is remembered of who said what. */
export interface Origins {
  /** Null where nobody remembers. */
  sourceOf(series: SeriesId, date: string): string | null;
  isProvisional(series: SeriesId, date: string): boolean;
  /** Everybody who said any of it, sorted. */
  readonly sources: readonly string[];
}

/** Sessions for which it is remembered who said their prices. */
const SESSIONS = 20;
/** Dates for which it is remembered who said a level. */
const DATES = 60;

/** Reads who said what. */
export async function readOrigins(records: RecordStore): Promise<Origins> {
  const sources = new Map<string, string>();
  const provisional = new Set<string>();
  const add = ({ from, provisional: open }: Origin, keyOf: (one: string) => string): void => {
    for (const [source, all] of Object.entries(from)) for (const one of all) sources.set(keyOf(one), source);
    for (const one of open) provisional.add(keyOf(one));
  };
  const [byDate, bySeries] = await Promise.all([
    listJson<Origin>(records, ORIGINS),
    listJson<Origin>(records, LEVEL_ORIGINS),
  ]);
  for (const { value } of byDate) add(value, (id) => `${id} ${value.of}`);
  for (const { value } of bySeries) add(value, (date) => `${value.of} ${date}`);
  return {
    sourceOf: (series, date) => sources.get(`${series} ${date}`) ?? null,
    isProvisional: (series, date) => provisional.has(`${series} ${date}`),
    sources: [...new Set(sources.values())].toSorted(),
  };
}

/** The first session for which it is remembered who said its prices. */
export function rememberedSince(calendar: Calendar, now: Instant): Session {
  const last = calendar.lastFinished(now) ?? calendar.first;
  return calendar.sessions[Math.max(calendar.onOrBefore(last) - SESSIONS, 0)] ?? calendar.first;
}

/** Remembers who said values: one write for each recent session, and for each level that is told of. */
export async function keepOrigins(
  records: RecordStore,
  said: readonly Said[],
  since: Session,
): Promise<void> {
  const prices = said.filter(({ kept, date }) => kept === 'by date' && date >= since);
  for (const [date, own] of Map.groupBy(prices, (one) => one.date)) {
    const entries = own.map(({ series, source, standing }) => ({ one: series, source, standing }));
    await keep(records, originName(date), date, entries);
  }
  const levels = said.filter(({ kept }) => kept === 'by series');
  for (const [series, own] of Map.groupBy(levels, (one) => one.series)) {
    const entries = own.map(({ date, source, standing }) => ({ one: date, source, standing }));
    await keep(records, levelOriginName(series), series, entries);
  }
}

interface Entry extends Pick<Said, 'source' | 'standing'> {
  readonly one: string;
}

async function keep(
  records: RecordStore,
  name: string,
  of: string,
  entries: readonly Entry[],
): Promise<void> {
  await changeJson<Origin>(records, name, (before) => {
    const all = withEntries(before ?? { of, from: {}, provisional: [] }, entries);
    const after = name === levelOriginName(of) ? newestOf(all) : all;
    return JSON.stringify(after) === JSON.stringify(before) ? null : after;
  });
}

/** Forgets the authors of prices before a session: what nobody asks for again needs none. */
export async function forgetOrigins(records: RecordStore, before: string): Promise<void> {
  for (const { name, value, revision } of await listJson<Origin>(records, ORIGINS)) {
    if (value.of < before) await records.remove(name, revision);
  }
}

function withEntries({ of, from, provisional }: Origin, entries: readonly Entry[]): Origin {
  const authors = new Map<string, string>();
  for (const [source, all] of Object.entries(from)) for (const one of all) authors.set(one, source);
  const open = new Set(provisional);
  for (const { one, source, standing } of entries) {
    authors.set(one, source);
    if (standing === 'provisional') open.add(one);
    else open.delete(one);
  }
  return { of, from: bySource(authors), provisional: [...open].toSorted() };
}

/** The last dates of a level. */
function newestOf({ of, from, provisional }: Origin): Origin {
  const pairs = Object.entries(from).flatMap(([source, dates]) =>
    dates.map((date) => [date, source] as const),
  );
  const newest = new Map(pairs.toSorted(([a], [b]) => (a < b ? 1 : -1)).slice(0, DATES));
  return { of, from: bySource(newest), provisional: provisional.filter((date) => newest.has(date)) };
}

function bySource(authors: ReadonlyMap<string, string>): Readonly<Record<string, readonly string[]>> {
  const grouped = Map.groupBy([...authors], ([, source]) => source);
  return Object.fromEntries(
    [...grouped]
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([source, own]) => [source, own.map(([one]) => one).toSorted()] as const),
  );
}
