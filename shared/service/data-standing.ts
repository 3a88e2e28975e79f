import { seriesOf } from '../acceptance/candidate.ts';
import { sourceName } from '../acceptance/source-name.ts';
import type { RecordStore } from '../ports/records.ts';
import type { SeriesId } from '../series/snapshot.ts';
import { listHeld } from './held.ts';
import { readOrigins } from './provenance.ts';

/** What an archive says of its data beside the values: who they came from, and what waits. */
export interface DataStanding {
  /** As readers call them. */
  readonly sources: readonly string[];
  /** Dates on which a value waits, by series, ascending. */
  readonly held: ReadonlyMap<SeriesId, readonly string[]>;
}

/** Who the values came from lately, after those that the composition root names, and what waits to be accepted. */
export async function dataStanding(
  records: RecordStore,
  named: readonly string[] = [],
): Promise<DataStanding> {
  const [{ sources }, all] = await Promise.all([readOrigins(records), listHeld(records)]);
  const waiting = all.filter(({ state }) => state === 'held');
  const held = new Map(
    [...Map.groupBy(waiting, ({ candidate }) => seriesOf(candidate))].map(([series, own]) => {
      return [series, [...new Set(own.map(({ candidate }) => candidate.date))].toSorted()] as const;
    }),
  );
  return { sources: [...new Set([...named, ...sources.map(sourceName)])], held };
}
