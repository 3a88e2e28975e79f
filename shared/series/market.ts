import type { Session } from '../calendar/calendar.ts';

/** How a field behaves between its observations (DESIGN section 3). */
export type Kind = 'price' | 'level' | 'event';

/** The unit a field is written in; `percent` and `bp` are divided on the way in, so inside everything is a ratio. */
export type FieldUnit = 'price' | 'ratio' | 'multiple' | 'percent' | 'bp' | 'number';

/** What `market.yaml` says of one field of one instrument. */
export interface Field {
  readonly kind: Kind;
  readonly unit: FieldUnit;
  /** Sessions after which a level is stale; null: never. */
  readonly staleAfter: number | null;
}

/** Something observed: a fund, an index, a central bank. */
export interface Instrument {
  /** The symbol, case-sensitive, as expressions write it. */
  readonly id: string;
  readonly name: string;
  /** What a fund stands for ("the Russell 2000"); null when it stands for itself. */
  readonly standsFor: string | null;
  /** Every field, the undeclared ones of a priced instrument (volume, split, total_return) included. */
  readonly fields: ReadonlyMap<string, Field>;
}

/** A named set of instruments. `members` is null when membership is dated and comes from data. */
export interface Universe {
  readonly id: string;
  readonly name: string;
  readonly members: readonly string[] | null;
  /** Share of a session's members that must have a value, 0..1; 0.95 unless declared. */
  readonly coverage: number;
}

/** Holdings in shares as of a date; later splits multiply them. */
export interface Portfolio {
  readonly id: string;
  readonly asOf: string;
  readonly holdings: ReadonlyMap<string, number>;
}

/** A real jump, however large, that is no break. */
export interface KnownMove {
  readonly instrument: string;
  readonly session: Session;
}

/** Everything `market.yaml` declares. */
export interface Market {
  readonly instruments: ReadonlyMap<string, Instrument>;
  readonly universes: ReadonlyMap<string, Universe>;
  readonly portfolios: ReadonlyMap<string, Portfolio>;
  readonly moves: readonly KnownMove[];
  /** One-off closures announced after this release. */
  readonly closures: readonly string[];
}
