import type { Instant, Session } from '../calendar/calendar.ts';
import type { Archive } from './archive.ts';
import type { SeriesId } from './snapshot.ts';

/** Something known later than from the close of its own session: past values of the series changed at that instant. */
export interface KnowledgeChange {
  readonly known: Instant;
  readonly series: SeriesId;
}

/** All revisions and accepted breaks, by when they became known; on ties by series. */
export function knowledgeChanges(archive: Archive): readonly KnowledgeChange[] {
  const changes: KnowledgeChange[] = [];
  for (const [series, stored] of archive.series) {
    for (const known of stored.revisions.known) changes.push({ known, series });
  }
  for (const { instrument, known } of archive.acceptances)
    changes.push({ known, series: `${instrument}.close` });
  return changes.toSorted(
    (a, b) => a.known - b.known || (a.series < b.series ? -1 : Number(a.series > b.series)),
  );
}

/** Sessions from which an instrument counts in new shares, ascending, whenever the split became known. */
export function splitSessions(archive: Archive, instrument: string): readonly Session[] {
  const stored = archive.series.get(`${instrument}.split`);
  return stored === undefined ? [] : Array.from(stored.days, (day) => archive.days.date(day));
}
