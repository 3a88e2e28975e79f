import type { Calendar, Instant, Session } from '../calendar/calendar.ts';
import type { RecordStore } from '../ports/records.ts';
import type { HistoryTerms } from '../ports/source.ts';
import type { SeriesId } from '../series/snapshot.ts';
import { changeJson, listJson } from './json-record.ts';
import { backfillName } from './names.ts';
import type { StoredMarket } from './open-archive.ts';

/** Series to be filled over the same stretch, once for all: later ones make a group of their own. */
export interface BackfillGroup {
  readonly name: string;
  readonly series: readonly SeriesId[];
  readonly from: Session;
  readonly to: Session;
}

/** How far one source has come with one group: the number of its next step. */
export interface BackfillCursor {
  readonly group: string;
  readonly source: string;
  /** What the numbers of steps mean. */
  readonly shape: string;
  readonly next: number;
  /** Runs in which the source failed on its next step. */
  readonly failures: number;
  /** Steps given up after the source had failed on them again and again. */
  readonly skipped: readonly number[];
}

/** Whether a group is of what the market names itself, and not of members that data brings. */
export function isCore({ name }: Pick<BackfillGroup, 'name'>): boolean {
  return name.startsWith(`${CORE}-`);
}

/** How far back history is wanted, in years. */
export interface BackfillReach {
  /** Instruments that the market names, members of its fixed universes among them. */
  readonly core: number;
  /** Members of dated universes. */
  readonly members: number;
}

/** One portion of a group that is asked of a source at once. */
export interface BackfillStep {
  readonly series: readonly SeriesId[];
  readonly sessions: readonly Session[];
}

/** Twenty-five years of the core, two years of the members. */
export const REACH: BackfillReach = { core: 25, members: 2 };

const CORE = 'core';
const GROUPS = 'groups';
const CURSORS = 'cursor/';

/** Reads the groups, with a new one for series that no group has. */
export async function planGroups(
  records: RecordStore,
  stored: StoredMarket,
  { calendar, now, reach = REACH }: { calendar: Calendar; now: Instant; reach?: BackfillReach },
): Promise<readonly BackfillGroup[]> {
  const last = calendar.lastFinished(now);
  if (last === undefined) return [];
  const groups = await changeJson<readonly BackfillGroup[]>(records, backfillName(GROUPS), (before) => {
    const known = before ?? [];
    const planned = new Set(known.flatMap(({ series }) => series));
    const fresh = wantedGroups(stored, { calendar, last, reach }).flatMap((group): BackfillGroup[] => {
      const series = group.series.filter((id) => !planned.has(id));
      const name = `${group.name}-${known.filter((one) => one.name.startsWith(`${group.name}-`)).length + 1}`;
      return series.length === 0 ? [] : [{ ...group, name, series }];
    });
    return fresh.length === 0 ? null : [...known, ...fresh];
  });
  return groups ?? [];
}

/** The cursors of all sources and groups. */
export async function readCursors(records: RecordStore): Promise<readonly BackfillCursor[]> {
  return (await listJson<BackfillCursor>(records, backfillName(CURSORS))).map(({ value }) => value);
}

/** Keeps how far a cursor has come; where another run has come further meanwhile, that stands. */
export async function keepCursor(records: RecordStore, cursor: BackfillCursor): Promise<void> {
  const name = backfillName(`${CURSORS}${cursor.group}/${cursor.source}`);
  await changeJson<BackfillCursor>(records, name, (before) => {
    const further = before !== null && before.shape === cursor.shape && before.next > cursor.next;
    return further ? null : cursor;
  });
}

/** The cursor of a source that has not begun. */
export function newCursor(of: Pick<BackfillCursor, 'group' | 'source' | 'shape'>): BackfillCursor {
  return { ...of, next: 0, failures: 0, skipped: [] };
}

interface Reaching {
  readonly calendar: Calendar;
  readonly last: Session;
  readonly reach: BackfillReach;
}

function wantedGroups(
  { market, memberships }: StoredMarket,
  { calendar, last, reach }: Reaching,
): readonly BackfillGroup[] {
  const members = new Set(memberships.map(({ instrument }) => instrument));
  const fixed = [...market.universes.values()].flatMap((universe) => universe.members ?? []);
  const priced = [...market.instruments.values()].filter(
    ({ fields }) => fields.get('close')?.kind === 'price',
  );
  const core = new Set([...priced.map(({ id }) => id).filter((id) => !members.has(id)), ...fixed]);
  const rest = [...members].filter((id) => !core.has(id));
  return [
    { name: CORE, series: closes(core), from: yearsBefore(last, reach.core, calendar), to: last },
    { name: 'members', series: closes(rest), from: yearsBefore(last, reach.members, calendar), to: last },
  ];
}

function closes(ids: Iterable<string>): readonly SeriesId[] {
  return [...ids].map((id) => `${id}.close`).toSorted();
}

function yearsBefore(last: Session, years: number, calendar: Calendar): Session {
  const date = `${String(Number(last.slice(0, 4)) - years).padStart(4, '0')}${last.slice(4)}`;
  const index = date < calendar.first ? 0 : calendar.sessions.findIndex((session) => session >= date);
  return calendar.sessions[index] ?? last;
}

/** How a source goes through a group. */
export interface BackfillSteps {
  readonly count: number;
  /** The first step that has any session: what comes before is older than what the source has. */
  readonly first: number;
  /** What the numbers of steps mean: where it changes, a cursor begins again. */
  readonly shape: string;
  step(number: number): BackfillStep;
}

/**
 * The steps of a source through a group, the oldest sessions first, series by series. They are counted from the beginning
 * of the group, also where the source begins later: what it has may begin a day later every day.
 */
export function stepsOf(group: BackfillGroup, terms: HistoryTerms, calendar: Calendar): BackfillSteps {
  const sessions = group.from > group.to ? [] : calendar.range(group.from, group.to);
  const stretches = Math.ceil(sessions.length / terms.sessions);
  const portions = Math.ceil(group.series.length / terms.series);
  const older = sessions.findIndex((session) => session >= (terms.first ?? ''));
  const before = older < 0 ? stretches : Math.floor(older / terms.sessions);
  return {
    count: stretches * portions,
    first: before * portions,
    shape: `${terms.sessions} x ${terms.series}`,
    step(number) {
      const stretch = Math.floor(number / portions);
      const portion = number % portions;
      const own = sessions.slice(stretch * terms.sessions, (stretch + 1) * terms.sessions);
      return {
        sessions: own.filter((session) => session >= (terms.first ?? '')),
        series: group.series.slice(portion * terms.series, (portion + 1) * terms.series),
      };
    },
  };
}
