import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { readFolder, type FolderReading } from '../../../adapters/csv/read-folder.ts';
import { layOutDays } from '../../../shared/series/days.ts';
import { calendar, market } from '../../series/ground.ts';

export const days = layOutDays(calendar);

/** An empty folder that lasts as long as the test. */
export function emptyFolder(): string {
  const path = mkdtempSync(join(tmpdir(), 'tidemark-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

export function folderOf(files: Readonly<Record<string, string | Uint8Array>>): string {
  const path = emptyFolder();
  for (const [name, content] of Object.entries(files)) writeFileSync(join(path, name), content);
  return path;
}

export function read(files: Readonly<Record<string, string | Uint8Array>>): FolderReading {
  return readingOf(folderOf(files));
}

export function readingOf(path: string): FolderReading {
  const reading = readFolder(path, market, days);
  if (!reading.ok) throw new Error(reading.errors.map(({ message }) => message).join());
  return reading.value;
}

/** Rows as `INSTRUMENT.field date value`, with ` @instant` where they say when they became known. */
export function rowsOf({ series }: FolderReading): string[] {
  return series.flatMap(({ instrument, field, rows }) =>
    Array.from({ length: rows.length }, (_, index) => {
      const known = rows.known(index);
      const when = Number.isNaN(known) ? '' : ` @${new Date(known).toISOString()}`;
      return `${instrument}.${field} ${days.date(rows.day(index))} ${rows.value(index)}${when}`;
    }),
  );
}

/** Refusals as `file:line column`. */
export function refusedOf({ refusals }: FolderReading): string[] {
  return refusals.map(({ file, line, column }) => `${file}:${line} ${column}`.trimEnd());
}
