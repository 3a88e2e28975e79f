import type { RefusalReason } from './answer.ts';
import type { GoodRow, PriceReading, PriceRow } from './price-row.ts';

/** Takes refusals of rows. */
export type RefuseRow = (row: PriceRow, reason: RefusalReason, detail: string) => void;

/**
 * One row for each instrument and session, by instrument and date. Rows that say the same count once; of rows that
 * differ the preferred one counts, and where nothing prefers one, none does: nobody can tell which is right.
 */
export function resolveDuplicates(
  rows: readonly GoodRow[],
  { prefer }: PriceReading,
  refuse: RefuseRow,
): readonly GoodRow[] {
  const groups = Map.groupBy(rows, ({ instrument, date }) => `${instrument} ${date}`);
  const kept = [...groups.values()].flatMap((group): GoodRow[] => {
    const [first, ...others] = group;
    if (first === undefined || others.length === 0) return group;
    const chosen = prefer === undefined ? first : busiest(group);
    const rivals = group.filter((row) => row !== chosen && ties(row, chosen, prefer));
    const agreed = rivals.every((row) => row.close === chosen.close && row.split === chosen.split);
    for (const row of group) {
      if (row === chosen && agreed) continue;
      refuse(
        row,
        'duplicate',
        agreed ? 'the row is there twice' : 'rows of one session contradict each other',
      );
    }
    return agreed ? [chosen] : [];
  });
  return kept.toSorted((a, b) => compare(a.instrument, b.instrument) || compare(a.date, b.date));
}

function busiest(group: readonly GoodRow[]): GoodRow {
  return group.reduce((best, row) => (volumeOf(row) > volumeOf(best) ? row : best));
}

function ties(row: GoodRow, chosen: GoodRow, prefer: PriceReading['prefer']): boolean {
  return prefer === undefined || volumeOf(row) === volumeOf(chosen);
}

function volumeOf({ volume }: PriceRow): number {
  return typeof volume === 'number' && Number.isFinite(volume) ? volume : -1;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
