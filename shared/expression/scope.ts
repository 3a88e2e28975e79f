import type { Market } from '../series/market.ts';

/** The names an expression may use, besides the functions. */
export interface Scope {
  readonly market: Market;
  /** Ids that `firing("…")` may name. */
  readonly rules: ReadonlySet<string>;
}
