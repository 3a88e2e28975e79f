import type { StoreState } from './catalog.ts';
import { bytesOf, type Item, textOf } from './items.ts';
import { blockOf, packKey } from './keys.ts';
import { isPacked } from './pack.ts';
import { PACKS_A_CALL, unpackYears } from './packed-years.ts';
import { type Connection, DATA, keyText, takeItems } from './table.ts';

/** A year item that was read, by the number of its series. */
export interface ReadYear {
  readonly number: number;
  readonly year: number;
  readonly data: Uint8Array;
}

const NOTHING = new Uint8Array(0);

/**
 * The blocks of which a pack says something else than year items do that say all that is to be recorded already. Whoever
 * wrote those took longer than who packs waits for, as an import from a computer that slept may, and died: nobody would
 * ever write them again, so whoever finds them has the block packed again.
 */
export async function blocksBehind(
  connection: Connection,
  state: StoreState,
  years: readonly ReadYear[],
): Promise<ReadonlySet<number>> {
  const packed = years.filter(({ number, year }) => isPacked(state, blockOf(number), year));
  const byPack = Map.groupBy(packed, ({ number, year }) => keyText(packKey(blockOf(number), year)));
  const behind = new Set<number>();
  const take = (items: readonly Item[]): void => {
    for (const item of items) {
      const found = byPack.get(keyText({ pk: textOf(item, 'pk'), sk: textOf(item, 'sk') })) ?? [];
      const pack = bytesOf(item, 'data');
      // One that would be too large holds nothing, and nobody reads it.
      if (pack.length === 0) continue;
      const said = new Map(unpackYears(pack).map((one) => [one.number, one.data]));
      for (const { number, data } of found) {
        if (Buffer.compare(said.get(number) ?? NOTHING, data) !== 0) behind.add(blockOf(number));
      }
    }
  };
  const keys = [...byPack.values()].flatMap(([one]) =>
    one === undefined ? [] : packKey(blockOf(one.number), one.year),
  );
  await takeItems(connection, keys, { consistency: 'strong', part: DATA, aCall: PACKS_A_CALL, take });
  return behind;
}
