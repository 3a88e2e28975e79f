import type { Field, Instrument, Market, Portfolio, Universe } from './market.ts';

/** A market as plain JSON: what a deployment was made with, so that nobody reads YAML where nothing can have changed. */
export interface PackedMarket extends Pick<Market, 'moves' | 'closures'> {
  readonly instruments: readonly PackedInstrument[];
  readonly universes: readonly Universe[];
  readonly portfolios: readonly PackedPortfolio[];
}

interface PackedInstrument extends Omit<Instrument, 'fields'> {
  readonly fields: readonly (readonly [string, Field])[];
}

interface PackedPortfolio extends Omit<Portfolio, 'holdings'> {
  readonly holdings: readonly (readonly [string, number])[];
}

/** Packs a market; `unpackMarket` gives it back, in the same order. */
export function packMarket({ instruments, universes, portfolios, moves, closures }: Market): PackedMarket {
  return {
    instruments: [...instruments.values()].map((one) => ({ ...one, fields: [...one.fields] })),
    universes: [...universes.values()],
    portfolios: [...portfolios.values()].map((one) => ({ ...one, holdings: [...one.holdings] })),
    moves,
    closures,
  };
}

/** The market that was packed. */
export function unpackMarket({ instruments, universes, portfolios, ...rest }: PackedMarket): Market {
  return {
    ...rest,
    instruments: byId(instruments.map((one) => ({ ...one, fields: new Map(one.fields) }))),
    universes: byId(universes),
    portfolios: byId(portfolios.map((one) => ({ ...one, holdings: new Map(one.holdings) }))),
  };
}

function byId<One extends { readonly id: string }>(all: readonly One[]): ReadonlyMap<string, One> {
  return new Map(all.map((one) => [one.id, one]));
}
