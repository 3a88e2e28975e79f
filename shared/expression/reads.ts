import type { Market } from '../series/market.ts';
import type { SeriesId } from '../series/snapshot.ts';
import type { Expression } from './ast.ts';

/** What an expression reads, for gating, freshness and knowing when later knowledge can change its answer. */
export interface Reads {
  /** Price series read on the session itself, that is outside `lag`; portfolio holdings included. */
  readonly prices: readonly SeriesId[];
  readonly levels: readonly SeriesId[];
  readonly events: readonly SeriesId[];
  /** Every series named, on whatever session it is read (prices under `lag` too). */
  readonly series: readonly SeriesId[];
  /** Universes aggregated over, with the fields of `member` read on the session itself; `weight(P, U)` reads none. */
  readonly universes: readonly { readonly universe: string; readonly fields: readonly string[] }[];
  readonly portfolios: readonly string[];
  /** Rules named by `firing("…")`. */
  readonly rules: readonly string[];
  /** Instruments, or `member of UNIVERSE` as `{universe}`, whose later splits can change the answer. */
  readonly latestBasis: readonly string[];
}

/** Lists what a checked expression reads; names are sorted and unique. */
export declare function reads(expression: Expression, market: Market): Reads;
