import Papa from 'papaparse';
import type { Lines } from './lines.ts';

/** One row of a CSV file, its cells trimmed of nothing yet, with the physical line it begins on. */
export interface CsvRecord {
  readonly cells: readonly string[];
  readonly line: number;
}

/** A quoted cell may run over this many lines; a quote left open further than that was never meant to. */
const LONGEST_RECORD = 32;

/**
 * Reads the records of a CSV file, blank lines left out. A quote that is never closed, or closed in the middle of a cell,
 * spoils its own line only: that line is split at its commas as it stands, and reading goes on with the next.
 */
export function* readRecords(lines: Lines): Generator<CsvRecord, void, undefined> {
  const ahead: string[] = [];
  let line = 0;
  for (;;) {
    const text = ahead.shift() ?? lines.next();
    if (text === undefined) return;
    line++;
    if (!text.includes('"')) {
      if (text.trim() !== '') yield { cells: text.split(','), line };
      continue;
    }
    const { cells, taken } = readQuoted(text, ahead, lines);
    yield { cells, line };
    ahead.splice(0, taken);
    line += taken;
  }
}

/** Reads a record that has a quote; `taken` lines of those ahead belong to it. */
function readQuoted(
  text: string,
  ahead: string[],
  lines: Lines,
): { cells: readonly string[]; taken: number } {
  let record = text;
  for (let taken = 0; ; taken++) {
    const { data, errors } = Papa.parse<string[]>(record, { delimiter: ',', newline: '\n' });
    const cells = data[0];
    if (errors.length === 0 && data.length === 1 && cells !== undefined) return { cells, taken };
    const open = errors.length > 0 && errors.every(({ code }) => code === 'MissingQuotes');
    const next = open && taken < LONGEST_RECORD ? lineAhead(ahead, taken, lines) : undefined;
    if (next === undefined) return { cells: text.split(','), taken: 0 };
    record += `\n${next}`;
  }
}

function lineAhead(ahead: string[], index: number, lines: Lines): string | undefined {
  const known = ahead[index];
  if (known !== undefined) return known;
  const next = lines.next();
  if (next !== undefined) ahead.push(next);
  return next;
}
