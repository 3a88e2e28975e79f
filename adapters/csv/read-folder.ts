import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { failure, type Result, success } from '../../shared/result.ts';
import type { MembershipSpan } from '../../shared/series/archive.ts';
import type { Days } from '../../shared/series/days.ts';
import { withMembersPriced, withUndeclared } from '../../shared/series/declare.ts';
import type { Market } from '../../shared/series/market.ts';
import { type GrowingRows, growRows, type SeriesRows } from '../../shared/series/rows.ts';
import { readHeader } from './header.ts';
import { openLines } from './lines.ts';
import { readObservations } from './read-observations.ts';
import { readUniverses } from './read-universes.ts';
import { type CsvRecord, readRecords } from './records.ts';
import type { Refusal, Refuse } from './refusal.ts';

/** What a folder of CSV files says. */
export interface FolderReading {
  /** The market given, with undeclared priced instruments found and dated members added. */
  readonly market: Market;
  /** By instrument, then field. */
  readonly series: readonly SeriesRows[];
  readonly memberships: readonly MembershipSpan[];
  /** By file, then line. */
  readonly refusals: readonly Refusal[];
  /** Priced instruments found that are not declared, sorted; members of a dated universe left out. */
  readonly undeclared: readonly string[];
}

/** A folder that cannot be read at all. */
export interface FolderProblem {
  readonly path: string;
  readonly message: string;
}

const UNIVERSES = 'universes.csv';
const ENDING = /\.csv$/i;

/**
 * Reads a folder of CSV files (DESIGN section 3). A refusal stands for what is not taken; all the rest is. Only a folder
 * that cannot be listed is a failure.
 */
export function readFolder(path: string, market: Market, days: Days): Result<FolderReading, FolderProblem> {
  const files = listFiles(path);
  if (!files.ok) return files;
  const refusals: Refusal[] = [];
  const memberships: MembershipSpan[] = [];
  if (files.value.includes(UNIVERSES)) {
    readFile(path, UNIVERSES, refusals, ({ header, records, refuse }) => {
      memberships.push(...readUniverses({ header, market, refuse }, records));
    });
  }
  const known = withMembersPriced(
    market,
    memberships.map(({ instrument }) => instrument),
  );
  const gathered = gatherSeries();
  const undeclared = new Set<string>();
  const sink = {
    market: known,
    days,
    rows: gathered.rows,
    undeclared: (name: string) => void undeclared.add(name),
  };
  for (const file of files.value) {
    if (file === UNIVERSES) continue;
    readFile(path, file, refusals, ({ header, records, refuse }) => {
      readObservations({ stem: file.replace(ENDING, ''), header, sink, refuse }, records);
    });
  }
  return success({
    market: withUndeclared(known, undeclared),
    series: gathered.series(),
    memberships,
    refusals: refusals.toSorted((a, b) => compare(a.file, b.file) || a.line - b.line),
    undeclared: [...undeclared].toSorted(),
  });
}

function listFiles(path: string): Result<readonly string[], FolderProblem> {
  try {
    // Sorted, so that the same folder reads the same on every machine.
    const names = readdirSync(path).filter((name) => ENDING.test(name) && !name.startsWith('._'));
    return success(names.toSorted());
  } catch (error) {
    return failure({ path, message: `cannot read the folder ${path}: ${plainReason(error)}` });
  }
}

interface OpenTable {
  readonly header: ReturnType<typeof readHeader>;
  readonly records: Iterable<CsvRecord>;
  readonly refuse: Refuse;
}

/** Opens one file and hands its table on; a file that cannot be read, or is empty, is one refusal. */
function readFile(folder: string, file: string, refusals: Refusal[], read: (table: OpenTable) => void): void {
  const refuse: Refuse = (line, column, reason) => void refusals.push({ file, line, column, reason });
  try {
    const lines = openLines(join(folder, file));
    try {
      const records = readRecords(lines);
      const first = records.next();
      if (first.done === true) refuse(1, '', 'the file is empty');
      else read({ header: readHeader(first.value, refuse), records, refuse });
    } finally {
      lines.close();
    }
  } catch (error) {
    refuse(1, '', `the file cannot be read: ${plainReason(error)}`);
  }
}

const PLAIN_REASONS: ReadonlyMap<unknown, string> = new Map([
  ['ENOENT', 'there is none of that name'],
  ['ENOTDIR', 'it is no folder'],
  ['EISDIR', 'it is a folder'],
  ['EACCES', 'permission is missing'],
  ['EPERM', 'permission is missing'],
]);

/** Why a file system call failed, in words; what is no such failure is thrown on. */
function plainReason(error: unknown): string {
  if (!(error instanceof Error) || !('code' in error)) throw error;
  return PLAIN_REASONS.get(error.code) ?? error.message;
}

function gatherSeries(): {
  readonly rows: (instrument: string, field: string) => GrowingRows;
  readonly series: () => SeriesRows[];
} {
  const found = new Map<string, SeriesRows & { rows: GrowingRows }>();
  return {
    rows(instrument, field) {
      const id = `${instrument}.${field}`;
      const known = found.get(id);
      if (known !== undefined) return known.rows;
      const rows = growRows();
      found.set(id, { instrument, field, rows });
      return rows;
    },
    series: () =>
      [...found.values()]
        .filter(({ rows }) => rows.length > 0)
        .toSorted((a, b) => compare(a.instrument, b.instrument) || compare(a.field, b.field)),
  };
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
