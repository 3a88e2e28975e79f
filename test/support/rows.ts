import { growRows, type Rows } from '../../shared/series/rows.ts';

/** A row as plain values; `known` is NaN where it does not say when it became known. */
export type Row = readonly [day: number, value: number, known: number];

/** Rows as they are imported, one by one. */
export function asRows(all: readonly Row[]): Rows {
  const grown = growRows();
  for (const one of all) grown.append(...one);
  return grown;
}

/** What rows say, as plain values. */
export function listed(given: Rows): Row[] {
  return Array.from({ length: given.length }, (_, index) => [
    given.day(index),
    given.value(index),
    given.known(index),
  ]);
}
