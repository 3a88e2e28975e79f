import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { ObservationStore } from '../../shared/ports.ts';
import type { MembershipSpan } from '../../shared/series/archive.ts';
import type { Days } from '../../shared/series/days.ts';
import { readHeader } from '../csv/header.ts';
import { openLines } from '../csv/lines.ts';
import { readRecords } from '../csv/records.ts';
import { fileNameOf, formatInstrument, readInstrumentFile } from './instrument-file.ts';
import { writeWhole } from './write-file.ts';

const MEMBERSHIP_COLUMNS = ['universe', 'symbol', 'from', 'to'] as const;

/** Where a data directory keeps its observations: a folder that can itself be read as `--data`. */
export function observationsFolder(dataDirectory: string): string {
  return join(dataDirectory, 'observations');
}

/** Keeps observations in a data directory, one CSV file an instrument. Made for one writer at a time. */
export function createJournal(dataDirectory: string, days: Days): ObservationStore {
  const folder = observationsFolder(dataDirectory);
  const pathOf = (instrument: string): string => join(folder, fileNameOf(instrument));
  const universes = join(folder, 'universes.csv');
  return {
    async read(instrument) {
      const path = pathOf(instrument);
      return existsSync(path) ? readInstrumentFile(path, days) : new Map();
    },
    async write(instrument, series) {
      await writeWhole(pathOf(instrument), formatInstrument(instrument, series, days));
    },
    async readMemberships() {
      return existsSync(universes) ? readMemberships(universes) : [];
    },
    async writeMemberships(spans) {
      const rows = spans.map(({ universe, instrument, from, to }) => [
        universe,
        instrument,
        from ?? '',
        to ?? '',
      ]);
      await writeWhole(
        universes,
        [MEMBERSHIP_COLUMNS, ...rows].map((cells) => `${cells.map(quote).join(',')}\n`),
      );
    },
  };
}

function readMemberships(path: string): MembershipSpan[] {
  const lines = openLines(path);
  try {
    const records = readRecords(lines);
    const first = records.next();
    if (first.done === true) return [];
    const { index } = readHeader(first.value, () => undefined);
    return Array.from(records, ({ cells }) => {
      const at = (name: (typeof MEMBERSHIP_COLUMNS)[number]): string => cells[index.get(name) ?? -1] ?? '';
      return {
        universe: at('universe'),
        instrument: at('symbol'),
        from: at('from') || null,
        to: at('to') || null,
      };
    });
  } finally {
    lines.close();
  }
}

function quote(text: string): string {
  return text.includes(',') ? `"${text}"` : text;
}
