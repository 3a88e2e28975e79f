import type { Calendar, Instant, Session } from '../calendar/calendar.ts';
import type { ObservationStore } from '../ports/observations.ts';
import type { RecordStore } from '../ports/records.ts';
import type { Finding } from '../rules/finding.ts';
import type { Rule } from '../rules/rule.ts';
import type { Archive } from '../series/archive.ts';
import type { Market } from '../series/market.ts';
import type { SeriesId } from '../series/snapshot.ts';
import { snapshotOf } from '../series/snapshot-of.ts';
import { dataStanding } from '../service/data-standing.ts';
import { HELD, LEVEL_ORIGINS, ORIGINS } from '../service/names.ts';
import { openArchive, readMarket, seriesRead, type StoredMarket } from '../service/open-archive.ts';
import { listRules, loadDefinitions, type RuleDefinition, type RuleLoader } from '../service/rule-book.ts';
import { storedInstruments } from '../service/stored-instruments.ts';
import { type EvaluationContext, openContext } from '../workflows/evaluation-context.ts';
import { joinArchives } from './join-archives.ts';
import { keptWhile } from './kept-while.ts';

/** What a library reads from. */
export interface LibraryGround {
  readonly observations: ObservationStore;
  readonly records: RecordStore;
  /** As it is declared: what is stored and not declared is added. */
  readonly market: Market;
  readonly calendar: Calendar;
  readonly clock: () => Instant;
  readonly load?: RuleLoader;
}

/** Everything that questions about rules are answered from, as of one moment; never written to. */
export interface Shelf {
  /** Every rule ever saved, by id; deleted ones included. */
  readonly definitions: ReadonlyMap<string, RuleDefinition>;
  readonly stored: StoredMarket;
  /** Rules that are not deleted and work, disabled ones included. */
  readonly rules: ReadonlyMap<string, Rule>;
  readonly findings: readonly Finding[];
  /** Every series that these rules read, and whatever drafts have asked for since. */
  readonly archive: Archive;
  /** Sessions from the first stored value to the last finished one that has any; empty where nothing is stored. */
  readonly sessions: readonly Session[];
  /** The rules over those sessions with everything known; what is computed once stays. */
  readonly context: EvaluationContext;
  /** Where the next draft is evaluated, beside drafts before it. */
  drafting(): EvaluationContext;
}

/** Reads a shelf and keeps it while nothing that is stored, no rule and no session has changed. */
export interface Library {
  open(): Promise<Shelf>;
  /** A shelf that also has what these rules read. */
  openFor(rules: (shelf: Shelf) => readonly Rule[]): Promise<Shelf>;
}

/** A shelf with what it takes to add to it. */
interface Kept {
  readonly shelf: Shelf;
  readonly series: ReadonlySet<SeriesId>;
}

/** After so many drafts a context is opened anew, since each draft leaves columns behind. */
const DRAFTS = 64;

/** Starts with nothing read. A read that fails is not kept; what changes while it is read is read again. */
export function createLibrary(ground: LibraryGround): Library {
  let values: Values | null = null;
  let kept: { readonly base: Kept; extended: Promise<Kept> } | null = null;
  const read = keptWhile(
    async () => [await valuesKey(ground), await rulesKey(ground)],
    async () => {
      const found = await readValues(ground, values);
      const made = await readRules(ground, found);
      values = { ...found, archive: made.shelf.archive, series: made.series };
      return made;
    },
  );
  const current = async (): Promise<Kept> => {
    const base = await read();
    if (kept?.base !== base) kept = { base, extended: Promise.resolve(base) };
    return await kept.extended;
  };
  return {
    open: async () => (await current()).shelf,
    openFor: async (rulesOf) => {
      const now = await current();
      const holder = kept;
      const needed = seriesRead(rulesOf(now.shelf), now.shelf.stored);
      if (holder === null || needed.every((id) => now.series.has(id))) return now.shelf;
      // One addition after the other, so that none is lost.
      const before = holder.extended;
      const extended = before.then((one) => extend(ground, one, needed));
      holder.extended = extended.catch(() => before);
      return (await extended).shelf;
    },
  };
}

/** What is stored, as far as somebody asked for it: it outlives a change of rules. */
interface Values {
  readonly key: string;
  readonly stored: StoredMarket;
  readonly archive: Archive;
  readonly series: ReadonlySet<SeriesId>;
}

