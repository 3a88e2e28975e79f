import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sampleFiles } from './csv.ts';
import type { Sample } from './sample.ts';

/** The file that marks a folder as sample data, and says what it is. */
const MARK = 'SAMPLE.txt';

/** Counts the changes of what a seed generates, so that a folder written before one is written again. */
const EDITION = 2;

/** What messages from the sample of a seed say of it. */
export function sampleNote(seed: number): string {
  return (
    `closes, members and valuations are made up (seed ${seed}, edition ${EDITION}); only the two index returns of ` +
    'January 2026 and the policy decisions are as published'
  );
}

/** Writes a sample as a folder that `import` and `--data` read, marked as what it is. Throws where it cannot write. */
export function writeSampleFolder(folder: string, sample: Sample, note: string): void {
  mkdirSync(folder, { recursive: true });
  for (const { name, text } of sampleFiles(sample)) writeFileSync(join(folder, name), text);
  writeFileSync(join(folder, MARK), `${note}\n`);
}

/** What a folder says of being sample data; undefined where it is none. */
export function sampleNoteOf(folder: string): string | undefined {
  const mark = join(folder, MARK);
  return existsSync(mark) ? readFileSync(mark, 'utf8').trim() : undefined;
}
