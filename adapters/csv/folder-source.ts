import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { ObservationSource, SourceAnswer } from '../../shared/ports/source.ts';
import type { Days } from '../../shared/series/days.ts';
import type { Market } from '../../shared/series/market.ts';
import { readFolder } from './read-folder.ts';

const SHOWN_REFUSALS = 5;

/** A folder of CSV files as a source: read whole whenever a file in it has changed since it was last stored. */
export function folderSource(path: string, market: Market, days: Days): ObservationSource {
  let stored = '';
  let asked = '';
  return {
    name: path,
    async fetch(): Promise<SourceAnswer> {
      asked = fingerprintOf(path);
      if (asked === stored) return { batches: [], findings: [] };
      const reading = readFolder(path, market, days);
      if (!reading.ok) throw new Error(reading.errors.map(({ message }) => message).join('; '));
      const { series, memberships, refusals } = reading.value;
      const shown = refusals
        .slice(0, SHOWN_REFUSALS)
        .map(({ file, line, column, reason }) => `${file}:${line}: ${column}: ${reason}`);
      const more = refusals.length - shown.length;
      return {
        batches: [{ series, memberships, source: 'csv' }],
        findings: more > 0 ? [...shown, `and ${more} more refusals`] : shown,
      };
    },
    async stored() {
      stored = asked;
    },
  };
}

/** Names, sizes and times of change of the files. */
function fingerprintOf(path: string): string {
  return readdirSync(path)
    .toSorted()
    .map((name) => {
      const { size, mtimeMs } = statSync(join(path, name));
      return `${name} ${size} ${mtimeMs}`;
    })
    .join('\n');
}