/** Whatever changes the values: the session, what is stored, who said it and what waits. */
async function valuesKey({ observations, records, calendar, clock }: LibraryGround): Promise<string> {
  const [changed, catalog, ...standing] = await Promise.all([
    observations.changedAt(),
    observations.catalog(),
    ...[HELD, ORIGINS, LEVEL_ORIGINS].map((prefix) => records.list(prefix)),
  ]);
  const revisions = standing.flat().map(({ name, revision }) => [name, revision]);
  return JSON.stringify([calendar.lastFinished(clock()), changed, catalog, revisions]);
}

async function rulesKey({ records }: LibraryGround): Promise<readonly unknown[]> {
  return (await listRules(records)).map(({ id, version, state, live, savedAt, replaces }) => {
    return [id, version, state, live, savedAt, replaces];
  });
}

/** The values read before, where they are still what is stored; else none yet. */
async function readValues(ground: LibraryGround, before: Values | null): Promise<Values> {
  const key = await valuesKey(ground);
  if (before?.key === key) return before;
  const market = await storedInstruments(ground.observations, ground.market);
  const stored = await readMarket(ground.observations, market);
  return { key, stored, archive: await readSeries(ground, stored, []), series: new Set() };
}

async function readRules(ground: LibraryGround, values: Values): Promise<Kept> {
  const all = await listRules(ground.records);
  const { stored } = values;
  const loaded = loadDefinitions(
    all.filter(({ state }) => state !== 'deleted'),
    stored.market,
    ground.load,
  );
  const held = await withSeries(ground, values, seriesRead(loaded.rules, stored));
  const shelf = shelfOf(ground, held.archive, {
    definitions: new Map(all.map((one) => [one.id, one])),
    stored,
    rules: new Map(loaded.rules.map((rule) => [rule.id, rule])),
    findings: loaded.findings,
  });
  return { shelf, series: held.series };
}

/** An archive that has these series too. */
async function withSeries(
  ground: LibraryGround,
  held: { readonly archive: Archive; readonly series: ReadonlySet<SeriesId>; readonly stored: StoredMarket },
  needed: readonly SeriesId[],
): Promise<Pick<Values, 'archive' | 'series'>> {
  const missing = needed.filter((id) => !held.series.has(id));
  if (missing.length === 0) return held;
  const more = await readSeries(ground, held.stored, missing);
  return { archive: joinArchives(held.archive, more), series: new Set([...held.series, ...missing]) };
}

async function extend(ground: LibraryGround, kept: Kept, needed: readonly SeriesId[]): Promise<Kept> {
  const { definitions, stored, rules, findings, archive } = kept.shelf;
  const held = await withSeries(ground, { archive, series: kept.series, stored }, needed);
  if (held.archive === archive) return kept;
  return {
    shelf: shelfOf(ground, held.archive, { definitions, stored, rules, findings }),
    series: held.series,
  };
}

async function readSeries(
  { observations, records, calendar, clock }: LibraryGround,
  stored: StoredMarket,
  series: readonly SeriesId[],
): Promise<Archive> {
  const said = await dataStanding(records);
  return await openArchive(observations, stored, {
    ...{ series, from: calendar.first, calendar, now: clock() },
    ...said,
  });
}

function shelfOf(
  { calendar, clock }: LibraryGround,
  archive: Archive,
  rest: Pick<Shelf, 'definitions' | 'stored' | 'rules' | 'findings'>,
): Shelf {
  const sessions = sessionsOf(archive, calendar.lastFinished(clock()) ?? '');
  const snapshot = snapshotOf(archive, Number.POSITIVE_INFINITY);
  const { length } = sessions;
  const context = openContext(snapshot, { rules: rest.rules, length });
  let drafts = context;
  let asked = DRAFTS;
  return {
    ...rest,
    archive,
    sessions,
    context,
    drafting: () => {
      if (asked >= DRAFTS) {
        drafts = openContext(snapshot, { rules: rest.rules, length, known: (rule) => context.firing(rule) });
        asked = 0;
      }
      asked += 1;
      return drafts;
    },
  };
}

/** From the first stored value to the last session that is over and has one. */
function sessionsOf({ filled, calendar }: Archive, finished: Session): readonly Session[] {
  const last = filled.findLast((ordinal) => (calendar.sessions[ordinal] ?? '') <= finished);
  return last === undefined ? [] : calendar.sessions.slice(filled[0] ?? 0, last + 1);
}
