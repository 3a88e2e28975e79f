import { readBytes, writeBytes } from './bytes.ts';

const FORMAT = 1;
/** A pack is as large as fifty year items: fewer make a call, so that several calls share the work. */
export const PACKS_A_CALL = 25;

/** The year item of one series inside a pack: the series' number, and what the item says. */
export interface PackedYear {
  readonly number: number;
  readonly data: Uint8Array;
}

/** Packs the year items of many series, ascending by number, one after another. */
export function packYears(years: readonly PackedYear[]): Uint8Array {
  const writer = writeBytes();
  writer.byte(FORMAT);
  writer.count(years.length);
  for (const { number, data } of years) {
    writer.count(number);
    writer.count(data.length);
    writer.raw(data);
  }
  return writer.done();
}

/** Reads back what `packYears` packed. Throws a `RangeError` where the bytes are not of a known format. */
export function unpackYears(bytes: Uint8Array): readonly PackedYear[] {
  const reader = readBytes(bytes);
  const format = reader.byte();
  if (format !== FORMAT) throw new RangeError(`years are packed in the unknown format ${format}`);
  return Array.from({ length: reader.count() }, () => {
    const number = reader.count();
    return { number, data: reader.raw(reader.count()) };
  });
}
