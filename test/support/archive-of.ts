import { createCalendar } from '../../shared/calendar/xnys.ts';
import { type Archive, createArchiveBuilder } from '../../shared/series/archive.ts';
import type { Field, Instrument, Market } from '../../shared/series/market.ts';

const PRICE: Field = { kind: 'price', unit: 'price', staleAfter: null };
const NUMBER: Field = { kind: 'price', unit: 'number', staleAfter: null };

/** A priced instrument that stands for nothing else. */
export function priced(id: string): Instrument {
  const fields = new Map([
    ['close', PRICE],
    ['volume', NUMBER],
    ['split', NUMBER],
    ['total_return', PRICE],
  ]);
  return { id, name: id, standsFor: null, fields };
}

/** An instrument with one field. */
export function withField(id: string, field: string, definition: Field): Instrument {
  return { id, name: id, standsFor: null, fields: new Map([[field, definition]]) };
}

/** A market of these instruments, with whatever else is given. */
export function marketOf(instruments: readonly Instrument[], rest: Partial<Market> = {}): Market {
  return {
    instruments: new Map(instruments.map((one) => [one.id, one])),
    universes: new Map(),
    portfolios: new Map(),
    moves: [],
    closures: [],
    ...rest,
  };
}

export const calendar = createCalendar([]);

/** An archive of series on consecutive sessions from `first`; null is no observation. */
export function archiveOf(
  market: Market,
  first: string,
  series: Readonly<Record<string, readonly (number | null)[]>>,
): Archive {
  const builder = createArchiveBuilder({ market, calendar, now: Number.MAX_SAFE_INTEGER });
  const origin = calendar.onOrAfter(first);
  for (const [id, values] of Object.entries(series)) {
    const dot = id.lastIndexOf('.');
    values.forEach((value, index) => {
      const date = calendar.sessions[origin + index];
      if (value === null || date === undefined) return;
      builder.add({ instrument: id.slice(0, dot), field: id.slice(dot + 1), date, value });
    });
  }
  return builder.build();
}
