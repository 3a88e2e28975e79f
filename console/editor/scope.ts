import type { Answer } from '../../shared/api/routes.ts';
import type { Scope } from '../../shared/expression/scope.ts';

/** What the API says that expressions may name. */
export type MarketAnswer = Answer<'market'>;
type Market = Scope['market'];
type Unit = MarketAnswer['instruments'][number]['fields'][number]['unit'];
type Instrument = NonNullable<ReturnType<Market['instruments']['get']>>;
type Field = NonNullable<ReturnType<Instrument['fields']['get']>>;

const UNITS: readonly Field['unit'][] = ['price', 'ratio', 'multiple', 'percent', 'bp', 'number'];

/**
 * The names that the checker knows, from the API's market. Holdings, moves and closures do not matter to it and are
 * empty; a unit that this page does not know is taken for a plain number.
 */
export function scopeOf(answer: MarketAnswer): Scope {
  return {
    market: {
      instruments: new Map(answer.instruments.map((instrument) => [instrument.id, instrumentOf(instrument)])),
      universes: new Map(
        answer.universes.map(({ id, name, coverage }) => [id, { id, name, members: null, coverage }]),
      ),
      portfolios: new Map(
        answer.portfolios.map(({ id }) => [id, { id, asOf: '', holdings: new Map<string, number>() }]),
      ),
      moves: [],
      closures: [],
    },
    rules: new Set(answer.rules),
  };
}

function instrumentOf({ id, name, standsFor, fields }: MarketAnswer['instruments'][number]): Instrument {
  const own = fields.map(
    (field) => [field.name, { kind: field.kind, unit: unitOf(field.unit), staleAfter: null }] as const,
  );
  return { id, name, standsFor, fields: new Map<string, Field>(own) };
}

function unitOf(unit: Unit): Field['unit'] {
  return UNITS.find((known) => known === unit) ?? 'number';
}
