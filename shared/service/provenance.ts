import type { Calendar, Instant, Session } from '../calendar/calendar.ts';
import type { RecordStore } from '../ports/records.ts';
import type { SeriesId } from '../series/snapshot.ts';
import { changeJson, listJson } from './json-record.ts';
import { ORIGINS, originName } from './names.ts';

/** Sessions for which it is remembered who said what. */
const REMEMBERED = 20;
/** Records of one series each, beside those of one date each. */
const OF = 'of/';

/** Who said what is stored of one date, and which of it another provider says slightly differently. */
export interface Origin {
  readonly date: string;
  readonly from: Readonly<Record<string, readonly SeriesId[]>>;
  readonly provisional: readonly SeriesId[];
}

/** Who said a value, and whether it is provisional. */
export interface Said {
  readonly series: SeriesId;
  readonly date: string;
  readonly source: string;
  readonly standing: 'settled' | 'provisional';
  /** Prices are remembered for recent dates, levels and events by the newest date of each series. */
  readonly kept: 'by date' | 'by series';
}

/** What is remembered of recent dates. */
export interface Origins {
  /** Null where nobody remembers. */
  sourceOf(series: SeriesId, date: string): string | null;
  isProvisional(series: SeriesId, date: string): boolean;
  /** Everybody who said any of it, sorted. */
  readonly sources: readonly string[];
}

/** Reads who said what on recent dates. */
export async function readOrigins(records: RecordStore): Promise<Origins> {
  const sources = new Map<string, string>();
  const lasting = new Map<SeriesId, string>();
  const provisional = new Set<string>();
  for (const { name, value } of await listJson<Origin>(records, ORIGINS)) {
    for (const [source, series] of Object.entries(value.from)) {
      for (const one of series) sources.set(`${one} ${value.date}`, source);
      // Who says the newest figure of a publication may correct its earlier ones.
      if (name.startsWith(originName(OF))) for (const one of series) lasting.set(one, source);
    }
    for (const one of value.provisional) provisional.add(`${one} ${value.date}`);
  }
  return {
    sourceOf: (series, date) => sources.get(`${series} ${date}`) ?? lasting.get(series) ?? null,
    isProvisional: (series, date) => provisional.has(`${series} ${date}`),
    sources: [...new Set(sources.values())].toSorted(),
  };
}

/** The first session for which it is remembered who said its prices. */
export function rememberedSince(calendar: Calendar, now: Instant): Session {
  const last = calendar.lastFinished(now) ?? calendar.first;
  return calendar.sessions[Math.max(calendar.onOrBefore(last) - REMEMBERED, 0)] ?? calendar.first;
}

/** Remembers who said values: one write for each recent date, and for each level whose newest date is told of. */
export async function keepOrigins(
  records: RecordStore,
  said: readonly Said[],
  since: Session,
): Promise<void> {
  const [levels, prices] = [
    said.filter(({ kept }) => kept === 'by series'),
    said.filter(({ kept }) => kept === 'by date'),
  ];
  await keepByDate(
    records,
    prices.filter(({ date }) => date >= since),
  );
  for (const [series, own] of Map.groupBy(levels, (one) => one.series)) {
    const newest = own.reduce((a, b) => (a.date > b.date ? a : b));
    const { date } = newest;
    await changeJson<Origin>(records, originName(`${OF}${series}`), (before) => {
      if (before !== null && before.date > date) return null;
      const after = withSaid(before?.date === date ? before : { date, from: {}, provisional: [] }, [newest]);
      return JSON.stringify(after) === JSON.stringify(before) ? null : after;
    });
  }
}

async function keepByDate(records: RecordStore, said: readonly Said[]): Promise<void> {
  for (const [date, own] of Map.groupBy(said, (one) => one.date)) {
    await changeJson<Origin>(records, originName(date), (before) => {
      const after = withSaid(before ?? { date, from: {}, provisional: [] }, own);
      return JSON.stringify(after) === JSON.stringify(before) ? null : after;
    });
  }
}

/** Forgets the authors of prices before a session: what nobody asks for again needs none. */
export async function forgetOrigins(records: RecordStore, before: string): Promise<void> {
  for (const { name, value, revision } of await listJson<Origin>(records, ORIGINS)) {
    if (value.date < before && !name.startsWith(originName(OF))) await records.remove(name, revision);
  }
}

function withSaid({ date, from, provisional }: Origin, said: readonly Said[]): Origin {
  const authors = new Map<SeriesId, string>();
  for (const [source, series] of Object.entries(from)) for (const one of series) authors.set(one, source);
  const open = new Set(provisional);
  for (const { series, source, standing } of said) {
    authors.set(series, source);
    if (standing === 'provisional') open.add(series);
    else open.delete(series);
  }
  const sources = [...new Set(authors.values())].toSorted();
  const ordered = sources.map((source) => {
    const own = [...authors].filter(([, author]) => author === source).map(([series]) => series);
    return [source, own.toSorted()] as const;
  });
  return { date, from: Object.fromEntries(ordered), provisional: [...open].toSorted() };
}
