import type { Expression } from '../../shared/expression/ast.ts';
import { reads } from '../../shared/expression/reads.ts';
import { breaks } from '../../shared/series/breaks.ts';
import type { Snapshot } from '../../shared/series/snapshot.ts';
import type { Context } from '../context.ts';
import { counted, percent } from '../output/figures.ts';

const SHOWN = 5;

/** Names on standard error the jumps that nothing explains, since nothing is computed across them. */
export function tellBreaks(
  { err }: Context,
  snapshot: Snapshot,
  isMeant: (instrument: string) => boolean,
): void {
  // Looking only at what is meant leaves the columns of all others unbuilt.
  const instruments = new Map([...snapshot.market.instruments].filter(([id]) => isMeant(id)));
  const found = breaks({ ...snapshot, market: { ...snapshot.market, instruments } });
  if (found.length === 0) return;
  const what = `${counted(found.length, 'break')}: nothing is computed across a jump that no split or known move explains`;
  err.write(`${err.paint('yellow', 'warning:')} ${what}\n`);
  for (const { instrument, session, ratio } of found.slice(0, SHOWN)) {
    err.write(`  ${instrument} ${session}: ${percent(ratio - 1, 1)}\n`);
  }
  if (found.length > SHOWN) err.write(`  and ${found.length - SHOWN} more\n`);
}

/** Whether an expression reads an instrument, as a member of a universe too. */
export function readsInstrument(expression: Expression, snapshot: Snapshot): (instrument: string) => boolean {
  const { series, universes, portfolios } = reads(expression, snapshot.market);
  const named = series.map((id) => id.slice(0, id.lastIndexOf('.')));
  const members = universes.flatMap(({ universe }) => snapshot.membership(universe).members);
  const held = portfolios.flatMap((id) => [...(snapshot.market.portfolios.get(id)?.holdings.keys() ?? [])]);
  const all = new Set([...named, ...members, ...held]);
  return (instrument) => all.has(instrument);
}
