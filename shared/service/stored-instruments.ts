import type { ObservationStore } from '../ports/observations.ts';
import { PRICED_FIELDS, withUndeclared } from '../series/declare.ts';
import type { Market } from '../series/market.ts';

/** The market with every priced instrument that is stored and not declared, as an import takes it. */
export async function storedInstruments(observations: ObservationStore, market: Market): Promise<Market> {
  const stored = await observations.catalog();
  const names = stored.flatMap(({ id }) => {
    const dot = id.lastIndexOf('.');
    return PRICED_FIELDS.has(id.slice(dot + 1)) ? [id.slice(0, dot)] : [];
  });
  return withUndeclared(market, new Set(names));
}
