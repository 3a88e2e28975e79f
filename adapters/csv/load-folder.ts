import type { Calendar, Instant } from '../../shared/calendar/calendar.ts';
import { type Result, success } from '../../shared/result.ts';
import { type Archive, createArchiveBuilder } from '../../shared/series/archive.ts';
import { layOutDays } from '../../shared/series/days.ts';
import type { Market } from '../../shared/series/market.ts';
import { type FolderProblem, readFolder } from './read-folder.ts';
import type { Refusal } from './refusal.ts';

/** A folder of CSV files, ready to be evaluated. */
export interface LoadedFolder {
  readonly archive: Archive;
  /** The market given, with undeclared priced instruments found and dated members added. */
  readonly market: Market;
  readonly refusals: readonly Refusal[];
  readonly undeclared: readonly string[];
}

/** What alerts say of where their values came from, unless more is known of the folder. */
const SOURCE = 'CSV files';

/** What a folder is read on. */
export interface FolderGround {
  readonly market: Market;
  readonly calendar: Calendar;
  readonly now: Instant;
  readonly sources?: readonly string[];
}

/** Reads a folder into an archive; rows that repeat a key without saying when they became known count from `now`. */
export function loadFolder(
  path: string,
  { market, calendar, now, sources = [SOURCE] }: FolderGround,
): Result<LoadedFolder, FolderProblem> {
  const reading = readFolder(path, market, layOutDays(calendar));
  if (!reading.ok) return reading;
  const { market: found, series, memberships, refusals, undeclared } = reading.value;
  const builder = createArchiveBuilder({ market: found, calendar, now, sources });
  for (const { instrument, field, rows } of series) builder.addRows(instrument, field, rows);
  for (const span of memberships) builder.addMembership(span);
  return success({ archive: builder.build(), market: found, refusals, undeclared });
}
