import type { Archive } from '../series/archive.ts';

/** Two archives of one market and moment as one; where both have a series that of the second counts. */
export function joinArchives(one: Archive, other: Archive): Archive {
  const series = new Map(
    [...one.series, ...other.series].toSorted(([a], [b]) => (a < b ? -1 : Number(a > b))),
  );
  const filled = new Set([...one.filled, ...other.filled]);
  return { ...other, series, filled: Int32Array.from(filled).toSorted() };
}
