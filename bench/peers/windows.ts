import type { Universe } from '../data/universe.ts';

/** How many of n sessions must have a close. */
export const required = (n: number): number => (n < 20 ? n : Math.ceil((19 * n) / 20));

/** The first session on which all symbols have a close, and had one `before` sessions earlier; the end where there is none. */
export function firstOfAll(universe: Universe, symbols: readonly string[], before: number): number {
  const columns = symbols.map((symbol) => universe.closes(symbol).values);
  const length = columns[0]!.length;
  for (let t = before; t < length; t++) {
    if (columns.every((x) => !Number.isNaN(x[t]! + x[t - before]!))) return t;
  }
  return length;
}
