import { firstUnseen } from '../visible.ts';
import type { Field, Instrument, Market } from './market.ts';

const PRICE: Field = { kind: 'price', unit: 'price', staleAfter: null };
const NUMBER: Field = { kind: 'price', unit: 'number', staleAfter: null };

/** What every priced instrument has without declaring it. */
export const PRICED_FIELDS: ReadonlyMap<string, Field> = new Map([
  ['close', PRICE],
  ['volume', NUMBER],
  ['split', NUMBER],
  ['total_return', PRICE],
]);

/** A priced instrument that nothing else is said of. */
export function pricedInstrument(id: string): Instrument {
  return { id, name: id, standsFor: null, fields: PRICED_FIELDS };
}

/** Gives an instrument the fields of a priced one, beside its own. */
export function asPriced(instrument: Instrument): Instrument {
  return { ...instrument, fields: new Map([...PRICED_FIELDS, ...instrument.fields]) };
}

/** Whether an instrument has prices. */
function isPriced(instrument: Instrument): boolean {
  return instrument.fields.get('close')?.kind === 'price';
}

/** The market with further priced instruments; those it knows already stay as they are. */
export function withUndeclared(market: Market, names: Iterable<string>): Market {
  const instruments = new Map(market.instruments);
  for (const name of [...names].toSorted()) {
    if (!instruments.has(name)) instruments.set(name, pricedInstrument(name));
  }
  return { ...market, instruments };
}

/** What a name stands for already when an instrument cannot take it; null where it is free. */
export function takenBy({ universes, portfolios }: Market, name: string): string | null {
  if (name === 'member') return 'the word for each member of a universe';
  if (universes.has(name)) return 'a universe';
  return portfolios.has(name) ? 'a portfolio' : null;
}

/** In UTF-8: a file may be named after an instrument, with every byte escaped to three. */
const LONGEST_NAME = 72;
/** No quote, no control character, no half of a pair, no U+FFFD: what an expression can write between double quotes. */
const NAME = /^(?!\s)[^"\p{Cc}\p{Cs}\uFFFD]+(?<!\s)$/u;

/** Whether a text can name an instrument, a universe or a portfolio. */
export function isInstrumentName(text: string): boolean {
  return (
    NAME.test(text) && firstUnseen(text) === null && new TextEncoder().encode(text).length <= LONGEST_NAME
  );
}

/** The market with every dated member as a priced instrument, declared or not. */
export function withMembersPriced(market: Market, members: Iterable<string>): Market {
  const instruments = new Map(market.instruments);
  for (const name of [...new Set(members)].toSorted()) {
    const known = instruments.get(name);
    if (known === undefined) instruments.set(name, pricedInstrument(name));
    else if (!isPriced(known)) instruments.set(name, asPriced(known));
  }
  return { ...market, instruments };
}
